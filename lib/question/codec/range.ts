import { text as words } from "@/lib/base/problems";
import {
  type Calendar,
  type CalendarUnit,
  type ClosedSpan,
  DAY,
  fromLocal,
  GRANULARITIES,
  isStartOfUnit,
  localIso,
  MINUTE,
  type Shift,
  shiftSpan,
  startOfUnit,
  toLocal,
} from "@/lib/base/time";
import { instantText } from "@/lib/question/codec/query-string";
import { withParam } from "@/lib/question/codec/write";
import { COMPARISONS, type Comparison, INTERVALS, type Interval, type Range } from "@/lib/question/question";
import { granularitiesFor } from "@/lib/question/series";

/** Names the invalid parameter and the reason. */
export class RangeProblem extends Error {
  constructor(
    readonly param: string,
    message: string,
  ) {
    super(message);
  }
}

/** Ranges of one calendar unit, and how many units before the current one. */
const CALENDAR_RANGES: Partial<Record<Interval, [unit: CalendarUnit, ago: 0 | 1]>> = {
  today: ["day", 0],
  yesterday: ["day", 1],
  wtd: ["week", 0],
  lastWeek: ["week", 1],
  mtd: ["month", 0],
  lastMonth: ["month", 1],
  qtd: ["quarter", 0],
  lastQuarter: ["quarter", 1],
  ytd: ["year", 0],
  lastYear: ["year", 1],
};

const ROLLING_DAYS: Partial<Record<Interval, number>> = { "7d": 7, "30d": 30, "90d": 90 };

/** The range of a URL without one, except on the comparison of links, which shows whole lives. */
const DEFAULT_INTERVAL = "30d";

/** The range of `interval`, `start` and `end`; `start` takes precedence. Throws RangeProblem. */
export function readRange(
  { interval, start, end }: { interval: string | null; start: string | null; end: string | null },
  calendar: Calendar,
  now: Date,
): Range {
  const named = INTERVALS.find((entry) => entry === (interval ?? DEFAULT_INTERVAL));
  if (!named) throw new RangeProblem("interval", words.oneOfMany(INTERVALS));
  if (start === null && end === null) return { interval: named, ...intervalRange(named, calendar, now) };
  if (start === null && interval !== null) throw new RangeProblem("end", words.ranges.noStart);
  return { interval: null, ...readInstants({ start, end }, { start: "start", end: "end" }, calendar.zone, now) };
}

/** A range between two dates or times from `params`; a date includes its whole day. Without an end it ends today. */
function readInstants(
  { start, end }: { start: string | null; end: string | null },
  params: { start: string; end: string },
  zone: string,
  now: Date,
): { from: Date | null; to: Date } {
  const from = start === null ? null : readInstant(params.start, start, zone).from;
  const to = end === null ? startOfUnit(now, "day", 1, zone) : readInstant(params.end, end, zone).to;
  if (from && from >= to) throw new RangeProblem(end === null ? params.start : params.end, words.ranges.order);
  return { from, to };
}

function intervalRange(
  interval: Interval,
  { zone, weekStart }: Calendar,
  now: Date,
): { from: Date | null; to: Date | null } {
  if (interval === "all") return { from: null, to: null };
  // Includes a click of this very millisecond.
  if (interval === "24h") return { from: new Date(now.getTime() - DAY), to: new Date(now.getTime() + 1) };
  const [unit, ago] = CALENDAR_RANGES[interval] ?? [];
  const to = unit && ago ? startOfUnit(now, unit, 0, zone, weekStart) : startOfUnit(now, "day", 1, zone);
  if (unit) return { from: startOfUnit(now, unit, -(ago ?? 0), zone, weekStart), to };
  const days = ROLLING_DAYS[interval];
  // A year is twelve months, including the current one.
  return { from: days ? startOfUnit(now, "day", 1 - days, zone) : startOfUnit(now, "month", -11, zone), to };
}

// An unescaped plus sign in a URL arrives as a space.
const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:(Z)|([+\- ])(\d\d):?(\d\d)?)?)?$/i;

/** `from`: where it starts as a start; `to`: where it ends as an end. They differ for dates. Throws RangeProblem. */
export function readInstant(param: string, text: string, zone: string): ClosedSpan {
  const match = INSTANT.exec(text);
  if (!match) throw new RangeProblem(param, words.ranges.forms);
  const [, year, month, day, hour, minute, second = "0", fraction = "", utc, sign, offsetHour, offsetMinute = "0"] =
    match;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(date).toISOString().slice(0, 10) !== text.slice(0, 10))
    throw new RangeProblem(param, words.ranges.noDay);
  if (Number(year) < 1970 || Number(year) > 2999) throw new RangeProblem(param, words.ranges.year);
  if (hour === undefined) return { from: fromLocal(date, zone), to: fromLocal(date + DAY, zone) };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || Number(offsetHour ?? 0) > 23)
    throw new RangeProblem(param, words.ranges.noTime);
  const ms = Number(fraction.slice(0, 3).padEnd(3, "0"));
  const wall = date + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + ms;
  const ahead = utc ? 0 : (Number(offsetHour) * 60 + Number(offsetMinute)) * MINUTE;
  const instant = utc || sign ? new Date(wall - (sign === "-" ? -ahead : ahead)) : fromLocal(wall, zone);
  return { from: instant, to: instant };
}

type ClosedRange = Range & ClosedSpan;

const isClosed = (range: Range): range is ClosedRange => range.from !== null && range.to !== null;

const UNITS: Record<CalendarUnit, Shift> = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { months: 12 },
};

/** Shift by which a range lies beside itself: in months for whole months, in days for dates, in ms for instants. */
function shiftOf({ interval, from, to }: ClosedRange, zone: string): Shift {
  const [unit] = (interval && CALENDAR_RANGES[interval]) ?? [];
  if (unit) return UNITS[unit];
  if (interval === "1y") return { months: 12 };
  const ms = to.getTime() - from.getTime();
  if (!isWholeDays({ from, to }, zone)) return { ms };
  const months = wholeMonths({ from, to }, zone);
  // Rounded: a day with a clock change isn't 24 hours long.
  return months > 0 ? { months } : { days: Math.round(ms / DAY) };
}

/** The part of a range that has passed, including this very millisecond. */
export function pastOf({ from, to }: Range & { from: Date }, now: Date): ClosedSpan {
  return { from, to: new Date(Math.min(to?.getTime() ?? Number.POSITIVE_INFINITY, now.getTime() + 1)) };
}

/** Whether both ends are local midnights. */
export const isWholeDays = ({ from, to }: ClosedSpan, zone: string): boolean =>
  isStartOfUnit(from, "day", zone) && isStartOfUnit(to, "day", zone);

/** Number of calendar months, if the span is exactly that; else 0. */
export function wholeMonths({ from, to }: ClosedSpan, zone: string): number {
  if (!isStartOfUnit(from, "month", zone) || !isStartOfUnit(to, "month", zone)) return 0;
  const [first, last] = [new Date(toLocal(from, zone)), new Date(toLocal(to, zone))];
  return (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth();
}

/** The previous or next range, by name if it has one and includes today. Null if unlimited, or in the future. */
export function stepRange(range: Range, direction: -1 | 1, calendar: Calendar, now: Date): Range | null {
  const { zone } = calendar;
  // What follows an unfinished range starts in the future.
  if (!isClosed(range) || (direction === 1 && range.to > now)) return null;
  const shift = shiftOf(range, zone);
  const moved = move(range, shift, direction, zone);
  if (moved.from.getTime() < 0) return null;
  const named = INTERVALS.map((interval) => readRange({ interval, start: null, end: null }, calendar, now)).find(
    (other) =>
      isClosed(other) &&
      other.to > now &&
      other.from.getTime() === moved.from.getTime() &&
      JSON.stringify(shiftOf(other, zone)) === JSON.stringify(shift),
  );
  return named ?? { interval: null, ...moved };
}

function move({ interval, from, to }: ClosedRange, shift: Shift, direction: -1 | 1, zone: string): ClosedSpan {
  const { months, days, ms = 0 } = shift;
  const length = months ?? days;
  if (length !== undefined) {
    const at = (offset: number) => startOfUnit(from, months ? "month" : "day", offset, zone);
    return { from: at(direction * length), to: at((direction + 1) * length) };
  }
  // The last 24 hours end with this millisecond, which nobody wants to read in a URL.
  const [grain, step] = interval === "24h" ? [MINUTE, ms - 1] : [1, ms];
  const moved = (edge: Date) => new Date(Math.floor((edge.getTime() + direction * step) / grain) * grain);
  return { from: moved(from), to: moved(to) };
}

/**
 * The parameters with another range, as a name, dates or instants. An unsuitable granularity is removed. `usual`: the
 * range of the page without one.
 */
export function withRange(
  params: URLSearchParams,
  range: Range,
  zone: string,
  usual: Interval = DEFAULT_INTERVAL,
): URLSearchParams {
  const { interval, from, to } = range;
  const next = withParam(params, "interval", interval === usual ? null : interval);
  const { start, end } = interval === null ? rangeText(range, zone) : {};
  if (start) next.set("start", start);
  if (end) next.set("end", end);
  const kept = GRANULARITIES.find((entry) => entry === params.get("granularity"));
  if (!kept || !from || !to || !granularitiesFor(from, to).includes(kept)) next.delete("granularity");
  return next;
}

/** Ends of a range in a URL: dates for whole local days, the last one included; else instants. */
export function rangeText(
  { from, to }: Pick<Range, "from" | "to">,
  zone: string,
): { start: string | null; end: string | null } {
  const isDates = [from, to].every((edge) => edge === null || isStartOfUnit(edge, "day", zone));
  const day = (ms: number) => localIso(ms, zone).slice(0, 10);
  return {
    start: from && (isDates ? day(from.getTime()) : instantText(from)),
    end: to && (isDates ? day(to.getTime() - 1) : instantText(to)),
  };
}

/** The requested comparison. `weekday`: each day is compared with the same weekday. */
type AskedComparison = { kind: Comparison["kind"]; start: string | null; end: string | null; weekday: boolean };

/** The comparison in the parameters `compare…`; null for none. Throws RangeProblem. */
export function readComparison(
  paramOf: (name: string) => string | null,
  range: Range,
  zone: string,
  now: Date,
): Comparison | null {
  const [asked, align] = [paramOf("compare"), paramOf("compareAlign")];
  const ends = { start: paramOf("compareStart"), end: paramOf("compareEnd") };
  const kind = COMPARISONS.find((entry) => entry === asked);
  if (asked !== null && !kind) throw new RangeProblem("compare", words.oneOf(COMPARISONS));
  if (align !== null && align !== "weekday") throw new RangeProblem("compareAlign", words.oneOf(["weekday"]));
  if (kind === "custom" && (ends.start === null || ends.end === null))
    throw new RangeProblem("compare", words.ranges.custom);
  if (kind !== "custom" && (ends.start !== null || ends.end !== null))
    throw new RangeProblem(ends.start === null ? "compareEnd" : "compareStart", words.ranges.notCustom);
  return kind ? comparisonOf({ kind, ...ends, weekday: align === "weekday" }, range, zone, now) : null;
}

/**
 * `previous`: as long, ending where the range starts; weeks, months, quarters and years go back by one. `year`: the
 * same dates a year ago. With `weekday` both go back by whole weeks. Of an unfinished range, only what has passed is
 * compared. Null without a start. Throws RangeProblem.
 */
export function comparisonOf(
  { kind, start, end, weekday }: AskedComparison,
  range: Range,
  zone: string,
  now: Date,
): Comparison | null {
  if (kind === "custom") {
    const { from, to } = readInstants({ start, end }, { start: "compareStart", end: "compareEnd" }, zone, now);
    return from && { kind, from, to };
  }
  if (!range.from) return null;
  const past = pastOf({ ...range, from: range.from }, now);
  if (past.to <= past.from) return null;
  const shift = distanceBack(kind, { interval: range.interval, ...past, to: range.to ?? past.to }, weekday, zone);
  const back = Object.fromEntries(Object.entries(shift).map(([unit, amount]) => [unit, -amount]));
  const { from, to } = shiftSpan(past, back, zone);
  return from < to ? { kind, from, to } : null;
}

function distanceBack(kind: "previous" | "year", range: ClosedRange, weekday: boolean, zone: string): Shift {
  if (kind === "year") return weekday ? { days: 364 } : { months: 12 };
  if (!weekday) return shiftOf(range, zone);
  const days = Math.round((range.to.getTime() - range.from.getTime()) / DAY);
  return { days: Math.ceil(days / 7 || 1) * 7 };
}
