import { type ClosedSpan, shiftLocal, shiftSpan } from "@/lib/base/time";
import { pastOf } from "@/lib/question/codec/range";
import type { Range } from "@/lib/question/question";

/** How many weeks are looked at, and with how few the spread says nothing yet. */
const WEEKS = 8;
const MIN_WEEKS = 6;

/** Fewer clicks a week than this and chance alone explains almost anything. */
const MIN_MEAN = 10;

/** Student's t for 95 % with six weeks, seven and eight: the spread itself is only estimated. */
const T: Record<number, number> = { 6: 2.571, 7: 2.447, 8: 2.365 };

/** A comparison whose length differs by more differs for that reason alone. A clock change may, and 30 days beside 31. */
const MAX_STRETCH = 0.05;

export type Variation = {
  /** Whether the difference is within normal week-to-week variation. */
  usual: boolean;
  /** Differences up to this many clicks are usual. */
  margin: number;
  /** How many weeks this was learnt from. */
  weeks: number;
};

/**
 * The same stretch of the week in each of the eight weeks before a range, the latest first: of a longer range whole
 * weeks, of one that is not over what has passed.
 */
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
 * Whether two counts differ by no more than the same weekdays do from week to week.
 *
 * By pure chance counts vary by the square root of their number (Poisson), real ones by a factor more: the variance of
 * the weeks before over their mean, at least 1. Two counts `a` and `b` of one process then differ by up to t · √(factor
 * · (a + b)) in 19 of 20 cases.
 *
 * @param weeks clicks of the same stretch in each week before, the latest first; those up to the first click don't
 * count
 * @returns null when there are too few weeks or clicks to tell, or the two spans are not equally long
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
