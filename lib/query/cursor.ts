/** A click's place in the list of clicks: by time, then by the order in which they were stored. */
export type Cursor = { clickedAt: Date; seq: string };

const FORM = /^(\d{1,13})-(\d{1,18})$/;

/** A cursor as an address carries it. */
export function formatCursor({ clickedAt, seq }: Cursor): string {
  return `${clickedAt.getTime()}-${seq}`;
}

/** The inverse; null for what is no cursor. */
export function parseCursor(text: string): Cursor | null {
  const [, ms, seq] = FORM.exec(text) ?? [];
  return ms && seq ? { clickedAt: new Date(Number(ms)), seq } : null;
}
