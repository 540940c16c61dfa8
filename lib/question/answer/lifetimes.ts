import "server-only";
import { z } from "zod";
import { type Granularity, SLOT, slotOf } from "@/lib/base/time";
import { ask } from "@/lib/engines/engine";
import { countBy } from "@/lib/question/answer/breakdown";
import { resolve } from "@/lib/question/answer/resolve";
import type { AlignedSeries, LinkLifetime, Step } from "@/lib/question/answers";
import { ofLinks } from "@/lib/question/codec/compared";
import { planClicks } from "@/lib/question/plan";
import { ALL_ROWS, type Filters } from "@/lib/question/question";
import { fittingGranularity } from "@/lib/question/series";
import { alignedSql, clicksUntilSql, lifetimesSql, linkExtentsSql } from "@/lib/question/sql";
import type { ResolvedPlan } from "@/lib/question/where-sql";

const DAY_MS = 24 * 60 * 60 * 1000;

const LinkClicks = z.object({ link_id: z.string(), clicks: z.int() });
const Life = LinkClicks.extend({ first: z.int(), half: z.int() });
const LinkExtent = z.object({ link_id: z.string(), first: z.int(), last: z.int() });
const Aligned = LinkClicks.extend({ age: z.int() });

/**
 * How each link was clicked, by id: its first click, its half-life, its first day and its last. Links without clicks in
 * the range are left out.
 *
 * @param ids the links wanted: as many as one looks at together
 */
export async function linkLifetimes(filters: Filters, ids: readonly string[]): Promise<Map<string, LinkLifetime>> {
  if (ids.length === 0) return new Map();
  const asked = ofLinks(filters, ids);
  const plan = await resolve(planClicks(asked));
  const [lifetimes, lastDay] = await Promise.all([ask(Life, lifetimesSql(plan)), clicksOfLastDay(asked)]);
  const firstDay = await clicksOfFirstDay(plan, lifetimes);
  return new Map(
    lifetimes.map(({ link_id: id, clicks, first, half }) => {
      const days = { firstDay: firstDay.get(id) ?? 0, lastDay: lastDay.get(id) ?? 0 };
      return [id, { clicks, first: new Date(first), halfLife: half - first, ...days }];
    }),
  );
}

async function clicksOfFirstDay(plan: ResolvedPlan, lifetimes: z.infer<typeof Life>[]): Promise<Map<string, number>> {
  if (lifetimes.length === 0) return new Map();
  const ends = lifetimes.map(({ link_id: id, first }) => ({ id, to: new Date(first + DAY_MS) }));
  const rows = await ask(LinkClicks, clicksUntilSql(plan, ends));
  return new Map(rows.map(({ link_id: id, clicks }) => [id, clicks]));
}

async function clicksOfLastDay(filters: Filters): Promise<Map<string | null, number>> {
  const now = filters.now.getTime();
  // A click of this very millisecond is inside.
  const range = { interval: null, from: new Date(now - DAY_MS), to: new Date(now + 1) };
  const { rows } = await countBy({ ...filters, range, comparison: null }, "linkId", ALL_ROWS);
  return new Map(rows.map(({ value, clicks }) => [value, clicks]));
}

/** The series of no link. */
export const unaligned = (): AlignedSeries => ({ step: "day", links: new Map() });

/**
 * Each link's clicks over the time since its own first click.
 *
 * @param ids the links wanted: as many as one looks at together
 * @throws AppError when the granularity asked for is too fine for the longest life
 */
export async function alignedSeries(filters: Filters, ids: readonly string[]): Promise<AlignedSeries> {
  if (ids.length === 0) return unaligned();
  const plan = await resolve(planClicks(ofLinks(filters, ids)));
  const extents = await ask(LinkExtent, linkExtentsSql(plan));
  if (extents.length === 0) return unaligned();
  const lifetimes = new Map(extents.map((extent) => [extent.link_id, lifetimeUntil(extent, filters)]));
  const step = stepFor([...lifetimes.values()], filters.granularity);
  const rows = await ask(Aligned, alignedSql(plan, STEP_SLOTS[step]));
  const rowsOf = (id: string) => rows.filter(({ link_id: of }) => of === id);
  return { step, links: new Map([...lifetimes].map(([id, lifetime]) => [id, stepsOf(rowsOf(id), lifetime, step)])) };
}

/** Slots of each step. */
const STEP_SLOTS: Record<Step, number> = { quarterHour: 1, hour: 4, day: 96, week: 672 };

/** The slots from a link's first click to its end. */
export type Extent = { first: number; last: number };

/** A link lives until the range or the present ends, or until its last click, which may be ahead of the clock. */
export function lifetimeUntil({ first, last }: Extent, { range, now }: Filters): Extent {
  const end = Math.min(range.to ? range.to.getTime() - 1 : now.getTime(), now.getTime());
  return { first, last: Math.max(last, slotOf(new Date(end))) };
}

/**
 * The step that suits the longest of the lives, or the one asked for; weeks where that is months.
 *
 * @throws AppError when there would be too many steps
 */
export function stepFor(lifetimes: readonly Extent[], asked: Granularity | null): Step {
  const slots = Math.max(...lifetimes.map(({ first, last }) => last - first + 1));
  const granularity = fittingGranularity(new Date(0), new Date(slots * SLOT), asked);
  return granularity === "month" ? "week" : granularity;
}

/** Clicks of each step of a life, gaps filled. */
export function stepsOf(
  rows: readonly { age: number; clicks: number }[],
  { first, last }: Extent,
  step: Step,
): number[] {
  const clicks = new Array<number>(Math.floor((last - first) / STEP_SLOTS[step]) + 1).fill(0);
  for (const row of rows) {
    const place = row.age / STEP_SLOTS[step];
    clicks[place] = (clicks[place] ?? 0) + row.clicks;
  }
  return clicks;
}
