import { Flag, MessageSquarePlus } from "lucide-react";
import { PLOT } from "@/components/charts/plot";
import type { Note } from "@/lib/account/notes/note";
import { NoteButton, type NotePlace } from "./note-button";

/** Notes at one place of a chart: `share` of the plot's width, from 0 to 1. */
export type Marker = { share: number; notes: Note[] };

/** Of the notes at one place so many are in its name and hint. */
const MOST = 5;

const moreWords = (notes: readonly Note[]) => (notes.length > MOST ? [`and ${notes.length - MOST} more`] : []);

function nameOf(notes: readonly Note[]): string {
  const [first] = notes;
  if (first && notes.length === 1) return `Note of ${first.when}: ${first.text}`;
  const named = notes.slice(0, MOST).map(({ when, text }) => `${when}: ${text}`);
  return `${notes.length} notes: ${[...named, ...moreWords(notes)].join("; ")}`;
}

/** The text of a marker's notes while the pointer or the focus is on it. */
function Hint({ share, notes }: Marker) {
  return (
    <div
      aria-hidden
      className="absolute bottom-12 z-20 hidden w-max max-w-[min(20rem,100%)] gap-2 rounded-lg border border-line bg-surface px-3 py-2 shadow-lg group-hover:grid group-has-focus-visible:grid group-has-[dialog]:invisible print:hidden"
      // Within the plot at either end of it.
      style={{ left: `${share * 100}%`, translate: `${share * -100}%` }}
    >
      {notes.slice(0, MOST).map(({ id, when, text, ofLink }) => (
        <p key={id} className="break-words">
          <span className="block text-muted text-xs">
            {when}
            {ofLink && " · this link only"}
          </span>
          {text}
        </p>
      ))}
      {moreWords(notes).map((words) => (
        <p key={words} className="text-muted text-xs">
          {words}
        </p>
      ))}
    </div>
  );
}

/** Opens the form of a new note. */
export function AddNote({ place }: { place: NotePlace }) {
  return (
    <NoteButton
      data-add-note
      aria-label="Add note to the chart"
      title="Add note"
      className="icon-button print:hidden"
      notes={[]}
      place={place}
    >
      <MessageSquarePlus aria-hidden className="size-4" />
    </NoteButton>
  );
}

type MarkersProps = { markers: Marker[]; place: NotePlace; className: string };

const Markers = ({ markers, place, className }: MarkersProps) => (
  <ul aria-label="Notes" className={`absolute empty:hidden ${className}`} style={PLOT}>
    {markers.map(({ share, notes }) => (
      <li key={notes[0]?.id} className="group contents">
        <span
          aria-hidden
          data-note
          className="absolute inset-y-0 border-strong-line border-l border-dashed"
          style={{ left: `${share * 100}%` }}
        />
        <NoteButton
          aria-label={nameOf(notes)}
          className="group/marker absolute bottom-0 z-10 grid h-9 w-6 -translate-x-1/2 items-end justify-center pb-0.5 hover:z-20"
          style={{ left: `${share * 100}%` }}
          notes={notes}
          place={place}
        >
          <span className="grid h-5 min-w-5 place-items-center rounded-full border border-strong-line bg-surface px-1 font-medium text-accent text-xs tabular-nums group-hover/marker:bg-accent-soft">
            {notes.length > 1 ? notes.length : <Flag aria-hidden className="size-3" />}
          </span>
        </NoteButton>
        <Hint share={share} notes={notes} />
      </li>
    ))}
  </ul>
);

/**
 * Notes on a chart of clicks over time: a line for each place, and on the axis a button that opens them. A narrow screen
 * has fewer places.
 */
export function Notes({ wide, narrow, place }: { wide: Marker[]; narrow: Marker[]; place: NotePlace }) {
  return (
    // As high as the chart, and below it for the pointer, but for the buttons.
    <div className="absolute inset-x-0 bottom-0 h-64 sm:h-72">
      <Markers markers={wide} place={place} className="max-sm:hidden" />
      <Markers markers={narrow} place={place} className="sm:hidden" />
    </div>
  );
}
