import { type ClosedSpan, DAY, startOfUnit } from "@/lib/base/time";

/** In longer comparisons the part of the first day without data is small. */
const WEEK = 7 * DAY;

/** Whether a comparison begins before the first click, so that a change from it says nothing. */
export function isUnmeasured({ from, to }: ClosedSpan, firstClick: Date | null, zone: string): boolean {
  const isLong = to.getTime() - from.getTime() > WEEK;
  const since = firstClick && (isLong ? startOfUnit(firstClick, "day", 0, zone) : firstClick);
  return since !== null && from < since;
}
