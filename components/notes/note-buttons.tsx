"use client";

import { MessageSquarePlus } from "lucide-react";
import dynamic from "next/dynamic";
import { type MouseEvent, type ReactNode, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { Note } from "@/lib/account/notes/note";

/** Where a new note stands at first: a day as `2026-11-12`, the zone of times, and the link if the page is about one. */
export type NotePlace = { day: string; zone: string; linkId: string | null };

const load = () => import("./note-dialog");
const NoteDialog = dynamic(() => load().then((file) => file.NoteDialog), { ssr: false });

function useNoteDialog(place: NotePlace, notes: Note[]) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return {
    opener: {
      "aria-haspopup": "dialog",
      onPointerEnter: load,
      onFocus: load,
      onClick: (event: MouseEvent<HTMLElement>) => setAnchor(event.currentTarget),
    },
    dialog: anchor && <NoteDialog anchor={anchor} notes={notes} place={place} onClose={() => setAnchor(null)} />,
  } as const;
}

const NO_NOTES: Note[] = [];

/** Opens the form of a new note. */
export function AddNote({ place }: { place: NotePlace }) {
  const { opener, dialog } = useNoteDialog(place, NO_NOTES);
  return (
    <>
      <IconButton
        data-add-note
        icon={MessageSquarePlus}
        label="Add note to the chart"
        title="Add note"
        className="print:hidden"
        {...opener}
      />
      {dialog}
    </>
  );
}

type MarkerProps = { label: string; left: string; notes: Note[]; place: NotePlace; children: ReactNode };

/** A button on a chart's axis that opens the notes of its place, to be read, changed and deleted. */
export function NoteMarker({ label, left, notes, place, children }: MarkerProps) {
  const { opener, dialog } = useNoteDialog(place, notes);
  return (
    <>
      <button
        type="button"
        aria-label={label}
        className="group/marker absolute bottom-0 z-10 grid h-9 w-6 -translate-x-1/2 items-end justify-center pb-0.5 hover:z-20"
        style={{ left }}
        {...opener}
      >
        <span className="grid h-5 min-w-5 place-items-center rounded-full border border-strong-line bg-surface px-1 font-medium text-accent text-xs tabular-nums group-hover/marker:bg-accent-soft">
          {children}
        </span>
      </button>
      {dialog}
    </>
  );
}
