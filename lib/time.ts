import { tzOffset } from "@date-fns/tz";
import type { Granularity } from "@/lib/query/filters";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A quarter hour. Every zone's offset is a multiple of it, so every bucket of every zone is a sum of slots. */
export const SLOT = 15 * MINUTE;

/** True for an IANA name that this Node knows. Bare offsets such as `+02:00` have no clock changes and are refused. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** Number of the quarter hour since the epoch that an instant lies in. */
export function slotOf(date: Date): number {
  return Math.floor(date.getTime() / SLOT);
}

/** Milliseconds to add to an instant to read its local time as if it were UTC. */
type Offsets = (ms: number) => number;

/** Asking Intl is slow: a day whose ends have the same offset is asked once. */
function offsetsOf(zone: string): Offsets {
  const days = new Map<number, number | undefined>();
  const ask = (ms: number) => tzOffset(zone, new Date(ms)) * MINUTE;
  return (ms) => {
    const day = Math.floor(ms / DAY);
    if (!days.has(day)) {
      const first = ask(day * DAY);
      days.set(day, first === ask((day + 1) * DAY) ? first : undefined);
    }
    return days.get(day) ?? ask(ms);
  };
}

/**
 * The instant at which clocks show `wall`. A skipped time is read with the offset before the change. Of a repeated time,
 * `repeated` chooses; Postgres takes the last.
 */
function instantOf(wall: number, offsets: Offsets, repeated: "first" | "last"): number {
  const before = wall - offsets(wall - DAY);
  const after = wall - offsets(wall + DAY);
  const beforeIsReal = before + offsets(before) === wall;
  const afterIsReal = after + offsets(after) === wall;
  if (beforeIsReal && afterIsReal) return repeated === "first" ? before : after;
  return afterIsReal ? after : before;
}

/** The instant at which clocks in `zone` show `wall`, local time as if it were UTC. Of a repeated time, the first. */
export function fromLocal(wall: number, zone: string): Date {
  return new Date(instantOf(wall, offsetsOf(zone), "first"));
}

/** Local time in `zone` as if it were UTC, in epoch milliseconds. */
export function toLocal(date: Date, zone: string): number {
  return date.getTime() + offsetsOf(zone)(date.getTime());
}

/** First instant of the local day that `date` lies in. */
export function startOfLocalDay(date: Date, zone: string): Date {
  return addLocalDays(date, 0, zone);
}

/** First instant of the local day that is `days` calendar days after the one `date` lies in. */
export function addLocalDays(date: Date, days: number, zone: string): Date {
  const wall = toLocal(date, zone);
  return fromLocal(wall - modulo(wall, DAY) + days * DAY, zone);
}

/** Start of the bucket that an instant lies in: Postgres' `date_trunc(unit, instant, zone)`. */
function bucketStart(ms: number, granularity: Granularity, offsets: Offsets): number {
  const wall = ms + offsets(ms);
  if (granularity === "hour") return ms - modulo(wall, HOUR);
  return instantOf(localStart(wall, granularity), offsets, "last");
}

/** Local midnight of the day, the Monday or the first of the month. */
function localStart(wall: number, granularity: "day" | "week" | "month"): number {
  const midnight = wall - modulo(wall, DAY);
  const date = new Date(midnight);
  if (granularity === "week") return midnight - modulo(date.getUTCDay() - 1, 7) * DAY;
  if (granularity === "month") return midnight - (date.getUTCDate() - 1) * DAY;
  return midnight;
}

function nextLocalStart(start: number, granularity: "day" | "week" | "month"): number {
  const date = new Date(start);
  if (granularity === "month") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  return start + (granularity === "week" ? 7 : 1) * DAY;
}

/**
 * Starts of the buckets that hold the slots of `[from, to)`: epoch milliseconds, ascending, gaps included. They are
 * Postgres' own: an hour keeps the offset of its instants, so a repeated hour is two buckets; a day, week or month
 * starts at the zone's midnight, at the clock change when that midnight is skipped, at the second when it is repeated.
 */
export function bucketStarts(from: Date, to: Date, granularity: Granularity, zone: string): number[] {
  const first = slotOf(from) * SLOT;
  const last = (Math.ceil(to.getTime() / SLOT) - 1) * SLOT;
  if (from >= to) return [];
  const offsets = offsetsOf(zone);
  const starts = new Set<number>();
  if (granularity === "hour") {
    for (let ms = first; ms <= last; ms += SLOT) starts.add(bucketStart(ms, granularity, offsets));
  } else {
    const end = last + offsets(last);
    for (
      let wall = localStart(first + offsets(first), granularity);
      wall <= end;
      wall = nextLocalStart(wall, granularity)
    ) {
      starts.add(instantOf(wall, offsets, "last"));
    }
  }
  return [...starts].sort((a, b) => a - b);
}

/**
 * Clicks of each bucket, in the order of `starts`.
 *
 * @throws RangeError when a slot is in none of the buckets
 */
export function foldSlots(
  rows: readonly { slot: number; clicks: number }[],
  starts: readonly number[],
  granularity: Granularity,
  zone: string,
): number[] {
  const offsets = offsetsOf(zone);
  const sums = new Map(starts.map((start) => [start, 0]));
  for (const { slot, clicks } of rows) {
    const start = bucketStart(slot * SLOT, granularity, offsets);
    const sum = sums.get(start);
    if (sum === undefined) throw new RangeError(`Slot ${slot} is outside the buckets`);
    sums.set(start, sum + clicks);
  }
  return [...sums.values()];
}

/** ISO 8601 to the second with the zone's offset, such as `2026-08-01T00:00:00-04:00`; UTC is `+00:00`. */
export function localIso(ms: number, zone: string): string {
  const offset = offsetsOf(zone)(ms);
  const sign = offset < 0 ? "-" : "+";
  const shift = new Date(Math.abs(offset)).toISOString().slice(11, 16);
  return `${new Date(ms + offset).toISOString().slice(0, 19)}${sign}${shift}`;
}

/** The remainder that has the divisor's sign: instants before the epoch are negative. */
function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
