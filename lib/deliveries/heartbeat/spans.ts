/** A half-open interval: its end isn't included. */
export type Span = { from: Date; to: Date };

/** Heartbeats come every 15 seconds: shorter gaps are not downtime. */
export const SHORTEST_MS = 45_000;

/** The gaps between spans, in order. The spans may overlap, in any order. Outside of them nothing is known. */
export function gapsOf(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.from.getTime() - b.from.getTime());
  const gaps: Span[] = [];
  let end: Date | null = null;
  for (const { from, to } of sorted) {
    if (end && from.getTime() - end.getTime() >= SHORTEST_MS) gaps.push({ from: end, to: from });
    if (!end || to > end) end = to;
  }
  return gaps;
}

/** Downtime of less than this share of a bucket isn't shown. */
const WORTH_SAYING = 0.05;

/** Whether gaps cover all of a bucket, or a part that is worth showing. They must not overlap: see `gapsOf`. */
export function coverOf(gaps: readonly Span[], { from, to }: Span): "whole" | "part" | null {
  const covered = gaps.reduce((sum, gap) => {
    const ms = Math.min(gap.to.getTime(), to.getTime()) - Math.max(gap.from.getTime(), from.getTime());
    return sum + Math.max(0, ms);
  }, 0);
  const length = to.getTime() - from.getTime();
  if (covered === 0 || covered < length * WORTH_SAYING) return null;
  return covered >= length ? "whole" : "part";
}

/** A heartbeat later than this means that the machine slept or its clock was changed. */
const BREAK_MS = 60_000;

/** A span of this server; `id` once it is in the database. `open`: the next heartbeat extends it. */
export type OwnSpan = Span & { id: bigint | null; open: boolean };

/** The span of a heartbeat at `now`: the last one, or a new one after a break. A clock may go back a little. */
export function spanAt(last: OwnSpan | null, now: Date): OwnSpan {
  const late = last ? now.getTime() - last.to.getTime() : 0;
  if (!last?.open || late > BREAK_MS || late < -BREAK_MS) return { from: now, to: now, id: null, open: true };
  return { ...last, to: late > 0 ? now : last.to };
}
