import "server-only";
import { z } from "zod";
import { HOUR, type Period, quarterOfWeek, SLOT, toLocal, WEEK_SLOTS, wholeLocalHours } from "@/lib/base/time";
import {
  CLICK_DIMENSIONS,
  type ClickDimensionKey,
  type TimeDimensionKey,
  WEEKDAYS,
  weekdaysFrom,
} from "@/lib/click/dimensions";
import type { Slots } from "@/lib/click/selection";
import { askCounts, askPlan, slotsOf } from "@/lib/question/answer/ask";
import { firstClick } from "@/lib/question/answer/clicks";
import { resolvePlan } from "@/lib/question/answer/resolve";
import type { Breakdown, BreakdownRow, Counts, HeatMap, SameValues, Totals } from "@/lib/question/answer-types";
import { type Plan, planClicks, planComparison } from "@/lib/question/plan";
import { type Filters, isHidden, type Question, type RowsPart } from "@/lib/question/question";
import { cutRows } from "@/lib/question/row-selection";
import { countedTotalsSql, countsInSql, extremesSql, hoursOfWeekSql, stepsSql, totalsSql } from "@/lib/question/sql";
import { weeksBefore } from "@/lib/question/variation";
import type { ResolvedPlan } from "@/lib/question/where-sql";

const CountRow = z.object({ clicks: z.int() });
const TotalsRow = CountRow.extend({ visitors: z.int(), withheld: z.int(), links: z.int() });

export const NOTHING: Totals = { clicks: 0, visitors: 0, withheld: 0, links: 0 };

/** Number of clicks, visitors and links. */
export async function totals(filters: Filters): Promise<Totals> {
  const count = async (plan: Plan): Promise<Counts> =>
    (
      await askCounts(TotalsRow, await resolvePlan(plan), { by: ["linkId"] }, (of, counts) =>
        counts?.[0] ? countedTotalsSql(of, counts[0]) : totalsSql(of),
      )
    )[0] ?? NOTHING;
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
  const [counts] = await askPlan(z.record(z.string(), z.int()), plan, (of) => countsInSql(of, spans));
  return spans.map((_, at) => counts?.[`in_${at}`] ?? 0);
}

const ExtremesRow = CountRow.catchall(z.union([z.int(), z.string()]).nullable());

/** Clicks that are looked at first: most properties already differ among these. */
const FEW_CLICKS = 1_000;

/** The values that all clicks have. A city is one with its place. */
export async function sameValues(question: Question): Promise<SameValues> {
  const plan = await resolvePlan(planClicks(question));
  const keys = CLICK_DIMENSIONS.map(({ key }) => key).filter((key) => !isHidden(question.scope, key));
  const few = await sameAmong(plan, keys, FEW_CLICKS);
  const [one] = few.values();
  const same = one && one.clicks === FEW_CLICKS ? await sameAmong(plan, [...few.keys()], null) : few;
  const [city, country, region] = [same.get("city"), same.get("country"), same.get("region")];
  if (city && country && region) city.place = { country: country.value, region: region.value };
  else same.delete("city");
  return same;
}

/** Of these dimensions the values that all clicks have, or some first ones of them. */
async function sameAmong(
  plan: ResolvedPlan,
  keys: readonly ClickDimensionKey[],
  limit: number | null,
): Promise<SameValues> {
  const [row] = await askPlan(ExtremesRow, plan, (of) => extremesSql(of, keys, limit));
  const same: SameValues = new Map();
  if (!row || row.clicks === 0) return same;
  const { clicks } = row;
  for (const key of keys) {
    const [have, value] = [row[`have_${key}`], row[`least_${key}`]];
    const isSame = have === 0 || (have === clicks && value === row[`most_${key}`]);
    if (isSame) same.set(key, { value: typeof value === "string" ? value : null, clicks });
  }
  return same;
}

const QuarterRow = CountRow.extend({ quarter: z.int(), previous: z.int() });

/** One hour of the local week: weekday from Monday as 0, hour from midnight. */
type HourOfWeek = { weekday: number; hour: number; clicks: number; previous: number };

/** Clicks by hour of the local week, without empty hours; `previous` is 0 without a comparison. */
export async function hoursOfWeek(filters: Filters): Promise<HourOfWeek[]> {
  const { comparison } = filters;
  const plan = await resolvePlan(planClicks(filters), comparison);
  const [slots, previous] = await Promise.all([slotsOf(plan), comparison ? slotsOf(plan, comparison) : []]);
  if (slots && previous) return hoursOfSlots(slots, previous, plan.periods);
  const rows = await askPlan(QuarterRow, plan, (of) => hoursOfWeekSql(of, comparison));
  return rows.map(({ quarter, ...counts }) => hourAt(quarter / 4, counts));
}

const hourAt = (hour: number, counts: { clicks: number; previous: number }): HourOfWeek => ({
  weekday: Math.floor(hour / 24),
  hour: hour % 24,
  ...counts,
});

/** The same from clicks by slot; `periods` are the zone's, in order. */
function hoursOfSlots(slots: Slots, previous: Slots, periods: readonly Period[]): HourOfWeek[] {
  const hours = Array.from({ length: WEEK_SLOTS / 4 }, () => ({ clicks: 0, previous: 0 }));
  const add = (rows: Slots, of: "clicks" | "previous") => {
    for (const { slot, clicks } of rows) {
      const shift = periods.findLast((period) => period.slot <= slot)?.shift ?? periods[0]?.shift ?? 0;
      const hour = hours[Math.floor(quarterOfWeek(slot, shift) / 4)];
      if (hour) hour[of] += clicks;
    }
  };
  add(slots, "clicks");
  add(previous, "previous");
  return hours.flatMap((counts, hour) => (counts.clicks + counts.previous > 0 ? [hourAt(hour, counts)] : []));
}

/** Groups the hours of the week by hour or weekday. Sorted by value they are in the order of the day or the week. */
export function byTime(
  key: TimeDimensionKey,
  hours: HourOfWeek[],
  { comparison, weekStart }: Filters,
  part: RowsPart,
): Breakdown {
  const compared = comparison !== null;
  const words = key === "hour" ? Array.from({ length: 24 }, (_, hour) => String(hour)) : WEEKDAYS;
  const ordered: readonly string[] = key === "hour" ? words : weekdaysFrom(weekStart);
  const rows = words.flatMap((value, place): BreakdownRow[] => {
    const own = hours.filter((entry) => entry[key] === place);
    return own.length === 0 ? [] : [{ value, ...sums(own, compared) }];
  });
  const places = new Map<string | null, string>(ordered.map((value, place) => [value, String(place).padStart(2, "0")]));
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

export async function heatMap(question: Question): Promise<HeatMap> {
  const [hours, counts] = await Promise.all([hoursOfWeek(question), clicksPerHour(question)]);
  return cellsOfWeek(question, hours, counts);
}

const SlotRow = CountRow.extend({ slot: z.int() });

/** Clicks of each whole local hour in the range, by its number; only of time that is over and has data. */
async function clicksPerHour(question: Question): Promise<Map<number, number>> {
  const { range, zone, now } = question;
  const first = await firstClick(question);
  if (!first) return new Map();
  const from = range.from && range.from > first ? range.from : first;
  const to = range.to && range.to < now ? range.to : now;
  const counts = new Map(wholeLocalHours(from, to, zone).map((hour) => [hour, 0]));
  if (counts.size === 0) return counts;
  // Of the whole range, whose slots are known; what is outside of whole hours is left out.
  const plan = await resolvePlan(planClicks(question));
  const rows = (await slotsOf(plan)) ?? (await askPlan(SlotRow, plan, (of) => stepsSql(of, "hour")));
  for (const { slot, clicks } of rows) {
    const hour = Math.floor(toLocal(new Date(slot * SLOT), zone) / HOUR);
    const sum = counts.get(hour);
    if (sum !== undefined) counts.set(hour, sum + clicks);
  }
  return counts;
}

function medianOf(counts: readonly number[]): number | null {
  const sorted = counts.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function mediansOfWeek(counts: ReadonlyMap<number, number>): (number | null)[][] {
  const cells = Array.from({ length: 7 }, () => Array.from({ length: 24 }, (): number[] => []));
  for (const [hour, clicks] of counts) {
    const place = quarterOfWeek(hour * 4, 0) / 4;
    cells[Math.floor(place / 24)]?.[place % 24]?.push(clicks);
  }
  return cells.map((row) => row.map(medianOf));
}

/** The heat map of clicks by hour of the week, and of those of each local hour in the range. */
export function cellsOfWeek(
  { zone, comparison }: Filters,
  hours: readonly HourOfWeek[],
  counts: ReadonlyMap<number, number>,
): HeatMap {
  const cellsOf = (key: "clicks" | "previous"): number[][] => {
    const cells = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
    for (const hour of hours) cells[hour.weekday]?.splice(hour.hour, 1, hour[key]);
    return cells;
  };
  const median = mediansOfWeek(counts);
  return { zone, cells: cellsOf("clicks"), median, ...(comparison && { previous: cellsOf("previous") }) };
}
