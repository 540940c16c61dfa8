import { type ClosedSpan, shiftLocal, shiftSpan } from "@/lib/base/time";
import { pastOf } from "@/lib/question/codec/range";
import type { Range } from "@/lib/question/question";

/** Number of weeks used, and the fewest that suffice for an estimate. */
const WEEKS = 8;
const MIN_WEEKS = 6;

/** Below this mean per week, chance explains almost anything. */
const MIN_MEAN = 10;

/** Student's t for 95 % with six, seven and eight weeks: the spread itself is an estimate. */
const T: Record<number, number> = { 6: 2.571, 7: 2.447, 8: 2.365 };

/** Longer or shorter comparisons differ for that reason alone. Clock changes and 30 versus 31 days are allowed. */
const MAX_STRETCH = 0.05;

export type Variation = {
  /** Whether the difference is within normal week-to-week variation. */
  usual: boolean;
  /** Differences up to this many clicks are normal. */
  margin: number;
  /** Number of weeks used. */
  weeks: number;
};

/** The part of a range that has passed, at most a week, in each of the eight weeks before it, latest first. */
export function weeksBefore(range: Range & { from: Date }, zone: string, now: Date): ClosedSpan[] {
  const { from, to } = pastOf(range, now);
  const week = shiftLocal(from, { days: 7 }, zone);
  const end = new Date(Math.min(to.getTime(), week.getTime()));
  if (end <= from) return [];
  return Array.from({ length: WEEKS }, (_, index) => {
    const days = -7 * (index + 1);
    return shiftSpan({ from, to: end }, { days }, zone);
  });
}

/**
 * Whether two counts differ by no more than normal week-to-week variation. By chance alone counts vary by the square
 * root of their size (Poisson), real ones by a larger factor: the variance of the weeks before over their mean, at
 * least 1. Two counts `a` and `b` of one process then differ by up to t · √(factor · (a + b)) in 95 % of cases.
 *
 * @param weeks clicks of the same part of each week before, latest first; those before the first click don't count
 * @returns null for too few weeks or clicks, or spans of different length
 */
export function variationOf(
  clicks: number,
  previous: number,
  weeks: readonly number[],
  spans: { current: ClosedSpan; previous: ClosedSpan },
): Variation | null {
  const [length, other] = [lengthOf(spans.current), lengthOf(spans.previous)];
  if (Math.abs(length - other) > MAX_STRETCH * length) return null;
  const known = sinceFirstClick(weeks);
  const t = T[known.length];
  const mean = known.reduce((sum, count) => sum + count, 0) / known.length;
  if (known.length < MIN_WEEKS || t === undefined || mean < MIN_MEAN) return null;
  const variance = known.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (known.length - 1);
  const margin = Math.round(t * Math.sqrt(Math.max(1, variance / mean) * (clicks + previous)));
  return { usual: Math.abs(clicks - previous) <= margin, margin, weeks: known.length };
}

const lengthOf = ({ from, to }: ClosedSpan) => to.getTime() - from.getTime();

function sinceFirstClick(weeks: readonly number[]): readonly number[] {
  const first = weeks.findLastIndex((count) => count > 0);
  return first === weeks.length - 1 ? weeks : weeks.slice(0, Math.max(first, 0));
}
