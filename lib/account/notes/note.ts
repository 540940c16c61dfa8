/** A note as a chart shows it, with its time in the reader's zone. */
export type Note = {
  id: string;
  text: string;
  /** In words: "12 Nov 2026", or with a time "12 Nov 2026, 14:30". */
  when: string;
  /** As `2026-11-12`. */
  day: string;
  /** As `14:30`; null for a note of the whole day. */
  time: string | null;
  /** Whether it is about one link only. */
  ofLink: boolean;
};

/** Characters of a note at most. */
export const NOTE_LENGTH = 280;
