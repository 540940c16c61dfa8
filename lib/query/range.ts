import { CALENDAR_RANGES, startOfUnit } from "@/lib/query/calendar";
import { INTERVALS, type Interval, type Range } from "@/lib/query/filters";
import { text as words } from "@/lib/text/problems";
import { addLocalDays, fromLocal } from "@/lib/time";

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
