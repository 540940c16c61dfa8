import { AppError } from "@/lib/errors";
import type { Series } from "@/lib/query/answers";
import type { Filters, Granularity } from "@/lib/query/filters";
import { bucketStarts, foldSlots, SLOT } from "@/lib/time";

const DAY = 24 * 60 * 60 * 1000;

/** No screen and no spreadsheet shows more, and each costs memory. */
const MAX_BUCKETS = 10_000;

/** The shortest that a bucket can be, but for clock changes. */
const LENGTH: Record<Granularity, number> = { hour: DAY / 24, day: DAY, week: 7 * DAY, month: 28 * DAY };

/** Fine enough to see the shape, coarse enough for a screen. Days are rounded: a clock change is no reason for another. */
function granularityFor(from: Date, to: Date): Granularity {
  const days = Math.round((to.getTime() - from.getTime()) / DAY);
  if (days <= 2) return "hour";
  if (days <= 93) return "day";
  return days <= 180 ? "week" : "month";
}

/**
 * Null is the granularity that suits the length. A range that is open on one side is not judged.
 *
 * @throws AppError when there would be too many buckets
 */
export function assertBuckets(from: Date | null, to: Date | null, asked: Granularity | null): void {
  if (!from || !to) return;
  const granularity = asked ?? granularityFor(from, to);
  if ((to.getTime() - from.getTime()) / LENGTH[granularity] > MAX_BUCKETS) {
    throw new AppError(
      "unprocessable_entity",
      `granularity: More than 10,000 ${granularity}s lie in this range; choose a coarser granularity or a shorter range.`,
    );
  }
}

/**
 * The time series of clicks per slot, which are in ascending order. A range without a start begins at the first click,
 * one without an end lasts until now, or the last click when that is later.
 *
 * @throws AppError when the granularity asked for is too fine
 */
export function seriesOf(
  { range, zone, granularity: asked, now }: Filters,
  rows: readonly { slot: number; clicks: number }[],
): Series {
  const [first, last] = [rows[0], rows.at(-1)];
  const from = range.from ?? (first ? new Date(first.slot * SLOT) : null);
  const to = range.to ?? new Date(Math.max(now.getTime(), last ? (last.slot + 1) * SLOT : 0));
  if (!from) return emptySeries(zone, asked);
  const granularity = asked ?? granularityFor(from, to);
  assertBuckets(from, to, granularity);
  const starts = bucketStarts(from, to, granularity, zone);
  const clicks = foldSlots(rows, starts, granularity, zone);
  return {
    granularity,
    zone,
    points: starts.map((start, index) => ({ start, clicks: clicks[index] ?? 0 })),
  };
}

/** A series that says nothing, with the granularity that was asked for. */
export function emptySeries(zone: string, asked: Granularity | null): Series {
  return { granularity: asked ?? "day", zone, points: [] };
}
