import type { Granularity } from "@/lib/base/time";
import type { WeekStart } from "@/lib/base/week-start";

// Local time as the platform's calendar tells it, and nothing of lib/base/time.

export const QUARTER_HOUR = 15 * 60_000;
const HOUR = 4 * QUARTER_HOUR;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();
const walls = new Map<string, Map<number, number>>();

export const quarterOf = (date: Date): number => Math.floor(date.getTime() / QUARTER_HOUR);

/** What clocks in `zone` show when a quarter hour of the epoch begins, read as if it were UTC. */
export function wallOf(quarter: number, zone: string): number {
  const known = walls.get(zone) ?? new Map<number, number>();
  walls.set(zone, known);
  const wall = known.get(quarter) ?? askCalendar(quarter * QUARTER_HOUR, zone);
  known.set(quarter, wall);
  return wall;
}

function askCalendar(ms: number, zone: string): number {
  const numeric = "numeric" as const;
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
      timeZone: zone,
      hourCycle: "h23",
      ...{ year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric },
    });
  formats.set(zone, format);
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? Number.NaN;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
}

export const localHour = (date: Date, zone: string): number => new Date(wallOf(quarterOf(date), zone)).getUTCHours();

/** From Monday as 0. */
export const localWeekday = (date: Date, zone: string): number =>
  (new Date(wallOf(quarterOf(date), zone)).getUTCDay() + 6) % 7;

/** As the platform numbers days. */
const DAY_NUMBERS: Record<WeekStart, number> = { sunday: 0, monday: 1, saturday: 6 };

/** The day, the first day of the week, or the month, as a calendar names it. */
function nameOf(quarter: number, granularity: "day" | "week" | "month", zone: string, weekStart: WeekStart): string {
  const wall = new Date(wallOf(quarter, zone));
  if (granularity === "month") return wall.toISOString().slice(0, 7);
  const back = granularity === "week" ? (wall.getUTCDay() + 7 - DAY_NUMBERS[weekStart]) % 7 : 0;
  return new Date(wall.getTime() - back * DAY).toISOString().slice(0, 10);
}

const starts = new Map<string, number>();

/**
 * When the bucket begins that a quarter hour lies in. An hour keeps its own offset, so one that clocks repeat is two; a
 * day, week or month begins with the first quarter hour that the calendar counts to it.
 */
export function bucketOf(quarter: number, granularity: Granularity, zone: string, weekStart: WeekStart): number {
  if (granularity === "quarterHour") return quarter * QUARTER_HOUR;
  if (granularity === "hour") {
    const plain = (one: number) => one * QUARTER_HOUR - (wallOf(one, zone) % HOUR);
    const goesOn = (one: number) => wallOf(one - 1, zone) === wallOf(one, zone) - QUARTER_HOUR;
    let first = quarter;
    // As long as clocks go on evenly within the hour that they show.
    while (wallOf(first, zone) % HOUR !== 0 && goesOn(first)) first -= 1;
    const isSplit = first * QUARTER_HOUR > plain(quarter) && plain(first - 1) !== plain(quarter);
    return isSplit ? first * QUARTER_HOUR : plain(quarter);
  }
  const name = nameOf(quarter, granularity, zone, weekStart);
  const key = `${zone} ${granularity} ${name}`;
  const known = starts.get(key);
  if (known !== undefined) return known;
  let first = quarter;
  while (nameOf(first - 1, granularity, zone, weekStart) === name) first -= 1;
  starts.set(key, first * QUARTER_HOUR);
  return first * QUARTER_HOUR;
}

/** Begins of all buckets between two instants, in order. */
export function bucketsBetween(
  from: Date,
  to: Date,
  granularity: Granularity,
  zone: string,
  weekStart: WeekStart,
): number[] {
  const last = quarterOf(new Date(to.getTime() - 1));
  // Nothing but hours is shorter than half a day.
  const step = granularity === "hour" || granularity === "quarterHour" ? 1 : DAY / 2 / QUARTER_HOUR;
  const found = new Set<number>();
  for (let quarter = quarterOf(from); quarter <= last; quarter += step)
    found.add(bucketOf(quarter, granularity, zone, weekStart));
  found.add(bucketOf(last, granularity, zone, weekStart));
  return [...found].sort((a, b) => a - b);
}
