import type { Span } from "./gaps";

/** A heartbeat later than this means that the machine slept or its clock was changed. */
const BREAK_MS = 60_000;

/** A span of this server; `id` once it is in the database. `open`: the next heartbeat extends it. */
export type OwnSpan = Span & { id: bigint | null; open: boolean };

/**
 * The span that a heartbeat at `now` belongs to: the last one, or a new one after a break. A clock that goes back a little
 * changes nothing.
 */
export function spanAt(last: OwnSpan | null, now: Date): OwnSpan {
  const late = last ? now.getTime() - last.to.getTime() : 0;
  if (!last?.open || late > BREAK_MS || late < -BREAK_MS) return { from: now, to: now, id: null, open: true };
  return { ...last, to: late > 0 ? now : last.to };
}
