import "server-only";
import { z } from "zod";
import { type TimeDimensionKey, WEEKDAYS } from "@/lib/click/dimensions";
import { ask } from "@/lib/engines/engine";
import { resolve } from "@/lib/question/answer/resolve";
import { cutRows } from "@/lib/question/answer/rows";
import type { Breakdown, BreakdownRow, HeatMap } from "@/lib/question/answers";
import { planClicks } from "@/lib/question/plan";
import type { Filters, RowsPart } from "@/lib/question/question";
import { hoursOfWeekSql } from "@/lib/question/sql";

const Row = z.object({ quarter: z.int(), clicks: z.int(), previous: z.int() });

/** One hour of the local week: weekday from Monday as 0, hour from midnight. */
type HourOfWeek = { weekday: number; hour: number; clicks: number; previous: number };

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
export function byTime(key: TimeDimensionKey, hours: HourOfWeek[], compared: boolean, part: RowsPart): Breakdown {
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
    part,
    ({ value }) => value,
    (row) => places.get(row) ?? null,
  );
  const sum = (count: (entry: HourOfWeek) => number) => hours.reduce((all, entry) => all + count(entry), 0);
  const previousTotal = compared && { previousTotal: sum(({ previous }) => previous) };
  return { ...cut, total: sum(({ clicks }) => clicks), ...previousTotal };
}

/** Clicks by hour and weekday of the view's zone. */
export async function heatMap(filters: Filters): Promise<HeatMap> {
  return cellsOfWeek(filters, await hoursOfWeek(filters));
}

/** The cells of a week that has these clicks. */
export function cellsOfWeek(filters: Pick<Filters, "zone" | "comparison">, hours: readonly HourOfWeek[]): HeatMap {
  const cellsOf = (count: (hour: HourOfWeek) => number): number[][] => {
    const cells = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
    for (const hour of hours) cells[hour.weekday]?.splice(hour.hour, 1, count(hour));
    return cells;
  };
  const previous = filters.comparison && { previous: cellsOf((hour) => hour.previous) };
  return { zone: filters.zone, cells: cellsOf(({ clicks }) => clicks), ...previous };
}
