import "server-only";
import { z } from "zod";
import { bucketStarts, type Granularity, localMonths, slotOf } from "@/lib/base/time";
import { ask } from "@/lib/engines/engine";
import { closedSpan, resolve } from "@/lib/question/answer/resolve";
import type { LinkSeries, Series, SeriesPoint } from "@/lib/question/answers";
import { type Plan, planClicks, planComparison } from "@/lib/question/plan";
import type { Filters } from "@/lib/question/question";
import { fittingGranularity, pointsOf } from "@/lib/question/series";
import { linkStepsSql, stepsSql } from "@/lib/question/sql";
import type { ResolvedPlan } from "@/lib/question/where-sql";

const Step = z.object({ slot: z.int(), clicks: z.int() });
const LinkStep = Step.extend({ link_id: z.string() });

/** The series of no clicks in a range without ends. */
export const emptySeries = ({ zone, granularity }: Filters): Series => ({
  granularity: granularity ?? "day",
  zone,
  points: [],
});

/**
 * Clicks over time. A range without a start begins at the first click that is found, one without an end lasts until now,
 * or the last click when that is later.
 *
 * @throws AppError when the granularity asked for is too fine for the range
 */
export async function series(filters: Filters): Promise<Series> {
  const { zone, granularity: asked, range, now } = filters;
  // Refused before anything is looked up, as far as the range alone tells.
  if (range.from && range.to) fittingGranularity(range.from, range.to, asked);
  const plan = await resolve(planClicks(filters));
  const span = await closedSpan({ ...plan, to: range.to }, now);
  if (!span) return emptySeries(filters);
  const granularity = fittingGranularity(span.from, span.to, asked);
  const comparison = planComparison(filters);
  const [points, previous] = await Promise.all([
    drawn({ ...plan, from: span.from, to: plan.to ?? span.to }, span, granularity),
    comparison && comparisonPoints(comparison, granularity),
  ]);
  return previous ? { granularity, zone, points, previous } : { granularity, zone, points };
}

type ClosedSpan = { from: Date; to: Date };

/**
 * The plan's clicks in the buckets of a span. Asked with both ends: a click that comes meanwhile may lie outside the
 * buckets. One that a clock ahead has dated after the span happened now: it is in the last bucket.
 */
async function drawn(
  plan: ResolvedPlan & ClosedSpan,
  { from, to }: ClosedSpan,
  granularity: Granularity,
): Promise<SeriesPoint[]> {
  const starts = bucketStarts(from, to, granularity, plan.zone);
  return pointsOf(within(to, await ask(Step, stepsSql(plan, granularity))), starts, granularity, plan.zone);
}

function within<Row extends { slot: number }>(to: Date, rows: readonly Row[]): Row[] {
  const last = slotOf(new Date(to.getTime() - 1));
  return rows.map((row) => ({ ...row, slot: Math.min(row.slot, last) }));
}

async function comparisonPoints(plan: Plan & ClosedSpan, granularity: Granularity): Promise<SeriesPoint[]> {
  fittingGranularity(plan.from, plan.to, granularity);
  return drawn({ ...(await resolve(plan)), from: plan.from, to: plan.to }, plan, granularity);
}

/**
 * Each link's clicks over time, for drawing small. Links without clicks in the range or its comparison are left out.
 *
 * @param ids the links wanted: as many as a page lists
 * @throws AppError when the granularity asked for is too fine for the range
 */
export async function linkSeries(filters: Filters, ids: readonly string[]): Promise<Map<string, LinkSeries>> {
  if (ids.length === 0) return new Map();
  const plan = await ofLinks(planClicks(filters), ids);
  const span = await closedSpan({ ...plan, to: filters.range.to }, filters.now);
  if (!span) return new Map();
  const granularity = fittingGranularity(span.from, span.to, filters.granularity);
  const comparison = planComparison(filters);
  const [now, earlier] = await Promise.all([
    linkPoints({ ...plan, from: span.from, to: plan.to ?? span.to }, span, granularity),
    comparison &&
      ofLinks(comparison, ids).then(({ from: _from, to: _to, ...asked }) =>
        linkPoints({ ...asked, from: comparison.from, to: comparison.to }, comparison, granularity),
      ),
  ]);
  const found = ids.filter((id) => now.has(id) || earlier?.has(id));
  return new Map(found.map((id) => [id, { points: now.of(id), ...(earlier && { previous: earlier.of(id) }) }]));
}

async function ofLinks(plan: Plan, ids: readonly string[]): Promise<ResolvedPlan> {
  const resolved = await resolve(plan);
  return { ...resolved, terms: [...resolved.terms, [{ kind: "ids", negated: false, ids: [...ids] }]] };
}

/** Every link's points in one span; of one without clicks there, empty buckets. */
async function linkPoints(plan: ResolvedPlan & ClosedSpan, { from, to }: ClosedSpan, granularity: Granularity) {
  fittingGranularity(from, to, granularity);
  const { zone } = plan;
  const months = granularity === "month" ? localMonths(from, to, zone) : [];
  const links = new Map<string, z.infer<typeof Step>[]>();
  for (const row of within(to, await ask(LinkStep, linkStepsSql(plan, granularity, months)))) {
    const known = links.get(row.link_id);
    if (known) known.push(row);
    else links.set(row.link_id, [row]);
  }
  const starts = bucketStarts(from, to, granularity, zone);
  return {
    has: (id: string) => links.has(id),
    of: (id: string) => pointsOf(links.get(id) ?? [], starts, granularity, zone),
  };
}
