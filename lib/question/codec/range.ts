import { text as words } from "@/lib/base/problems";
import { addLocalDays, fromLocal, GRANULARITIES, localIso, startOfLocalDay, toLocal } from "@/lib/base/time";
import { CALENDAR_RANGES, type CalendarUnit, startOfUnit } from "@/lib/question/calendar";
import { instantText } from "@/lib/question/codec/query-string";
import { withParam } from "@/lib/question/codec/write";
import { INTERVALS, type Interval, type Range } from "@/lib/question/question";
import { granularitiesFor } from "@/lib/question/series";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Says which parameter cannot be used, and why. */
export class RangeProblem extends Error {
  constructor(
    readonly param: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The range that `interval`, `start` and `end` ask for, in whole days of `zone` but for exact times and `24h`. Nothing
 * given is 30 days; `start` wins over `interval`.
 *
 * @throws RangeProblem
 */
export function readRange(
  { interval, start, end }: { interval: string | null; start: string | null; end: string | null },
  zone: string,
  now: Date,
): Range {
  const named = INTERVALS.find((entry) => entry === (interval ?? "30d"));
  if (!named) throw new RangeProblem("interval", words.oneOfMany(INTERVALS));
  if (start === null && end === null) return { interval: named, ...intervalRange(named, zone, now) };
  if (start === null && interval !== null) throw new RangeProblem("end", words.ranges.noStart);
  return { interval: null, ...readInstants({ start, end }, { start: "start", end: "end" }, zone, now) };
}

/**
 * Two dates or times, the last included when it is a date. Without an end it is that of today.
 *
 * @param params what the two are called in the address
 * @throws RangeProblem
 */
export function readInstants(
  { start, end }: { start: string | null; end: string | null },
  params: { start: string; end: string },
  zone: string,
  now: Date,
): { from: Date | null; to: Date } {
  const from = start === null ? null : readInstant(params.start, start, zone).from;
  const to = end === null ? addLocalDays(now, 1, zone) : readInstant(params.end, end, zone).to;
  if (from && from >= to) throw new RangeProblem(end === null ? params.start : params.end, words.ranges.order);
  return { from, to };
}

const ROLLING_DAYS: Partial<Record<Interval, number>> = { "7d": 7, "30d": 30, "90d": 90 };

function intervalRange(interval: Interval, zone: string, now: Date): { from: Date | null; to: Date | null } {
  if (interval === "all") return { from: null, to: null };
  // A click of this very millisecond is inside.
  if (interval === "24h") return { from: new Date(now.getTime() - DAY_MS), to: new Date(now.getTime() + 1) };
  const calendar = CALENDAR_RANGES[interval];
  const to = calendar?.ago ? startOfUnit(now, calendar.unit, 1 - calendar.ago, zone) : addLocalDays(now, 1, zone);
  if (calendar) return { from: startOfUnit(now, calendar.unit, -calendar.ago, zone), to };
  const days = ROLLING_DAYS[interval];
  if (days) return { from: addLocalDays(now, 1 - days, zone), to };
  // Twelve months with this one as the last.
  return { from: startOfUnit(now, "month", -11, zone), to };
}

// A plus sign that was not escaped in the address arrives as a space.
const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:(Z)|([+\- ])(\d\d):?(\d\d)?)?)?$/i;

/** `from` is where something that starts then starts, `to` where something that ends then ends: they differ for dates. */
function readInstant(param: string, text: string, zone: string): { from: Date; to: Date } {
  const match = INSTANT.exec(text);
  if (!match) throw new RangeProblem(param, words.ranges.forms);
  const [, year, month, day, hour, minute, second = "0", fraction = "", utc, sign, offsetHour, offsetMinute = "0"] =
    match;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(date).toISOString().slice(0, 10) !== text.slice(0, 10))
    throw new RangeProblem(param, words.ranges.noDay);
  if (Number(year) < 1970 || Number(year) > 2999) throw new RangeProblem(param, words.ranges.year);
  if (hour === undefined) return { from: fromLocal(date, zone), to: fromLocal(date + DAY_MS, zone) };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || Number(offsetHour ?? 0) > 23)
    throw new RangeProblem(param, words.ranges.noTime);
  const wall =
    date +
    ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 +
    Number(fraction.slice(0, 3).padEnd(3, "0"));
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000;
  const instant = utc
    ? new Date(wall)
    : sign
      ? new Date(wall - (sign === "-" ? -offset : offset))
      : fromLocal(wall, zone);
  return { from: instant, to: instant };
}

/** How long a range is: by the calendar when it follows it, else by the clock. */
type RangeShift = { months: number } | { days: number } | { ms: number };

/** A range with both ends. */
export type ClosedRange = Range & { from: Date; to: Date };

const UNITS: Record<CalendarUnit, RangeShift> = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { months: 12 },
};

/**
 * By how much a range has to move to lie beside itself. This month moves by a month, however much of it has passed, and
 * so do dates that are whole months; other dates move by their days, and instants by their milliseconds.
 */
export function shiftOf({ interval, from, to }: ClosedRange, zone: string): RangeShift {
  const calendar = interval && CALENDAR_RANGES[interval];
  if (calendar) return UNITS[calendar.unit];
  if (interval === "1y") return { months: 12 };
  if (!isWholeDays({ from, to }, zone)) return { ms: to.getTime() - from.getTime() };
  const months = wholeMonths({ from, to }, zone);
  // Rounded: a day of a clock change is a day all the same.
  return months > 0 ? { months } : { days: Math.round((to.getTime() - from.getTime()) / DAY_MS) };
}

/** As much of a range as has passed; a click of this very millisecond is inside. */
export function pastOf({ from, to }: Range & { from: Date }, now: Date): { from: Date; to: Date } {
  return { from, to: new Date(Math.min(to?.getTime() ?? Number.POSITIVE_INFINITY, now.getTime() + 1)) };
}

/** Whether both ends are local midnights. */
export function isWholeDays({ from, to }: { from: Date; to: Date }, zone: string): boolean {
  return [from, to].every((edge) => startOfLocalDay(edge, zone).getTime() === edge.getTime());
}

/** How many calendar months the range is, exactly; 0 when it is not. */
export function wholeMonths({ from, to }: { from: Date; to: Date }, zone: string): number {
  if ([from, to].some((edge) => startOfUnit(edge, "month", 0, zone).getTime() !== edge.getTime())) return 0;
  const [first, last] = [from, to].map((edge) => {
    const wall = new Date(toLocal(edge, zone));
    return wall.getUTCFullYear() * 12 + wall.getUTCMonth();
  });
  return (last ?? 0) - (first ?? 0);
}

const MINUTE_MS = 60_000;

/**
 * The range before (-1) or after (1) this one, as long as it: a month beside a month, seven days beside seven. Where
 * that is a range with a name that includes today, it is that one. Null where there is none: a range that is open, or
 * one that would begin in the future.
 */
export function stepRange(range: Range, direction: -1 | 1, zone: string, now: Date): Range | null {
  // What comes after a range that is not over begins in the future.
  if (!isClosed(range) || (direction === 1 && range.to > now)) return null;
  const shift = shiftOf(range, zone);
  const moved = { interval: null, ...move(range, shift, direction, zone) };
  if (moved.from.getTime() < 0) return null;
  return current(moved, shift, zone, now) ?? moved;
}

const isClosed = (range: Range): range is ClosedRange => range.from !== null && range.to !== null;

function move({ interval, from, to }: ClosedRange, shift: RangeShift, direction: -1 | 1, zone: string) {
  if ("months" in shift) {
    const { months } = shift;
    const start = direction * months;
    return { from: startOfUnit(from, "month", start, zone), to: startOfUnit(from, "month", start + months, zone) };
  }
  if ("days" in shift) {
    const start = direction * shift.days;
    return { from: addLocalDays(from, start, zone), to: addLocalDays(from, start + shift.days, zone) };
  }
  // The last 24 hours end with this millisecond, which nobody wants to read in an address.
  const [grain, ms] = interval === "24h" ? [MINUTE_MS, shift.ms - 1] : [1, shift.ms];
  const [start, end] = [from, to].map((edge) => Math.floor((edge.getTime() + direction * ms) / grain) * grain);
  return { from: new Date(start ?? 0), to: new Date(end ?? 0) };
}

/** The named range of the same length that begins there and is not over. */
function current(moved: ClosedRange, shift: RangeShift, zone: string, now: Date): Range | null {
  const named = INTERVALS.map((interval) => readRange({ interval, start: null, end: null }, zone, now));
  const isSame = (range: Range) =>
    isClosed(range) &&
    range.to > now &&
    range.from.getTime() === moved.from.getTime() &&
    JSON.stringify(shiftOf(range, zone)) === JSON.stringify(shift);
  return named.find(isSame) ?? null;
}

/** What an address without a range means. */
const DEFAULT_INTERVAL = "30d";

/**
 * The parameters with another range: by its name, by dates when its ends are local midnights, else by instants. A
 * granularity is kept as long as it suits the new length.
 */
export function withRange(params: URLSearchParams, range: Range, zone: string): URLSearchParams {
  const { interval, from, to } = range;
  const next = withParam(params, "interval", interval === DEFAULT_INTERVAL ? null : interval);
  if (interval === null) {
    const text = rangeText(range, zone);
    if (text.start) next.set("start", text.start);
    if (text.end) next.set("end", text.end);
  }
  const kept = GRANULARITIES.find((entry) => entry === params.get("granularity"));
  if (!kept || !from || !to || !granularitiesFor(from, to).includes(kept)) next.delete("granularity");
  return next;
}

/** The ends of a range as an address says them: whole local days as dates, the last included; else instants. */
export function rangeText(
  { from, to }: Pick<Range, "from" | "to">,
  zone: string,
): { start: string | null; end: string | null } {
  const edges = { from: from ?? to, to: to ?? from };
  if (!edges.from || !edges.to) return { start: null, end: null };
  const isDates = isWholeDays({ from: edges.from, to: edges.to }, zone);
  const day = (ms: number) => localIso(ms, zone).slice(0, 10);
  return {
    start: from && (isDates ? day(from.getTime()) : instantText(from)),
    end: to && (isDates ? day(to.getTime() - 1) : instantText(to)),
  };
}
