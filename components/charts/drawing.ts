import type { Point } from "./plot";

/** So many times fit below a wide chart. */
const MOST_TIMES = 12;

/** The buckets that have their time below the chart, equally spaced, by index. */
export function timeTicks(count: number): number[] {
  const every = Math.max(1, Math.ceil(count / MOST_TIMES));
  return Array.from({ length: Math.ceil(count / every) }, (_, place) => place * every);
}

/** The value drawn for a bucket: null instead of zero without data. */
const heard = (point: Point | undefined): number | null =>
  !point || (point.downtime && point.downtime !== "part" && !point.clicks) ? null : point.clicks;

/**
 * What is drawn of each bucket. `whole` and `partial` are the lines of complete and incomplete buckets: the second is
 * dashed and joins an incomplete bucket to its neighbours. `before` is the comparison. `preview`: clicks by start.
 */
export function drawn(points: readonly Point[], preview: ReadonlyMap<number, number> | null) {
  const isOpen = (index: number) => Boolean(points[index]?.part && !points[index]?.isAbsent);
  return points.map((point, index) => ({
    ...point,
    whole: isOpen(index) ? null : heard(point),
    partial: [index - 1, index, index + 1].some(isOpen) ? heard(point) : null,
    before: point.previous?.clicks ?? null,
    // Ahead of now there is nothing yet.
    preview: point.clicks === null ? null : (preview?.get(point.start) ?? null),
    isOpen: isOpen(index),
    // No line would show it.
    isAlone: heard(points[index - 1]) === null && heard(points[index + 1]) === null,
  }));
}

export type Drawn = ReturnType<typeof drawn>[number];

/** The largest number drawn. */
export const largestDrawn = (buckets: readonly Drawn[]): number =>
  buckets.reduce((most, { clicks, before, preview }) => Math.max(most, clicks ?? 0, before ?? 0, preview ?? 0), 0);
