import { AppError } from "@/lib/base/errors";
import { bucketStarts, foldSlots, GRANULARITIES, type Granularity, SLOT, startOfUnit } from "@/lib/base/time";
import type { SeriesPoint } from "@/lib/question/answers";

const DAY = 24 * 60 * 60 * 1000;

/** No screen and no spreadsheet shows more, and each costs memory. */
const MAX_BUCKETS = 10_000;

/** More points than this and a chart is a band rather than a line. */
const MAX_POINTS = 400;

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

/** The granularities worth a choice, fine to coarse: with at least two buckets, and no more than a chart can show. */
export function granularitiesFor(from: Date, to: Date): Granularity[] {
  const usual = granularityFor(from, to);
  const length = to.getTime() - from.getTime();
  const buckets = (granularity: Granularity) => Math.round(length / LENGTH[granularity]);
  return GRANULARITIES.filter(
    (entry) => entry === usual || (buckets(entry) >= 2 && buckets(entry) <= MAX_POINTS && !isTooFine(entry, length)),
  );
}

/** Quarter hours say something about two days; about more they only rustle. */
const isTooFine = (granularity: Granularity, length: number) =>
  granularity === "quarterHour" && Math.round(length / DAY) > 2;

/** The granularity asked for, or one that suits the length. Throws AppError when there would be too many buckets. */
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

/** When a bucket ends, for the last of a series; of the others it is where the next begins. */
export function bucketEnd(start: number, granularity: Granularity, zone: string): number {
  if (granularity === "quarterHour") return start + SLOT;
  // Clocks that change by half an hour make an hour shorter.
  if (granularity === "hour")
    return bucketStarts(new Date(start), new Date(start + 2 * LENGTH.hour), "hour", zone)[1] ?? start + LENGTH.hour;
  return startOfUnit(new Date(start), granularity, 1, zone).getTime();
}
