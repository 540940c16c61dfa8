/** Milliseconds of several runs of one thing. */
export type Timing = { p50: number; p95: number; runs: number };

/** The value below which this share lies, as one of those measured: the nearest rank. */
function quantile(sorted: readonly number[], share: number): number {
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new RangeError("nothing was measured");
  return value;
}

export function timingOf(milliseconds: readonly number[]): Timing {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), runs: sorted.length };
}

/** How often something is measured that takes so long: often when it is quick, since then noise weighs more. */
export const repetitions = (milliseconds: number): number => (milliseconds > 1_000 ? 5 : milliseconds > 300 ? 7 : 15);

const DAY = 86_400_000;

/**
 * Exact ranges that end shortly before an instant, each a millisecond earlier than the last: the server remembers
 * answers, so nothing may be asked twice.
 */
export function createRanges(end: number): (days: number) => { start: string; end: string } {
  let asked = 0;
  return (days) => ({
    start: new Date(end - days * DAY).toISOString(),
    end: new Date(end - ++asked).toISOString(),
  });
}

export type Ranges = ReturnType<typeof createRanges>;
