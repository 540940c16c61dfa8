/** A stretch of time, its end not included. */
export type Span = { from: Date; to: Date };

/** Servers are seen every quarter minute: a break that is shorter says nothing. */
export const SHORTEST_MS = 45_000;

/**
 * What no span covers, between the first and the last of them: before and after nothing is known. Spans may overlap and
 * come in any order; gaps come in theirs.
 */
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

/** A stop for an update is no reason to doubt a whole day. */
const WORTH_SAYING = 0.05;

/**
 * Whether all of a bucket lies in gaps, or a part that is worth saying. `gaps` are apart from each other, as `gapsOf`
 * gives them.
 */
export function coverOf(gaps: readonly Span[], { from, to }: Span): "whole" | "part" | null {
  const covered = gaps.reduce((sum, gap) => {
    const ms = Math.min(gap.to.getTime(), to.getTime()) - Math.max(gap.from.getTime(), from.getTime());
    return sum + Math.max(0, ms);
  }, 0);
  const length = to.getTime() - from.getTime();
  if (covered === 0 || covered < length * WORTH_SAYING) return null;
  return covered >= length ? "whole" : "part";
}
