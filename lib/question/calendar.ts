import { fromLocal, toLocal } from "@/lib/base/time";
import type { Interval } from "@/lib/question/question";

export type CalendarUnit = "day" | "week" | "month" | "quarter" | "year";

/** Ranges that are a piece of the calendar: of which unit, and how many before the current one. */
export const CALENDAR_RANGES: Partial<Record<Interval, { unit: CalendarUnit; ago: 0 | 1 }>> = {
  today: { unit: "day", ago: 0 },
  yesterday: { unit: "day", ago: 1 },
  wtd: { unit: "week", ago: 0 },
  lastWeek: { unit: "week", ago: 1 },
  mtd: { unit: "month", ago: 0 },
  lastMonth: { unit: "month", ago: 1 },
  qtd: { unit: "quarter", ago: 0 },
  lastQuarter: { unit: "quarter", ago: 1 },
  ytd: { unit: "year", ago: 0 },
  lastYear: { unit: "year", ago: 1 },
};

const MONTHS = { month: 1, quarter: 3, year: 12 };

/**
 * First instant of the local day, week, month, quarter or year that is `offset` units after the one `date` lies in.
 * Weeks begin on Monday.
 */
export function startOfUnit(date: Date, unit: CalendarUnit, offset: number, zone: string): Date {
  const wall = new Date(toLocal(date, zone));
  const [year, month, day] = [wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate()];
  if (unit === "day") return fromLocal(Date.UTC(year, month, day + offset), zone);
  if (unit === "week") {
    const monday = day - ((wall.getUTCDay() + 6) % 7);
    return fromLocal(Date.UTC(year, month, monday + 7 * offset), zone);
  }
  const months = MONTHS[unit];
  return fromLocal(Date.UTC(year, month - (month % months) + months * offset, 1), zone);
}
