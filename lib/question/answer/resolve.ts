import "server-only";
import { z } from "zod";
import { type ClosedSpan, type Period, periodsOf, SLOT, slotOf } from "@/lib/base/time";
import { ask } from "@/lib/engines/engine";
import { linkIds } from "@/lib/question/answer/stored-links";
import { type Plan, planClicks, type Span, type Term } from "@/lib/question/plan";
import { ALL_TIME, type Filters, type Question } from "@/lib/question/question";
import { extentSql } from "@/lib/question/sql";
import { namedLinks, type ResolvedPlan, type ResolvedTerm } from "@/lib/question/where-sql";

/** Looks up the links that a plan's conditions match, and the zone's clock changes within its span and a second one. */
export async function resolvePlan<P extends Plan>(
  plan: P,
  comparison: Span | null = null,
): Promise<Omit<P, "terms"> & ResolvedPlan> {
  const [terms, periods] = await Promise.all([
    Promise.all(plan.terms.map((group) => Promise.all(group.map(resolveTerm)))),
    periodsOfSpans(plan.zone, comparison ? [plan, comparison] : [plan]),
  ]);
  return { ...plan, terms, periods };
}

const resolveTerm = async (term: Term): Promise<ResolvedTerm> =>
  term.kind === "link" ? { kind: "ids", ...(await linkIds(term)) } : term;

/** Ten years: clock changes of a shorter span are computed without asking when the clicks were. */
const SHORT_SLOTS = 10 * 366 * 96;

/** The zone's periods in all spans. A range may be unlimited or very long; then the first and last click limit it. */
async function periodsOfSpans(zone: string, spans: Span[]): Promise<Period[]> {
  let first = Math.min(...spans.map(({ from }) => (from ? slotOf(from) : Number.NEGATIVE_INFINITY)));
  let last = Math.max(...spans.map(({ to }) => (to ? slotOf(to) : Number.POSITIVE_INFINITY)));
  if (last - first > SHORT_SLOTS) {
    const extent = await extentOf(null);
    first = Math.max(extent?.first ?? 0, first);
    last = Math.min(extent?.last ?? 0, last);
  }
  return periodsOf(first, Math.max(first, last), zone);
}

const Extent = z.object({ first: z.int().nullable(), last: z.int().nullable() });

/** First and last slot of all clicks, or of a plan's; null without clicks. */
async function extentOf(plan: ResolvedPlan | null): Promise<{ first: number; last: number } | null> {
  const [extent] = await ask(Extent, (engine) => extentSql(plan && { ...plan, engine }));
  return extent && extent.first !== null && extent.last !== null ? { first: extent.first, last: extent.last } : null;
}

/** The plan's span with both ends: from the first click until now or the last click. Null without clicks. */
export async function closedSpan(plan: ResolvedPlan, now: Date): Promise<ClosedSpan | null> {
  if (plan.from && plan.to) return { from: plan.from, to: plan.to };
  const extent = await extentOf(plan);
  const from = plan.from ?? (extent && new Date(extent.first * SLOT));
  if (!from) return null;
  return { from, to: plan.to ?? new Date(Math.max(now.getTime(), extent ? (extent.last + 1) * SLOT : 0)) };
}

/** A question about every click within the scope. */
export function everyClickSeen<Asked extends Question>(question: Asked): Asked {
  const conditions = [...(question.scope.links ?? [])];
  return { ...question, range: ALL_TIME, comparison: null, bots: "include", conditions, anyOf: [] };
}

/** The same as a plan; null if the scope is unlimited, so that there is nothing to compare. */
export async function planOfSeen(question: Question): Promise<ResolvedPlan | null> {
  return question.scope.links === null ? null : resolvePlan(planClicks(everyClickSeen(question)));
}

/** Whether the scope includes a link, by id. */
export async function isLinkSeen(question: Question): Promise<(id: string) => boolean> {
  return question.scope.links === null ? () => true : linkTest(everyClickSeen(question), false);
}

/** Whether the conditions on links match a link, by id. Groups that are also about clicks count as `otherwise`. */
export async function linkTest(filters: Filters, otherwise = true): Promise<(id: string) => boolean> {
  const { terms } = await resolvePlan(planClicks(filters));
  const groups = terms.map((group) =>
    group.map((term) => {
      const ids = namedLinks(term);
      return { negated: "negated" in term && term.negated, ids: ids && new Set(ids) };
    }),
  );
  return (id) =>
    groups.every((group) => group.some(({ negated, ids }) => (ids === null ? otherwise : ids.has(id) !== negated)));
}
