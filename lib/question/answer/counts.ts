import "server-only";
import { z } from "zod";
import { type TimeDimensionKey, WEEKDAYS } from "@/lib/click/dimensions";
import { ask } from "@/lib/engines/engine";
import { resolvePlan } from "@/lib/question/answer/resolve";
import type { Breakdown, BreakdownRow, Counts, HeatMap, Totals } from "@/lib/question/answer-types";
import { type Plan, planClicks, planComparison } from "@/lib/question/plan";
import type { Filters, RowsPart } from "@/lib/question/question";
import { cutRows } from "@/lib/question/row-selection";
import { countSql, hoursOfWeekSql, totalsSql } from "@/lib/question/sql";
import { weeksBefore } from "@/lib/question/variation";

const CountRow = z.object({ clicks: z.int() });
const TotalsRow = CountRow.extend({ visitors: z.int(), withheld: z.int(), links: z.int() });

export const NOTHING: Totals = { clicks: 0, visitors: 0, withheld: 0, links: 0 };

/** Number of clicks, visitors and links. */
export async function totals(filters: Filters): Promise<Totals> {
  const count = async (plan: Plan): Promise<Counts> =>
    (await ask(TotalsRow, totalsSql(await resolvePlan(plan))))[0] ?? NOTHING;
  const comparison = planComparison(filters);
  const [counts, previous] = await Promise.all([count(planClicks(filters)), comparison && count(comparison)]);
  return previous ? { ...counts, previous } : counts;
}

/** Clicks in the same part of each of the eight weeks before the range, latest first. */
export async function clicksOfWeeksBefore(filters: Filters): Promise<number[]> {
  const { from, to } = filters.range;
  const spans = from ? weeksBefore({ ...filters.range, from }, filters.zone, filters.now) : [];
  const oldest = spans.at(-1);
  if (!oldest) return [];
  const plan = await resolvePlan(planClicks(filters), { from: oldest.from, to });
  const counts = await Promise.all(spans.map((span) => ask(CountRow, countSql(plan, span))));
  return counts.map(([row]) => row?.clicks ?? 0);
}

const QuarterRow = CountRow.extend({ quarter: z.int(), previous: z.int() });

/** One hour of the local week: weekday from Monday as 0, hour from midnight. */
type HourOfWeek = { weekday: number; hour: number; clicks: number; previous: number };

/** Clicks by hour of the local week, without empty hours; `previous` is 0 without a comparison. */
export async function hoursOfWeek(filters: Filters): Promise<HourOfWeek[]> {
  const plan = await resolvePlan(planClicks(filters), filters.comparison);
  const rows = await ask(QuarterRow, hoursOfWeekSql(plan, filters.comparison));
  return rows.map(({ quarter, clicks, previous }) => {
    const hour = quarter / 4;
    return { weekday: Math.floor(hour / 24), hour: hour % 24, clicks, previous };
  });
}

/** Groups the hours of the week by hour or weekday. Sorted by value they are in chronological order. */
export function byTime(key: TimeDimensionKey, hours: HourOfWeek[], compared: boolean, part: RowsPart): Breakdown {
  const words = key === "hour" ? Array.from({ length: 24 }, (_, hour) => String(hour)) : WEEKDAYS;
  const rows = words.flatMap((value, place): BreakdownRow[] => {
    const own = hours.filter((entry) => entry[key] === place);
    return own.length === 0 ? [] : [{ value, ...sums(own, compared) }];
  });
  const places = new Map<string | null, string>(words.map((value, place) => [value, String(place).padStart(2, "0")]));
  const { clicks: total, previous } = sums(hours, compared);
  const textOf = ({ value }: BreakdownRow) => value;
  const placeOf = ({ value }: BreakdownRow) => places.get(value) ?? null;
  return {
    ...cutRows(rows, part, textOf, placeOf),
    total,
    ...(previous !== undefined && { previousTotal: previous }),
  };
}

function sums(hours: readonly HourOfWeek[], compared: boolean): { clicks: number; previous?: number } {
  const sum = (key: "clicks" | "previous") => hours.reduce((all, hour) => all + hour[key], 0);
  return { clicks: sum("clicks"), ...(compared && { previous: sum("previous") }) };
}

export async function heatMap(filters: Filters): Promise<HeatMap> {
  return cellsOfWeek(filters, await hoursOfWeek(filters));
}

export function cellsOfWeek({ zone, comparison }: Filters, hours: readonly HourOfWeek[]): HeatMap {
  const cellsOf = (key: "clicks" | "previous"): number[][] => {
    const cells = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
    for (const hour of hours) cells[hour.weekday]?.splice(hour.hour, 1, hour[key]);
    return cells;
  };
  return { zone, cells: cellsOf("clicks"), ...(comparison && { previous: cellsOf("previous") }) };
}
