import { startOfUnit } from "@/lib/query/calendar";
import { INTERVALS, type Range } from "@/lib/query/filters";
import { readRange } from "@/lib/query/range";
import { type ClosedRange, type Stride, strideOf } from "@/lib/query/stride";
import { addLocalDays } from "@/lib/time";

const MINUTE_MS = 60_000;

/**
 * The range before (-1) or after (1) this one, as long as it: a month beside a month, seven days beside seven. Where
 * that is a range with a name that includes today, it is that one. Null where there is none: a range that is open, or
 * one that would begin in the future.
 */
export function stepRange(range: Range, direction: -1 | 1, zone: string, now: Date): Range | null {
  // What comes after a range that is not over begins in the future.
  if (!isClosed(range) || (direction === 1 && range.to > now)) return null;
  const stride = strideOf(range, zone);
  const moved = { interval: null, ...move(range, stride, direction, zone) };
  if (moved.from.getTime() < 0) return null;
  return current(moved, stride, zone, now) ?? moved;
}

const isClosed = (range: Range): range is ClosedRange => range.from !== null && range.to !== null;

function move({ interval, from, to }: ClosedRange, stride: Stride, direction: -1 | 1, zone: string) {
  if ("months" in stride) {
    const { months } = stride;
    const start = direction * months;
    return { from: startOfUnit(from, "month", start, zone), to: startOfUnit(from, "month", start + months, zone) };
  }
  if ("days" in stride) {
    const start = direction * stride.days;
    return { from: addLocalDays(from, start, zone), to: addLocalDays(from, start + stride.days, zone) };
  }
  // The last 24 hours end with this millisecond, which nobody wants to read in an address.
  const [grain, ms] = interval === "24h" ? [MINUTE_MS, stride.ms - 1] : [1, stride.ms];
  const [start, end] = [from, to].map((edge) => Math.floor((edge.getTime() + direction * ms) / grain) * grain);
  return { from: new Date(start ?? 0), to: new Date(end ?? 0) };
}

/** The named range of the same length that begins there and is not over. */
function current(moved: ClosedRange, stride: Stride, zone: string, now: Date): Range | null {
  const named = INTERVALS.map((interval) => readRange({ interval, start: null, end: null }, zone, now));
  const isSame = (range: Range) =>
    isClosed(range) &&
    range.to > now &&
    range.from.getTime() === moved.from.getTime() &&
    JSON.stringify(strideOf(range, zone)) === JSON.stringify(stride);
  return named.find(isSame) ?? null;
}
