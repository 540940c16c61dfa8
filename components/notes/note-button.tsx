"use client";

import dynamic from "next/dynamic";
import { type ComponentProps, useState } from "react";
import type { Note } from "@/lib/account/notes/note";

/** Where a new note stands at first: a day as `2026-11-12`, the zone of times, and the link if the page is about one. */
export type NotePlace = { day: string; zone: string; linkId: string | null };

const load = () => import("./note-dialog");
const NoteDialog = dynamic(() => load().then((file) => file.NoteDialog), { ssr: false });

type Props = { notes: Note[]; place: NotePlace } & ComponentProps<"button">;

/** Opens notes, to be read, changed and deleted; without any, the form of a new one. */
export function NoteButton({ notes, place, ...button }: Props) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  return (
    <>
      <button
        {...button}
        type="button"
        aria-haspopup="dialog"
        onPointerEnter={load}
        onFocus={load}
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      {anchor && <NoteDialog anchor={anchor} notes={notes} place={place} onClose={() => setAnchor(null)} />}
    </>
  );
}
