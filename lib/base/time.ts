import { tzOffset } from "@date-fns/tz";

export const GRANULARITIES = ["quarterHour", "hour", "day", "week", "month"] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** In milliseconds. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

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
export const slotOf = (date: Date): number => Math.floor(date.getTime() / SLOT);

/** Milliseconds to add to an instant to read its local time as if it were UTC. */
type Offsets = (ms: number) => number;

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

/** The instant at which clocks show `wall`: of a repeated time the first. A skipped one has the offset before. */
function instantOf(wall: number, offsets: Offsets): number {
  const before = wall - offsets(wall - DAY);
  const after = wall - offsets(wall + DAY);
  const isBefore = before + offsets(before) === wall;
  const isAfter = after + offsets(after) === wall;
  return isAfter && !isBefore ? after : before;
}

/** The instant at which clocks in `zone` show `wall`, local time as if it were UTC. Of a repeated time, the first. */
export const fromLocal = (wall: number, zone: string): Date => new Date(instantOf(wall, offsetsOf(zone)));

/** Local time in `zone` as if it were UTC, in epoch milliseconds. */
export const toLocal = (date: Date, zone: string): number => date.getTime() + offsetsOf(zone)(date.getTime());

export type CalendarUnit = "day" | "week" | "month" | "quarter" | "year";
const MONTHS = { month: 1, quarter: 3, year: 12 };

/** Local midnight at which the unit `offset` after that of `wall` begins. Weeks begin on Monday. */
function unitStart(wall: number, unit: CalendarUnit, offset = 0): number {
  const date = new Date(wall);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  if (unit === "day") return Date.UTC(year, month, day + offset);
  if (unit === "week") return Date.UTC(year, month, day - modulo(date.getUTCDay() - 1, 7) + 7 * offset);
  const months = MONTHS[unit];
  return Date.UTC(year, month - (month % months) + months * offset, 1);
}

/** First instant of the local day, week, month, quarter or year that is `offset` after the one `date` lies in. */
export const startOfUnit = (date: Date, unit: CalendarUnit, offset: number, zone: string): Date =>
  fromLocal(unitStart(toLocal(date, zone), unit, offset), zone);

/** Whether a local day, week, month, quarter or year begins at an instant. */
export const isStartOfUnit = (date: Date, unit: CalendarUnit, zone: string): boolean =>
  startOfUnit(date, unit, 0, zone).getTime() === date.getTime();

/** How far something moves: by the calendar or by the clock. */
export type Shift = { days?: number; months?: number; ms?: number };

/** The instant at which clocks in `zone` show the same time after a shift. 31 March less a month is 28 February. */
export function shiftLocal(date: Date, { days = 0, months = 0, ms = 0 }: Shift, zone: string): Date {
  if (ms !== 0) return new Date(date.getTime() + ms);
  const wall = toLocal(date, zone) + days * DAY;
  if (months === 0) return fromLocal(wall, zone);
  const first = unitStart(wall, "month", months);
  const lastOfMonth = new Date(unitStart(first, "month", 1) - DAY).getUTCDate();
  const day = Math.min(new Date(wall).getUTCDate(), lastOfMonth);
  return fromLocal(first + (day - 1) * DAY + modulo(wall, DAY), zone);
}

/** A stretch of time with both ends; half-open. */
export type ClosedSpan = { from: Date; to: Date };

/**
 * Both ends, shifted. Local midnights move from day to day, whatever clocks do at midnight. An end inside a month moves
 * with the last day before it, so that 28 February of a leap year stays inside; the start of a month moves to another.
 */
export function shiftSpan({ from, to }: ClosedSpan, by: Shift, zone: string): ClosedSpan {
  const moved = (day: Date) => startOfUnit(shiftLocal(new Date(day.getTime() + NOON), by, zone), "day", 0, zone);
  const endOf = (day: Date) =>
    isStartOfUnit(day, "month", zone)
      ? moved(day)
      : startOfUnit(moved(startOfUnit(day, "day", -1, zone)), "day", 1, zone);
  const isDay = (date: Date) => by.ms === undefined && isStartOfUnit(date, "day", zone);
  return {
    from: isDay(from) ? moved(from) : shiftLocal(from, by, zone),
    to: isDay(to) ? endOf(to) : shiftLocal(to, by, zone),
  };
}

function bucketStart(ms: number, granularity: Granularity, offsets: Offsets): number {
  if (granularity === "quarterHour") return ms - modulo(ms, SLOT);
  const wall = ms + offsets(ms);
  if (granularity === "hour") return afterChange(ms - modulo(wall, HOUR), ms, offsets);
  return instantOf(unitStart(wall, granularity), offsets);
}

/** Where clocks change inside an hour, the rest is of the hour before if that begins alike, else an hour of its own. */
function afterChange(start: number, ms: number, offsets: Offsets): number {
  let change = start;
  while (offsets(change) !== offsets(ms)) change += SLOT;
  if (change === start) return start;
  const before = change - SLOT;
  return before - modulo(before + offsets(before), HOUR) === start ? start : change;
}

/**
 * Starts of the buckets that hold the slots of `[from, to)`: epoch milliseconds, ascending, gaps included. A repeated
 * hour is two buckets; a longer bucket starts at the zone's midnight, of a repeated one at the first, of a skipped one
 * at the clock change. Postgres' `date_trunc` differs in a repeated midnight alone.
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
      let wall = unitStart(first + offsets(first), granularity);
      wall <= end;
      wall = unitStart(wall, granularity, 1)
    ) {
      starts.add(instantOf(wall, offsets));
    }
  }
  return [...starts].sort((a, b) => a - b);
}

/** Clicks of each bucket, in the order of `starts`. Throws RangeError when a slot is in none of them. */
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

/** Slots at which the months that `[from, to)` touches begin, as the zone's clocks number them; ascending. */
export function localMonths(from: Date, to: Date, zone: string): number[] {
  const months: number[] = [];
  const end = toLocal(to, zone);
  for (let wall = unitStart(toLocal(from, zone), "month"); wall < end; wall = unitStart(wall, "month", 1)) {
    months.push(wall / SLOT);
  }
  return months;
}

/** The remainder that has the divisor's sign: instants before the epoch are negative. */
const modulo = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;

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

export const WEEK_SLOTS = 7 * 24 * 4;
/** The epoch was a Thursday. */
const EPOCH_WEEKDAY = 3;

/** Quarter hour of the week, from Monday's first, of a slot that clocks show `shift` slots ahead of UTC. */
export function quarterOfWeek(slot: number, shift: number): number {
  return modulo(slot + shift + EPOCH_WEEKDAY * 96, WEEK_SLOTS);
}

/** How far a sender's clock may be ahead: a click that is dated later by less happened now. In milliseconds. */
export const CLOCK_SKEW_MS = 5 * 60_000;
