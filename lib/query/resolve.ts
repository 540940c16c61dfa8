import "server-only";
import { extentOf } from "@/lib/query/extent";
import { linkIds } from "@/lib/query/link-ids";
import type { Plan, Span, Term } from "@/lib/query/plan";
import type { ResolvedPlan, ResolvedTerm } from "@/lib/query/where-sql";
import { type Period, periodsOf, slotOf } from "@/lib/time";

/**
 * Looks up what a plan needs before it can be asked: the links that its conditions on links find, and how far the zone's
 * clocks were from UTC.
 *
 * @param comparison a second span that will be asked together with the plan's own
 */
export async function resolve<P extends Plan>(
  plan: P,
  comparison: Span | null = null,
): Promise<Omit<P, "terms"> & ResolvedPlan> {
  const [terms, periods] = await Promise.all([
    Promise.all(plan.terms.map((group) => Promise.all(group.map(resolveTerm)))),
    periodsOfSpans(plan.zone, comparison ? [plan, comparison] : [plan]),
  ]);
  return { ...plan, terms, periods };
}

async function resolveTerm(term: Term): Promise<ResolvedTerm> {
  return term.kind === "link" ? { kind: "ids", ...(await linkIds(term)) } : term;
}

/** Clock changes of so many days are found at once, without knowing when there were clicks. */
const SHORT_SLOTS = 10 * 366 * 96;

/** The zone's periods in all spans. A range may have no end, or be very long, but clicks have ends. */
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
