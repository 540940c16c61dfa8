import { AppError } from "@/lib/errors";
import type { SeriesPoint } from "@/lib/query/answers";
import type { Granularity } from "@/lib/query/filters";
import { foldSlots, SLOT } from "@/lib/time";

const DAY = 24 * 60 * 60 * 1000;

/** No screen and no spreadsheet shows more, and each costs memory. */
const MAX_BUCKETS = 10_000;

/** The shortest that a bucket can be, but for clock changes. */
const LENGTH: Record<Granularity, number> = {
  quarterHour: SLOT,
  hour: DAY / 24,
  day: DAY,
  week: 7 * DAY,
  month: 28 * DAY,
};

const NAMES: Record<Granularity, string> = {
  quarterHour: "quarter hours",
  hour: "hours",
  day: "days",
  week: "weeks",
  month: "months",
};

/** Fine enough to see the shape, coarse enough for a screen. Days are rounded: a clock change is no reason for another. */
export function granularityFor(from: Date, to: Date): Granularity {
  const days = (to.getTime() - from.getTime()) / DAY;
  if (days <= 0.25) return "quarterHour";
  if (Math.round(days) <= 2) return "hour";
  if (Math.round(days) <= 93) return "day";
  return Math.round(days) <= 180 ? "week" : "month";
}

/**
 * The granularity asked for, or the one that suits the length.
 *
 * @throws AppError when there would be too many buckets
 */
export function fittingGranularity(from: Date, to: Date, asked: Granularity | null): Granularity {
  const granularity = asked ?? granularityFor(from, to);
  if ((to.getTime() - from.getTime()) / LENGTH[granularity] > MAX_BUCKETS) {
    throw new AppError(
      "unprocessable_entity",
      `granularity: More than 10,000 ${NAMES[granularity]} lie in this range; choose a coarser granularity or a shorter range.`,
    );
  }
  return granularity;
}

/** The buckets that begin at `starts` with their clicks. */
export function pointsOf(
  rows: readonly { slot: number; clicks: number }[],
  starts: readonly number[],
  granularity: Granularity,
  zone: string,
): SeriesPoint[] {
  const clicks = foldSlots(rows, starts, granularity, zone);
  return starts.map((start, index) => ({ start, clicks: clicks[index] ?? 0 }));
}
