import "server-only";
import { z } from "zod";
import { type TimeDimensionKey, WEEKDAYS } from "@/lib/dimensions";
import type { Breakdown, BreakdownRow } from "@/lib/query/answers";
import { ask } from "@/lib/query/engine";
import type { Filters } from "@/lib/query/filters";
import { planClicks, type RowsQuestion } from "@/lib/query/plan";
import { resolve } from "@/lib/query/resolve";
import { cutRows } from "@/lib/query/rows";
import { hoursOfWeekSql } from "@/lib/query/sql";

const Row = z.object({ quarter: z.int(), clicks: z.int(), previous: z.int() });

/** One hour of the local week: weekday from Monday as 0, hour from midnight. */
export type HourOfWeek = { weekday: number; hour: number; clicks: number; previous: number };

/** Clicks by hour of the local week, those without clicks left out; `previous` is 0 without a comparison. */
export async function hoursOfWeek(filters: Filters): Promise<HourOfWeek[]> {
  const plan = await resolve(planClicks(filters), filters.comparison);
  const rows = await ask(Row, hoursOfWeekSql(plan, filters.comparison));
  return rows.map(({ quarter, clicks, previous }) => {
    const hour = quarter / 4;
    return { weekday: Math.floor(hour / 24), hour: hour % 24, clicks, previous };
  });
}

/** The hours of the week by hour of the day, or by weekday. Sorted by value they stand in the order of the clock. */
export function byTime(
  key: TimeDimensionKey,
  hours: HourOfWeek[],
  compared: boolean,
  question: RowsQuestion,
): Breakdown {
  const rows = new Map<number, BreakdownRow>();
  for (const { weekday, hour, clicks, previous } of hours) {
    const place = key === "hour" ? hour : weekday;
    const value = key === "hour" ? String(hour) : (WEEKDAYS[weekday] ?? null);
    const row = rows.get(place) ?? { value, clicks: 0 };
    row.clicks += clicks;
    if (compared) row.previous = (row.previous ?? 0) + previous;
    rows.set(place, row);
  }
  const places = new Map([...rows].map(([place, row]) => [row, String(place).padStart(2, "0")]));
  const cut = cutRows(
    [...rows.values()],
    question,
    ({ value }) => value,
    (row) => places.get(row) ?? null,
  );
  const sum = (count: (entry: HourOfWeek) => number) => hours.reduce((all, entry) => all + count(entry), 0);
  const previousTotal = compared && { previousTotal: sum(({ previous }) => previous) };
  return { ...cut, total: sum(({ clicks }) => clicks), ...previousTotal };
}
