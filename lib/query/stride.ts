import { CALENDAR_RANGES, type CalendarUnit, startOfUnit } from "@/lib/query/calendar";
import type { Range } from "@/lib/query/filters";
import { startOfLocalDay, toLocal } from "@/lib/time";

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long a range is: by the calendar when it follows it, else by the clock. */
export type Stride = { months: number } | { days: number } | { ms: number };

/** A range with both ends. */
export type ClosedRange = Range & { from: Date; to: Date };

const UNITS: Record<CalendarUnit, Stride> = {
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
export function strideOf({ interval, from, to }: ClosedRange, zone: string): Stride {
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
