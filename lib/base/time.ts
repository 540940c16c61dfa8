import { tzOffset } from "@date-fns/tz";
import type { WeekStart } from "@/lib/base/week-start";

export const GRANULARITIES = ["quarterHour", "hour", "day", "week", "month"] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** In milliseconds. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Noon stays on the same day whatever a clock change does to midnight. */
const NOON = 12 * HOUR;

/** A quarter hour. Every zone's offset is a multiple of it, so any bucket in any zone is a sum of slots. */
export const SLOT = 15 * MINUTE;

/** Epoch milliseconds to sort by; what has no time comes first. */
export const timeOf = (date: Date | null): number => date?.getTime() ?? Number.NEGATIVE_INFINITY;

/** True for an IANA name that this Node knows. Bare offsets such as `+02:00` have no clock changes and are refused. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** The slot of an instant: quarter hours since the epoch. */
export const slotOf = (date: Date): number => Math.floor(date.getTime() / SLOT);

/** Milliseconds to add to an instant to read its local time as if it were UTC. */
type Offsets = (ms: number) => number;

const MAX_ZONES = 16;
const known = new Map<string, Offsets>();

/** Cached by zone and day, because Intl is slow. A day whose ends have the same offset has one offset. */
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

/** The instant at which clocks show `wall`: the first of a repeated time; a skipped time uses the offset before it. */
function instantOf(wall: number, offsets: Offsets): number {
  const before = wall - offsets(wall - DAY);
  const after = wall - offsets(wall + DAY);
  const isBefore = before + offsets(before) === wall;
  const isAfter = after + offsets(after) === wall;
  return isAfter && !isBefore ? after : before;
}

/** The instant at which clocks in `zone` show `wall` (local time as if it were UTC); the first of a repeated time. */
export const fromLocal = (wall: number, zone: string): Date => new Date(instantOf(wall, offsetsOf(zone)));

/** Local time in `zone` as if it were UTC, in epoch milliseconds. */
export const toLocal = (date: Date, zone: string): number => date.getTime() + offsetsOf(zone)(date.getTime());

/** What local days and weeks depend on. `zone` is an IANA name. */
export type Calendar = { zone: string; weekStart: WeekStart };

/** The epoch was a Thursday: days after Monday. */
const EPOCH_WEEKDAY = 3;
/** How many days before Monday a week starts. */
const BEFORE_MONDAY: Record<WeekStart, number> = { monday: 0, sunday: 1, saturday: 2 };

export type CalendarUnit = "day" | "week" | "month" | "quarter" | "year";
const MONTHS = { month: 1, quarter: 3, year: 12 };

/** Local midnight at the start of the unit `offset` units after that of `wall`. */
function unitStart(wall: number, unit: CalendarUnit, offset = 0, weekStart: WeekStart = "monday"): number {
  // Asked for every quarter hour of a chart, so days and weeks do without a Date.
  const day = Math.floor(wall / DAY);
  if (unit === "day") return (day + offset) * DAY;
  if (unit === "week") {
    const back = modulo(day + EPOCH_WEEKDAY + BEFORE_MONDAY[weekStart], 7);
    return (day - back + 7 * offset) * DAY;
  }
  const date = new Date(wall);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const months = MONTHS[unit];
  return Date.UTC(year, month - (month % months) + months * offset, 1);
}

/** First instant of the local unit that is `offset` units after the one containing `date`. */
export const startOfUnit = (
  date: Date,
  unit: CalendarUnit,
  offset: number,
  zone: string,
  weekStart?: WeekStart,
): Date => fromLocal(unitStart(toLocal(date, zone), unit, offset, weekStart), zone);

/** Whether an instant is the start of a local unit. */
export const isStartOfUnit = (date: Date, unit: CalendarUnit, zone: string): boolean =>
  startOfUnit(date, unit, 0, zone).getTime() === date.getTime();

/** A shift by the calendar (days, months) or by the clock (milliseconds). */
export type Shift = { days?: number; months?: number; ms?: number };

/** Shifts an instant, keeping the local time of day. One month before 31 March is 28 February. */
export function shiftLocal(date: Date, { days = 0, months = 0, ms = 0 }: Shift, zone: string): Date {
  if (ms !== 0) return new Date(date.getTime() + ms);
  const wall = toLocal(date, zone) + days * DAY;
  if (months === 0) return fromLocal(wall, zone);
  const first = unitStart(wall, "month", months);
  const lastOfMonth = new Date(unitStart(first, "month", 1) - DAY).getUTCDate();
  const day = Math.min(new Date(wall).getUTCDate(), lastOfMonth);
  return fromLocal(first + (day - 1) * DAY + modulo(wall, DAY), zone);
}

/** A half-open interval with both ends known. */
export type ClosedSpan = { from: Date; to: Date };

/**
 * Shifts both ends. Local midnights stay midnights even when clocks change at midnight. An end inside a month moves with
 * the last day before it, so that 28 February of a leap year stays inside; the start of a month stays one.
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

function bucketStart(ms: number, granularity: Granularity, offsets: Offsets, weekStart?: WeekStart): number {
  if (granularity === "quarterHour") return ms - modulo(ms, SLOT);
  const wall = ms + offsets(ms);
  if (granularity === "hour") return afterChange(ms - modulo(wall, HOUR), ms, offsets);
  return instantOf(unitStart(wall, granularity, 0, weekStart), offsets);
}

/** When clocks change within an hour, the rest joins the hour before if both start alike, else it is its own hour. */
function afterChange(start: number, ms: number, offsets: Offsets): number {
  let change = start;
  while (offsets(change) !== offsets(ms)) change += SLOT;
  if (change === start) return start;
  const before = change - SLOT;
  return before - modulo(before + offsets(before), HOUR) === start ? start : change;
}

/**
 * Starts of all buckets with slots in `[from, to)`: epoch milliseconds, ascending, without gaps. A repeated hour is two
 * buckets. Days and longer start at local midnight: the first if it repeats, the clock change if it is skipped.
 * Postgres' `date_trunc` differs only for a repeated midnight.
 */
export function bucketStarts(
  from: Date,
  to: Date,
  granularity: Granularity,
  zone: string,
  weekStart?: WeekStart,
): number[] {
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
      let wall = unitStart(first + offsets(first), granularity, 0, weekStart);
      wall <= end;
      wall = unitStart(wall, granularity, 1, weekStart)
    ) {
      starts.add(instantOf(wall, offsets));
    }
  }
  return [...starts].sort((a, b) => a - b);
}

/** Sums slots by bucket, in the order of `starts`. @throws RangeError when a slot is in no bucket */
export function foldSlots(
  rows: readonly { slot: number; clicks: number }[],
  starts: readonly number[],
  granularity: Granularity,
  zone: string,
  weekStart?: WeekStart,
): number[] {
  const offsets = offsetsOf(zone);
  const sums = new Map(starts.map((start) => [start, 0]));
  for (const { slot, clicks } of rows) {
    const start = bucketStart(slot * SLOT, granularity, offsets, weekStart);
    const sum = sums.get(start);
    if (sum === undefined) throw new RangeError(`Slot ${slot} is outside the buckets`);
    sums.set(start, sum + clicks);
  }
  return [...sums.values()];
}

/** ISO 8601 to the second with the zone's offset: `2026-08-01T00:00:00-04:00`; UTC is `+00:00`. */
export function localIso(ms: number, zone: string): string {
  const offset = offsetsOf(zone)(ms);
  const sign = offset < 0 ? "-" : "+";
  const shift = new Date(Math.abs(offset)).toISOString().slice(11, 16);
  return `${new Date(ms + offset).toISOString().slice(0, 19)}${sign}${shift}`;
}

/** Starts of the local months that overlap `[from, to)`, in slots of local time; ascending. */
export function localMonths(from: Date, to: Date, zone: string): number[] {
  const months: number[] = [];
  const end = toLocal(to, zone);
  for (let wall = unitStart(toLocal(from, zone), "month"); wall < end; wall = unitStart(wall, "month", 1)) {
    months.push(wall / SLOT);
  }
  return months;
}

/** Remainder with the sign of the divisor; instants before the epoch are negative. */
const modulo = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;

/** From `slot` until the next period, local time is `shift` slots ahead of UTC. */
export type Period = { slot: number; shift: number };

/** The zone's offsets from slot `first` to `last`, ascending: one period per clock change. */
export function periodsOf(first: number, last: number, zone: string): Period[] {
  const offsets = offsetsOf(zone);
  // All clicks are younger than the last offset that was not a multiple of a slot.
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

/** Local hours entirely in `[from, to)`, in hours of local time since the epoch. A repeated hour is one. Ascending. */
export function wholeLocalHours(from: Date, to: Date, zone: string): number[] {
  const offsets = offsetsOf(zone);
  const hours = new Set<number>();
  const end = to.getTime() - HOUR;
  let ms = Math.ceil(from.getTime() / SLOT) * SLOT;
  while (ms <= end) {
    const wall = ms + offsets(ms);
    const isStart = wall % HOUR === 0;
    if (isStart) hours.add(wall / HOUR);
    ms += isStart ? HOUR : SLOT;
  }
  return [...hours].sort((a, b) => a - b);
}

export const WEEK_SLOTS = 7 * 24 * 4;
/** Quarter hour of the local week (0: 00:00 of its first day) of a slot; local time is `shift` slots ahead of UTC. */
export function quarterOfWeek(slot: number, shift: number, weekStart: WeekStart = "monday"): number {
  return modulo(slot + shift + (EPOCH_WEEKDAY + BEFORE_MONDAY[weekStart]) * 96, WEEK_SLOTS);
}

/** Tolerance in milliseconds for a sender's clock: clicks dated less than this in the future count as now. */
export const CLOCK_SKEW_MS = 5 * 60_000;
