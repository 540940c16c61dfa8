import { text as words } from "@/lib/base/problems";
import { shiftSpan } from "@/lib/base/time";
import { type ClosedRange, pastOf, RangeProblem, readInstants, shiftOf } from "@/lib/question/codec/range";
import { COMPARISONS, type Comparison, type Range } from "@/lib/question/question";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A comparison as the address asks for it. */
type AskedComparison = {
  kind: Comparison["kind"];
  start: string | null;
  end: string | null;
  /** Whether every day is compared with one of the same weekday. */
  weekday: boolean;
};

/**
 * What `compare`, `compareStart`, `compareEnd` and `compareAlign` ask for; null is none.
 *
 * @throws RangeProblem
 */
export function readComparison(
  compare: string | null,
  start: string | null,
  end: string | null,
  align: string | null,
): AskedComparison | null {
  const kind = COMPARISONS.find((entry) => entry === compare);
  if (compare !== null && !kind) throw new RangeProblem("compare", words.oneOf(COMPARISONS));
  if (align !== null && align !== "weekday") throw new RangeProblem("compareAlign", words.oneOf(["weekday"]));
  for (const [param, value] of [
    ["compareStart", start],
    ["compareEnd", end],
  ] as const) {
    if (value !== null && kind !== "custom") throw new RangeProblem(param, words.ranges.notCustom);
    if (value === null && kind === "custom") throw new RangeProblem("compare", words.ranges.custom);
  }
  return kind ? { kind, start, end, weekday: align === "weekday" } : null;
}

/**
 * The range to compare with, by the calendar of `zone`: `previous` is as long and ends where the range begins, but for
 * weeks, months, quarters and years, which go back by one; `year` is the same dates a year ago. With `weekday` both go
 * back by whole weeks. Of a range that is not over, only as much is compared as has passed. Null when
 * the range has no start, or nothing of it has passed.
 *
 * @throws RangeProblem when a custom comparison cannot be read
 */
export function comparisonOf(
  { kind, start, end, weekday }: AskedComparison,
  range: Range,
  zone: string,
  now: Date,
): Comparison | null {
  if (kind === "custom") {
    const params = { start: "compareStart", end: "compareEnd" } as const;
    const { from, to } = readInstants({ start, end }, params, zone, now);
    return from && { kind, from, to };
  }
  if (!range.from) return null;
  const { from, to } = pastOf({ ...range, from: range.from }, now);
  if (to <= from) return null;
  const back = stepBack(kind, { interval: range.interval, from, to: range.to ?? to }, weekday, zone);
  const shifted = { kind, ...back({ from, to }) };
  return shifted.from < shifted.to ? shifted : null;
}

type Ends = { from: Date; to: Date };

function stepBack(kind: "previous" | "year", range: ClosedRange, weekday: boolean, zone: string): (ends: Ends) => Ends {
  const by = (shift: { days: number } | { months: number }) => (ends: Ends) => {
    const { days, months } = { days: 0, months: 0, ...shift };
    return shiftSpan(ends, { days: -days, months: -months }, zone);
  };
  if (kind === "year") return by(weekday ? { days: 364 } : { months: 12 });
  const length = range.to.getTime() - range.from.getTime();
  if (weekday) return by({ days: Math.ceil(Math.round(length / DAY_MS) / 7 || 1) * 7 });
  const shift = shiftOf(range, zone);
  // A rolling day is as long as it is, whatever the clocks did.
  if (!("ms" in shift)) return by(shift);
  return ({ from, to }) => ({ from: new Date(from.getTime() - shift.ms), to: new Date(to.getTime() - shift.ms) });
}
