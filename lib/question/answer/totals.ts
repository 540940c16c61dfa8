import "server-only";
import { z } from "zod";
import { ask } from "@/lib/engines/engine";
import { resolve } from "@/lib/question/answer/resolve";
import type { Counts, Totals } from "@/lib/question/answers";
import { type Plan, planClicks, planComparison } from "@/lib/question/plan";
import type { Filters } from "@/lib/question/question";
import { countSql, totalsSql } from "@/lib/question/sql";
import { weeksBefore } from "@/lib/question/variation";

const Row = z.object({ clicks: z.int(), visitors: z.int(), links: z.int() });
/** Of no clicks. */
export const NOTHING: Counts = { clicks: 0, visitors: 0, links: 0 };

/** How many clicks, by how many visitors, on how many links. */
export async function totals(filters: Filters): Promise<Totals> {
  const comparison = planComparison(filters);
  const [counts, previous] = await Promise.all([count(planClicks(filters)), comparison && count(comparison)]);
  return previous ? { ...counts, previous } : counts;
}

async function count(plan: Plan): Promise<Counts> {
  const [row] = await ask(Row, totalsSql(await resolve(plan)));
  return row ?? NOTHING;
}

const CountRow = z.object({ clicks: z.int() });

/** Clicks of the same stretch of the week in each of the eight weeks before the range, the latest first. */
export async function clicksOfWeeksBefore(filters: Filters): Promise<number[]> {
  const { from, to } = filters.range;
  const spans = from ? weeksBefore({ ...filters.range, from }, filters.zone, filters.now) : [];
  const [oldest] = spans.slice(-1);
  if (!oldest) return [];
  const plan = await resolve(planClicks(filters), { from: oldest.from, to });
  const counts = await Promise.all(spans.map((span) => ask(CountRow, countSql(plan, span))));
  return counts.map(([row]) => row?.clicks ?? 0);
}
