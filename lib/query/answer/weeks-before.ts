import "server-only";
import { z } from "zod";
import type { Viewer } from "@/lib/access/viewer";
import { ask } from "@/lib/query/engine";
import type { Filters } from "@/lib/query/filters";
import { planClicks } from "@/lib/query/plan";
import { resolve } from "@/lib/query/resolve";
import { countSql } from "@/lib/query/sql";
import { weeksBefore } from "@/lib/query/variation";

const Row = z.object({ clicks: z.int() });

/** Clicks of the same stretch of the week in each of the eight weeks before the range, the latest first. */
export async function answerWeeksBefore(_viewer: Viewer, filters: Filters): Promise<number[]> {
  const { from, to } = filters.range;
  const spans = from ? weeksBefore({ ...filters.range, from }, filters.zone, filters.now) : [];
  const [oldest] = spans.slice(-1);
  if (filters.problems.length > 0 || !oldest) return [];
  const plan = await resolve(planClicks(filters), { from: oldest.from, to });
  const counts = await Promise.all(spans.map((span) => ask(Row, countSql(plan, span))));
  return counts.map(([row]) => row?.clicks ?? 0);
}
