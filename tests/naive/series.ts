import type { Granularity } from "@/lib/base/time";
import type { Click } from "@/lib/generated/prisma/client";
import type { LinkSeries, Series, SeriesPoint } from "@/lib/question/answer-types";
import type { Filters } from "@/lib/question/question";
import { clicksOf } from "./holds";
import { bucketOf, bucketsBetween, QUARTER_HOUR, quarterOf } from "./local";
import type { World } from "./world";

const DAY = 24 * 60 * 60 * 1000;
const SHORTEST: Record<Granularity, number> = {
  quarterHour: QUARTER_HOUR,
  hour: 4 * QUARTER_HOUR,
  day: DAY,
  week: 7 * DAY,
  month: 28 * DAY,
};
const MOST_BUCKETS = 10_000;

/** Null where the question is refused, because nobody could read the answer. */
export function naiveSeries(world: World, filters: Filters): Series | null {
  const { zone, weekStart, granularity: asked, comparison, now, range } = filters;
  const clicks = clicksOf(world, filters);
  const quarters = clicks.map(({ clickedAt }) => quarterOf(clickedAt));
  const from = range.from ?? (clicks.length > 0 ? new Date(Math.min(...quarters) * QUARTER_HOUR) : null);
  if (!from) return { granularity: asked ?? "day", zone, points: [] };
  const afterLast = (Math.max(...quarters) + 1) * QUARTER_HOUR;
  const to = range.to ?? new Date(Math.max(now.getTime(), afterLast));
  const granularity = asked ?? suiting((to.getTime() - from.getTime()) / DAY);
  if ((to.getTime() - from.getTime()) / SHORTEST[granularity] > MOST_BUCKETS) return null;
  const points = pointsOf(clicks, { from, to }, granularity, { zone, weekStart });
  if (!comparison) return { granularity, zone, points };
  return {
    granularity,
    zone,
    points,
    previous: pointsOf(clicksOf(world, filters, comparison), comparison, granularity, { zone, weekStart }),
  };
}

/** The same for each of some links that has clicks, in the buckets of them all. */
export function naiveLinkSeries(world: World, filters: Filters, ids: string[]): Map<string, LinkSeries> | null {
  const ofLinks = (values: string[]): Filters => ({
    ...filters,
    conditions: [...filters.conditions, { field: "linkId", op: "is", values }],
  });
  const all = naiveSeries(world, ofLinks(ids));
  if (!all) return null;
  const { comparison, zone, weekStart } = filters;
  const alone = (points: SeriesPoint[], clicks: Click[]): SeriesPoint[] => {
    const last = points.at(-1)?.start ?? 0;
    const buckets = clicks.map(({ clickedAt }) =>
      Math.min(last, bucketOf(quarterOf(clickedAt), all.granularity, zone, weekStart)),
    );
    return points.map(({ start }) => ({ start, clicks: buckets.filter((own) => own === start).length }));
  };
  const found = ids.flatMap((id): [string, LinkSeries][] => {
    const clicks = clicksOf(world, ofLinks([id]));
    const earlier = comparison ? clicksOf(world, ofLinks([id]), comparison) : [];
    // Without a start there is no range before its first click.
    if (all.points.length === 0 || clicks.length + earlier.length === 0) return [];
    const previous = all.previous && { previous: alone(all.previous, earlier) };
    return [[id, { points: alone(all.points, clicks), ...previous }]];
  });
  return new Map(found);
}

export function suiting(days: number): Granularity {
  if (days <= 0.25) return "quarterHour";
  if (Math.round(days) <= 2) return "hour";
  if (Math.round(days) <= 93) return "day";
  return Math.round(days) <= 180 ? "week" : "month";
}

function pointsOf(
  clicks: Click[],
  { from, to }: { from: Date; to: Date },
  granularity: Granularity,
  { zone, weekStart }: Pick<Filters, "zone" | "weekStart">,
): SeriesPoint[] {
  const counts = new Map(bucketsBetween(from, to, granularity, zone, weekStart).map((start) => [start, 0]));
  for (const { clickedAt } of clicks) {
    // What a clock ahead has dated after the end happened now.
    const quarter = Math.min(quarterOf(clickedAt), quarterOf(new Date(to.getTime() - 1)));
    const start = bucketOf(quarter, granularity, zone, weekStart);
    counts.set(start, (counts.get(start) ?? Number.NaN) + 1);
  }
  return [...counts].map(([start, count]) => ({ start, clicks: count }));
}
