import "server-only";
import { z } from "zod";
import { bucketStarts, type ClosedSpan, DAY, type Granularity, localMonths, SLOT, slotOf } from "@/lib/base/time";
import { askPlan, slotsOf } from "@/lib/question/answer/ask";
import { countBy } from "@/lib/question/answer/breakdown";
import { closedSpan, resolvePlan } from "@/lib/question/answer/resolve";
import type {
  AgeStep,
  AlignedSeries,
  LinkLifetime,
  LinkSeries,
  Series,
  SeriesPoint,
} from "@/lib/question/answer-types";
import { ofLinks } from "@/lib/question/codec/write";
import * as lives from "@/lib/question/lives-sql";
import { planClicks, planComparison, type Span } from "@/lib/question/plan";
import { ALL_ROWS, type Filters } from "@/lib/question/question";
import { fittingGranularity, pointsOf } from "@/lib/question/series";
import { linkStepsSql, stepsSql } from "@/lib/question/sql";
import type { ResolvedPlan } from "@/lib/question/where-sql";

const SlotRow = z.object({ slot: z.int(), clicks: z.int() });
const LinkRow = z.object({ link_id: z.string(), clicks: z.int() });
const LinkSlotRow = LinkRow.extend({ slot: z.int() });
const LifetimeRow = LinkRow.extend({ first: z.int(), half: z.int() });
export const AgeRow = LinkRow.extend({ age: z.int() });
export const ExtentRow = z.object({ link_id: z.string(), first: z.int(), last: z.int() });

/** Ids of links: as many as are looked at together. */
type Links = { ids: readonly string[] };

/** An empty series without a range. */
export const emptySeries = ({ zone, granularity }: Filters): Series => ({
  granularity: granularity ?? "day",
  zone,
  points: [],
});

/** The plan of the range or of the comparison, the span that was asked for, and that of its buckets. */
type Frame = { plan: ResolvedPlan & ClosedSpan; asked: Span; span: ClosedSpan; granularity: Granularity };

/** The frames of the range and of the comparison, of some links or all; null without clicks. */
async function framesOf(
  filters: Filters,
  ids: readonly string[] | null = null,
): Promise<{ now: Frame; before: Frame | null } | null> {
  const ofIds = <P extends ResolvedPlan>(plan: P): P =>
    ids ? { ...plan, terms: [...plan.terms, [{ kind: "ids", negated: false, ids: [...ids] }]] } : plan;
  const comparison = planComparison(filters);
  const [plan, earlier] = await Promise.all([
    resolvePlan(planClicks(filters)).then(ofIds),
    comparison && resolvePlan(comparison).then(ofIds),
  ]);
  const span = await closedSpan({ ...plan, to: filters.range.to }, filters.now);
  if (!span) return null;
  const granularity = fittingGranularity(span.from, span.to, filters.granularity);
  if (earlier) fittingGranularity(earlier.from, earlier.to, granularity);
  // Both ends are given, as a click that arrives meanwhile may lie outside.
  const now = { plan: { ...plan, from: span.from, to: plan.to ?? span.to }, asked: plan, span, granularity };
  return { now, before: earlier && { plan: earlier, asked: earlier, span: earlier, granularity } };
}

/**
 * Clicks over time, by default from the first click until now or the last click. Throws AppError when the requested
 * granularity is too fine.
 */
export async function series(filters: Filters): Promise<Series> {
  const { zone, granularity: asked, range } = filters;
  // Checked before any query, as far as the range alone tells.
  if (range.from && range.to) fittingGranularity(range.from, range.to, asked);
  const frames = await framesOf(filters);
  if (!frames) return emptySeries(filters);
  const { now, before } = frames;
  const [points, previous] = await Promise.all([drawn(now), before && drawn(before)]);
  return { granularity: now.granularity, zone, points, ...(previous && { previous }) };
}

/** Makes the points of a frame of rows. A click dated after it by a fast clock counts as now: it is in the last bucket. */
function drawer({ plan: { zone, weekStart }, span: { from, to }, granularity }: Frame) {
  const starts = bucketStarts(from, to, granularity, zone, weekStart);
  const last = slotOf(new Date(to.getTime() - 1));
  return (rows: readonly z.infer<typeof SlotRow>[]): SeriesPoint[] => {
    const within = rows.map(({ slot, clicks }) => ({ slot: Math.min(slot, last), clicks }));
    return pointsOf(within, starts, granularity, zone, weekStart);
  };
}

async function drawn(frame: Frame): Promise<SeriesPoint[]> {
  const { plan, asked, granularity } = frame;
  // Of the span that other figures ask for, too.
  const slots = (await slotsOf(plan, asked))?.filter(({ slot }) => slot >= slotOf(plan.from));
  return drawer(frame)(slots ?? (await askPlan(SlotRow, plan, (of) => stepsSql(of, granularity))));
}

/** Clicks over time of each link with clicks in the range or comparison. Throws AppError as `series` does. */
export async function linkSeries(filters: Filters, { ids }: Links): Promise<Map<string, LinkSeries>> {
  const frames = ids.length > 0 ? await framesOf(filters, ids) : null;
  if (!frames) return new Map();
  const [now, before] = await Promise.all([linkPoints(frames.now), frames.before && linkPoints(frames.before)]);
  const found = ids.filter((id) => now.has(id) || before?.has(id));
  return new Map(found.map((id) => [id, { points: now.of(id), ...(before && { previous: before.of(id) }) }]));
}

/** Each link's points in one frame; empty buckets for links without clicks. */
async function linkPoints(frame: Frame) {
  const { plan, span, granularity } = frame;
  const months = granularity === "month" ? localMonths(span.from, span.to, plan.zone) : [];
  const links = rowsByLink(await askPlan(LinkSlotRow, plan, (of) => linkStepsSql(of, granularity, months)));
  const draw = drawer(frame);
  return { has: (id: string) => links.has(id), of: (id: string) => draw(links.get(id) ?? []) };
}

/** Rows of several links, by link. */
export function rowsByLink<Row extends { link_id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row[]> {
  const links = new Map<string, Row[]>();
  for (const row of rows) {
    const known = links.get(row.link_id);
    if (known) known.push(row);
    else links.set(row.link_id, [row]);
  }
  return links;
}

/** Life of each link, by id. Links without clicks in the range are missing. */
export async function linkLifetimes(filters: Filters, { ids }: Links): Promise<Map<string, LinkLifetime>> {
  if (ids.length === 0) return new Map();
  const asked = ofLinks(filters, ids);
  const plan = await resolvePlan(planClicks(asked));
  const [lifetimes, lastDay] = await Promise.all([
    askPlan(LifetimeRow, plan, lives.lifetimesSql),
    clicksOfLastDay(asked),
  ]);
  const ends = lifetimes.map(({ link_id: id, first }) => ({ id, to: new Date(first + DAY) }));
  const firstDays = ends.length > 0 ? await askPlan(LinkRow, plan, (of) => lives.clicksUntilSql(of, ends)) : [];
  const firstDay = new Map(firstDays.map(({ link_id: id, clicks }) => [id, clicks]));
  return new Map(
    lifetimes.map(({ link_id: id, clicks, first, half }) => {
      const days = { firstDay: firstDay.get(id) ?? 0, lastDay: lastDay.get(id) ?? 0 };
      return [id, { clicks, first: new Date(first), halfLife: half - first, ...days }];
    }),
  );
}

async function clicksOfLastDay(filters: Filters): Promise<Map<string | null, number>> {
  const now = filters.now.getTime();
  // Includes a click of this very millisecond.
  const range = { interval: null, from: new Date(now - DAY), to: new Date(now + 1) };
  const { rows } = await countBy({ ...filters, range, comparison: null }, "linkId", ALL_ROWS);
  return new Map(rows.map(({ value, clicks }) => [value, clicks]));
}

export const UNALIGNED: AlignedSeries = { step: "day", links: new Map() };

/** Clicks of each link by time since its first click. Throws AppError when the granularity is too fine. */
export async function alignedSeries(filters: Filters, { ids }: Links): Promise<AlignedSeries> {
  if (ids.length === 0) return UNALIGNED;
  const plan = await resolvePlan(planClicks(ofLinks(filters, ids)));
  const extents = await askPlan(ExtentRow, plan, lives.linkExtentsSql);
  if (extents.length === 0) return UNALIGNED;
  const lifetimes = new Map(extents.map((extent) => [extent.link_id, lifetimeUntil(extent, filters)]));
  const step = stepFor([...lifetimes.values()], filters.granularity);
  const rows = rowsByLink(await askPlan(AgeRow, plan, (of) => lives.alignedSql(of, STEP_SLOTS[step])));
  return { step, links: new Map([...lifetimes].map(([id, life]) => [id, stepsOf(rows.get(id) ?? [], life, step)])) };
}

/** Length of steps in slots. */
export const STEP_SLOTS: Record<AgeStep, number> = { quarterHour: 1, hour: 4, day: 96, week: 672 };

/** Slots from a link's first click to its end. */
type Extent = { first: number; last: number };

/** A link's life ends with the range, now, or with its last click, which may be dated in the future. */
export function lifetimeUntil({ first, last }: Extent, { range, now }: Filters): Extent {
  const end = Math.min(range.to ? range.to.getTime() - 1 : now.getTime(), now.getTime());
  return { first, last: Math.max(last, slotOf(new Date(end))) };
}

/** The requested step, or one that suits the longest life; weeks instead of months. Throws AppError for too many. */
export function stepFor(lifetimes: readonly Extent[], asked: Granularity | null): AgeStep {
  const slots = Math.max(...lifetimes.map(({ first, last }) => last - first + 1));
  const granularity = fittingGranularity(new Date(0), new Date(slots * SLOT), asked);
  return granularity === "month" ? "week" : granularity;
}

/** Clicks per step of a life, without gaps. */
export function stepsOf(
  rows: readonly { age: number; clicks: number }[],
  { first, last }: Extent,
  step: AgeStep,
): number[] {
  const clicks = new Array<number>(Math.floor((last - first) / STEP_SLOTS[step]) + 1).fill(0);
  for (const row of rows) {
    const place = row.age / STEP_SLOTS[step];
    clicks[place] = (clicks[place] ?? 0) + row.clicks;
  }
  return clicks;
}
