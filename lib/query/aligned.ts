import type { Step } from "@/lib/query/answers";
import type { Filters, Granularity } from "@/lib/query/filters";
import { fittingGranularity } from "@/lib/query/series";
import { SLOT, slotOf } from "@/lib/time";

/** Slots of each step. */
export const STEP_SLOTS: Record<Step, number> = { quarterHour: 1, hour: 4, day: 96, week: 672 };

/** The slots from a link's first click to its end. */
export type Extent = { first: number; last: number };

/** A link lives until the range or the present ends, or until its last click, which may be ahead of the clock. */
export function lifeUntil({ first, last }: Extent, { range, now }: Filters): Extent {
  const end = Math.min(range.to ? range.to.getTime() - 1 : now.getTime(), now.getTime());
  return { first, last: Math.max(last, slotOf(new Date(end))) };
}

/**
 * The step that suits the longest of the lives, or the one asked for; weeks where that is months.
 *
 * @throws AppError when there would be too many steps
 */
export function stepFor(lives: readonly Extent[], asked: Granularity | null): Step {
  const slots = Math.max(...lives.map(({ first, last }) => last - first + 1));
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
