"use client";

import { type KeyboardEvent, type SubmitEvent, useId, useState } from "react";
import { Button, QuietButton } from "@/components/ui/button";
import { CloseButton, Dialog, useCloseDialog } from "@/components/ui/dialog";
import { aboutField, Field, Problem } from "@/components/ui/field";
import { useChange } from "@/components/ui/use-json";
import { zoneName } from "@/components/ui/zones";
import { usePowers } from "@/components/views/powers";
import { NOTE_LENGTH, type Note } from "@/lib/account/notes/note";
import { fromLocal } from "@/lib/base/time";
import { instantText } from "@/lib/question/codec/query-string";
import type { NotePlace } from "./note-button";

/** Browsers let people type years of five digits. */
const DAYS = { min: "1970-01-01", max: "2999-12-31" };

const addressOf = ({ id }: Note) => `/api/notes/${encodeURIComponent(id)}`;

/** A date, or the instant at which clocks in `zone` show the time. */
function momentOf(day: string, time: string, zone: string): string {
  return time === "" ? day : instantText(fromLocal(Date.parse(`${day}T${time}Z`), zone));
}

/** Text is on one line: Enter saves it. */
function onEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}

function NoteText({ initial, error }: { initial: string; error: string | undefined }) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        Note
      </label>
      <textarea
        id={id}
        data-autofocus
        name="text"
        required
        rows={3}
        maxLength={NOTE_LENGTH}
        placeholder="Newsletter sent"
        autoComplete="off"
        defaultValue={initial}
        onKeyDown={onEnter}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-note` : undefined}
        className="resize-none rounded-lg border border-strong-line bg-surface px-3 py-2 placeholder:text-muted aria-invalid:border-danger max-sm:text-base"
      />
      {error && (
        <p id={`${id}-note`} className="text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

type FormProps = { note: Note | null; place: NotePlace; onBack?: (() => void) | undefined };

/** Adds a note, or changes one. */
function NoteForm({ note, place, onBack }: FormProps) {
  const { zone, linkId } = place;
  const { change, pending, problem } = useChange();
  const close = useCloseDialog();
  const [wrongDate, wrongText] = [aboutField(problem, "at"), aboutField(problem, "text")];

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const textOf = (name: string) => String(fields.get(name) ?? "");
    const [day, time, text] = ["day", "time", "text"].map(textOf) as [string, string, string];
    // A time to the second, or in a repeated hour, stays as it is unless another is chosen.
    const isSameTime = note?.day === day && (note.time ?? "") === time;
    const body = { ...(!isSameTime && { at: momentOf(day, time, zone) }), text };
    const isSaved = note
      ? await change("PATCH", addressOf(note), body)
      : await change("POST", "/api/notes", { ...body, linkId: fields.has("ofLink") ? linkId : null });
    if (isSaved !== undefined) close();
  }

  return (
    <form onSubmit={submit} className="grid gap-3 overflow-y-auto p-4">
      <NoteText initial={note?.text ?? ""} error={wrongText} />
      <div className="grid grid-cols-2 items-start gap-3">
        <Field
          label="Date"
          type="date"
          name="day"
          required
          {...DAYS}
          defaultValue={note?.day ?? place.day}
          error={wrongDate}
        />
        <Field
          label="Time (optional)"
          type="time"
          name="time"
          defaultValue={note?.time ?? ""}
          hint={`In ${zoneName(zone)}`}
        />
      </div>
      {!note && linkId !== null && (
        <label className="flex w-fit items-center gap-2">
          <input type="checkbox" name="ofLink" defaultChecked className="size-4 accent-accent" />
          Only for this link
        </label>
      )}
      <Problem>{wrongDate || wrongText ? null : problem}</Problem>
      <div className="flex justify-end gap-2">
        <QuietButton onClick={onBack ?? close} className="h-10">
          Cancel
        </QuietButton>
        <Button type="submit" disabled={pending}>
          {note ? "Save" : "Add note"}
        </Button>
      </div>
    </form>
  );
}

function NoteItem({ note, onEdit }: { note: Note; onEdit: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const powers = usePowers();
  const { change, pending, problem } = useChange();
  const close = useCloseDialog();

  async function remove() {
    if ((await change("DELETE", addressOf(note))) === undefined) return;
    close();
    // The marker, which would have the focus again, may be gone.
    document.querySelector<HTMLElement>("[data-add-note]")?.focus();
  }

  return (
    <li className="grid gap-2 border-line border-b px-4 py-3 last:border-0">
      <div>
        <p className="text-muted text-xs">
          {note.when}
          {note.ofLink && " · this link only"}
        </p>
        <p className="break-words">
          <bdi>{note.text}</bdi>
        </p>
      </div>
      {isAsking ? (
        <div role="alert" className="flex flex-wrap items-center gap-1.5">
          <span className="mr-1">Delete this note?</span>
          <QuietButton onClick={remove} disabled={pending} className="text-danger">
            Delete
          </QuietButton>
          <QuietButton onClick={() => setAsking(false)}>Keep</QuietButton>
        </div>
      ) : powers.includes("write") ? (
        <div className="flex gap-1.5">
          <QuietButton onClick={onEdit}>Edit</QuietButton>
          <QuietButton onClick={() => setAsking(true)} className="text-danger">
            Delete
          </QuietButton>
        </div>
      ) : null}
      <Problem>{problem}</Problem>
    </li>
  );
}

type Props = { anchor: Element; notes: Note[]; place: NotePlace; onClose: () => void };

/** The notes of one place on a chart, to be changed and deleted; without any, the form of a new one. */
export function NoteDialog({ anchor, notes, place, onClose }: Props) {
  const [edited, setEdited] = useState<Note | null>(null);
  const isNew = notes.length === 0;
  const listTitle = notes.length === 1 ? "Note" : `${notes.length} notes`;
  const title = isNew ? "Add note" : edited ? "Edit note" : listTitle;
  return (
    <Dialog label={title} anchor={anchor} step={edited?.id ?? ""} onClose={onClose}>
      <div className="flex shrink-0 items-center justify-between border-line border-b py-1.5 pr-2 pl-4">
        <h2 className="font-semibold">{title}</h2>
        <CloseButton />
      </div>
      {isNew || edited ? (
        <NoteForm note={edited} place={place} onBack={edited ? () => setEdited(null) : undefined} />
      ) : (
        <ul className="min-h-0 overflow-y-auto overscroll-contain">
          {notes.map((note) => (
            <NoteItem key={note.id} note={note} onEdit={() => setEdited(note)} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}
