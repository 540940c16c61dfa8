import { tzOffset } from "@date-fns/tz";

export const GRANULARITIES = ["quarterHour", "hour", "day", "week", "month"] as const;
/** How long the buckets of a series are. */
export type Granularity = (typeof GRANULARITIES)[number];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Into a day by so much it is the same day, however clocks change. */
const NOON = 12 * HOUR;

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

/** Maximum number of cached zones. */
const MAX_ZONES = 16;
const known = new Map<string, Offsets>();

/** Asking Intl is slow: a zone is remembered, and a day whose ends have the same offset is asked once. */
function offsetsOf(zone: string): Offsets {
  const found = known.get(zone);
  if (found) return found;
  const days = new Map<number, number | undefined>();
  const ask = (ms: number) => tzOffset(zone, new Date(ms)) * MINUTE;
  const offsets: Offsets = (ms) => {
    const day = Math.floor(ms / DAY);
    if (!days.has(day)) {
      const first = ask(day * DAY);
      days.set(day, first === ask((day + 1) * DAY) ? first : undefined);
    }
    return days.get(day) ?? ask(ms);
  };
  if (known.size >= MAX_ZONES) known.clear();
  known.set(zone, offsets);
  return offsets;
}

/** The instant at which clocks show `wall`: of a repeated time the first. A skipped one has the offset before the change. */
function instantOf(wall: number, offsets: Offsets): number {
  const before = wall - offsets(wall - DAY);
  const after = wall - offsets(wall + DAY);
  const isBefore = before + offsets(before) === wall;
  const isAfter = after + offsets(after) === wall;
  return isAfter && !isBefore ? after : before;
}

/** The instant at which clocks in `zone` show `wall`, local time as if it were UTC. Of a repeated time, the first. */
export function fromLocal(wall: number, zone: string): Date {
  return new Date(instantOf(wall, offsetsOf(zone)));
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

/** The instant at which clocks in `zone` show the same time some days or months earlier or later. 31 March is less a month 28 February. */
export function shiftLocal(
  date: Date,
  { days = 0, months = 0 }: { days?: number; months?: number },
  zone: string,
): Date {
  const wall = toLocal(date, zone) + days * DAY;
  const midnight = new Date(wall - modulo(wall, DAY));
  const first = Date.UTC(midnight.getUTCFullYear(), midnight.getUTCMonth() + months, 1);
  const lastOfMonth = new Date(nextLocalStart(first, "month") - DAY).getUTCDate();
  const day = months === 0 ? midnight.getUTCDate() : Math.min(midnight.getUTCDate(), lastOfMonth);
  return fromLocal(first + (day - 1) * DAY + modulo(wall, DAY), zone);
}

/** Whether a local day begins at an instant. */
const isDayStart = (date: Date, zone: string): boolean => startOfLocalDay(date, zone).getTime() === date.getTime();

/**
 * Both ends of a stretch, some days or months earlier or later. Ends at which local days begin move from day to day,
 * whatever clocks do at midnight. An end inside of a month moves with the last day before it, so that 28 February of a
 * leap year stays inside; one at which a month begins moves from month to month.
 */
export function shiftSpan(
  { from, to }: { from: Date; to: Date },
  by: { days?: number; months?: number },
  zone: string,
): { from: Date; to: Date } {
  const moved = (day: Date) => startOfLocalDay(shiftLocal(new Date(day.getTime() + NOON), by, zone), zone);
  const endOf = (day: Date) =>
    new Date(toLocal(day, zone)).getUTCDate() === 1
      ? moved(day)
      : addLocalDays(moved(addLocalDays(day, -1, zone)), 1, zone);
  return {
    from: isDayStart(from, zone) ? moved(from) : shiftLocal(from, by, zone),
    to: isDayStart(to, zone) ? endOf(to) : shiftLocal(to, by, zone),
  };
}

/** Start of the bucket that an instant lies in. */
function bucketStart(ms: number, granularity: Granularity, offsets: Offsets): number {
  if (granularity === "quarterHour") return ms - modulo(ms, SLOT);
  const wall = ms + offsets(ms);
  if (granularity === "hour") return afterChange(ms - modulo(wall, HOUR), ms, offsets);
  return instantOf(localStart(wall, granularity), offsets);
}

/**
 * Where clocks change in the middle of an hour, what follows belongs to the hour that began before, if it would begin at
 * the same instant; else it is an hour of its own, which begins with the change: no two hours overlap.
 */
function afterChange(start: number, ms: number, offsets: Offsets): number {
  let change = start;
  while (offsets(change) !== offsets(ms)) change += SLOT;
  if (change === start) return start;
  const before = change - SLOT;
  return before - modulo(before + offsets(before), HOUR) === start ? start : change;
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
 * Starts of the buckets that hold the slots of `[from, to)`: epoch milliseconds, ascending, gaps included. An hour keeps
 * the offset of its instants, so a repeated hour is two buckets; a day, week or month starts at the zone's midnight, at
 * the clock change when that midnight is skipped, at the first when it is repeated. Postgres' `date_trunc` says the same
 * but for a repeated midnight, of which it takes the second.
 */
export function bucketStarts(from: Date, to: Date, granularity: Granularity, zone: string): number[] {
  const first = slotOf(from) * SLOT;
  const last = (Math.ceil(to.getTime() / SLOT) - 1) * SLOT;
  if (from >= to) return [];
  const offsets = offsetsOf(zone);
  const starts = new Set<number>();
  if (granularity === "hour" || granularity === "quarterHour") {
    for (let ms = first; ms <= last; ms += SLOT) starts.add(bucketStart(ms, granularity, offsets));
  } else {
    const end = last + offsets(last);
    for (
      let wall = localStart(first + offsets(first), granularity);
      wall <= end;
      wall = nextLocalStart(wall, granularity)
    ) {
      starts.add(instantOf(wall, offsets));
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

/** Slots at which months begin, as the zone's clocks number them: ascending, for all months that `[from, to)` touches. */
export function localMonths(from: Date, to: Date, zone: string): number[] {
  const months: number[] = [];
  const end = toLocal(to, zone);
  for (let wall = localStart(toLocal(from, zone), "month"); wall < end; wall = nextLocalStart(wall, "month")) {
    months.push(wall / SLOT);
  }
  return months;
}

/** The remainder that has the divisor's sign: instants before the epoch are negative. */
function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

/** From `slot` on, until the next period, clocks are `shift` slots ahead of UTC. */
export type Period = { slot: number; shift: number };

/** How far the zone's clocks are from UTC in the slots from `first` to `last`, ascending, one for each clock change. */
export function periodsOf(first: number, last: number, zone: string): Period[] {
  const offsets = offsetsOf(zone);
  // Clicks are younger than the last zone whose clocks were not a whole number of slots ahead.
  const shiftAt = (slot: number) => Math.round(offsets(slot * SLOT) / SLOT);
  const periods = [{ slot: first, shift: shiftAt(first) }];
  const slotsPerDay = DAY / SLOT;
  for (let day = first; day < last; day += slotsPerDay) {
    let [before, after] = [day, Math.min(day + slotsPerDay, last)];
    const shift = shiftAt(after);
    if (shift === periods.at(-1)?.shift) continue;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (shiftAt(middle) === shift) after = middle;
      else before = middle;
    }
    periods.push({ slot: after, shift });
  }
  return periods;
}

/** Slots of a week. */
export const WEEK_SLOTS = 7 * 24 * 4;
/** The epoch was a Thursday. */
const EPOCH_WEEKDAY = 3;

/** Quarter hour of the week, from Monday's first, of a slot that clocks show `shift` slots ahead of UTC. */
export function quarterOfWeek(slot: number, shift: number): number {
  return modulo(slot + shift + EPOCH_WEEKDAY * 96, WEEK_SLOTS);
}

/** How far a sender's clock may be ahead: a click that is dated later by less than this happened now. In milliseconds. */
export const CLOCK_SKEW_MS = 5 * 60_000;
