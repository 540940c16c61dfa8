import { AppError } from "@/lib/base/errors";
import type { Granularity } from "@/lib/base/time";
import { bucketStarts, DAY, foldSlots, GRANULARITIES, HOUR, SLOT, startOfUnit, toLocal } from "@/lib/base/time";
import type { WeekStart } from "@/lib/base/week-start";
import type { Series, SeriesPoint } from "@/lib/question/answer-types";

/** More would fit no screen or spreadsheet, and each takes memory. */
const MAX_BUCKETS = 10_000;

/** With more points a chart is a band rather than a line. */
const MAX_POINTS = 400;

/** The shortest length of a bucket, apart from clock changes. */
const LENGTH: Record<Granularity, number> = { quarterHour: SLOT, hour: HOUR, day: DAY, week: 7 * DAY, month: 28 * DAY };

/** Fine enough for the shape, coarse enough for a screen. Days are rounded because of clock changes. */
export function granularityFor(from: Date, to: Date): Granularity {
  const days = (to.getTime() - from.getTime()) / DAY;
  if (days <= 0.25) return "quarterHour";
  if (Math.round(days) <= 2) return "hour";
  if (Math.round(days) <= 93) return "day";
  return Math.round(days) <= 180 ? "week" : "month";
}

/** Granularities to choose from, fine to coarse: with at least two buckets, and no more than a chart can show. */
export function granularitiesFor(from: Date, to: Date): Granularity[] {
  const usual = granularityFor(from, to);
  const length = to.getTime() - from.getTime();
  const buckets = (granularity: Granularity) => Math.round(length / LENGTH[granularity]);
  return GRANULARITIES.filter(
    (entry) => entry === usual || (buckets(entry) >= 2 && buckets(entry) <= MAX_POINTS && !isTooFine(entry, length)),
  );
}

/** Quarter hours are useful for up to two days; beyond that they are noise. */
const isTooFine = (granularity: Granularity, length: number) =>
  granularity === "quarterHour" && Math.round(length / DAY) > 2;

/** The requested granularity, or one that suits the length. Throws AppError for too many buckets. */
export function fittingGranularity(from: Date, to: Date, asked: Granularity | null): Granularity {
  const granularity = asked ?? granularityFor(from, to);
  if ((to.getTime() - from.getTime()) / LENGTH[granularity] > MAX_BUCKETS) {
    const buckets = granularity === "quarterHour" ? "quarter hours" : `${granularity}s`;
    const hint = "choose a coarser granularity or a shorter range.";
    throw new AppError("unprocessable_entity", `granularity: More than 10,000 ${buckets} lie in this range; ${hint}`);
  }
  return granularity;
}

/** Buckets that start at `starts`, with their clicks. */
export function pointsOf(
  rows: readonly { slot: number; clicks: number }[],
  starts: readonly number[],
  granularity: Granularity,
  zone: string,
  weekStart?: WeekStart,
): SeriesPoint[] {
  const clicks = foldSlots(rows, starts, granularity, zone, weekStart);
  return starts.map((start, index) => ({ start, clicks: clicks[index] ?? 0 }));
}

/** End of a series' last bucket; others end where the next starts. */
export function bucketEnd(start: number, granularity: Granularity, zone: string): number {
  if (granularity === "quarterHour") return start + SLOT;
  // A clock change of half an hour shortens an hour.
  if (granularity === "hour")
    return bucketStarts(new Date(start), new Date(start + 2 * LENGTH.hour), "hour", zone)[1] ?? start + LENGTH.hour;
  // Whatever day it starts on.
  if (granularity === "week") return startOfUnit(new Date(start), "day", 7, zone).getTime();
  return startOfUnit(new Date(start), granularity, 1, zone).getTime();
}

/** A bucket and the corresponding one of the comparison; one may be missing, never both. */
export type Pair = { point: SeriesPoint | null; previous: SeriesPoint | null };

/** A bucket's local time. `again`: how often it has occurred before, when clocks go back. */
type Local = { point: SeriesPoint; months: number; day: number; dayNumber: number; time: number; again: number };

function localOf(points: readonly SeriesPoint[], granularity: Granularity, zone: string): Local[] {
  const seen = new Map<number, number>();
  return points.map((point) => {
    const wall = toLocal(new Date(point.start), zone);
    const dayNumber = Math.floor(wall / DAY);
    const date = new Date(dayNumber * DAY);
    // Where clocks skip midnight, a day starts at one o'clock.
    const time = granularity === "hour" || granularity === "quarterHour" ? wall - dayNumber * DAY : 0;
    const again = seen.get(wall) ?? 0;
    seen.set(wall, again + 1);
    const months = date.getUTCFullYear() * 12 + date.getUTCMonth();
    return { point, months, day: date.getUTCDate(), dayNumber, time, again };
  });
}

/**
 * Shift from the comparison to the series: in months if both start on the same day and time of a month, else in local
 * time, by whole days if clocks change between them.
 */
function distanceOf(first: Local, earlier: Local, granularity: Granularity): { isByMonth: boolean; distance: number } {
  const isCalendar = granularity === "month" || (granularity !== "week" && first.day === earlier.day);
  const wall = (first.dayNumber - earlier.dayNumber) * DAY + first.time - earlier.time;
  const days = Math.round(wall / DAY);
  const ofChange = wall - days * DAY;
  const isSameTime = Math.abs(ofChange) <= HOUR && days !== 0;
  const isByMonth = isCalendar && isSameTime && ofChange === 0;
  if (isByMonth) return { isByMonth, distance: first.months - earlier.months };
  return { isByMonth, distance: isSameTime ? days * DAY : wall };
}

/** A bucket's position in its series after a shift by months or milliseconds. */
function keyOf({ months, day, dayNumber, time, again }: Local, isByMonth: boolean, distance: number): number {
  const moved = isByMonth ? ((months + distance) * 32 + day) * DAY : dayNumber * DAY + distance;
  return (moved + time) * 2 + again;
}

/** Pairs buckets by local time: the 15th with the 15th, noon with noon. One without a counterpart stands alone. */
export function pairsOf({ points, previous = [], granularity, zone }: Series): Pair[] {
  const [now, then] = [localOf(points, granularity, zone), localOf(previous, granularity, zone)];
  const [first, earlier] = [now[0], then[0]];
  if (!first || !earlier)
    return [
      ...points.map((point) => ({ point, previous: null })),
      ...previous.map((bucket) => ({ point: null, previous: bucket })),
    ];
  const { isByMonth, distance } = distanceOf(first, earlier, granularity);
  const pairs = new Map<number, Pair>();
  for (const local of now) pairs.set(keyOf(local, isByMonth, 0), { point: local.point, previous: null });
  for (const local of then) {
    const key = keyOf(local, isByMonth, distance);
    pairs.set(key, { point: pairs.get(key)?.point ?? null, previous: local.point });
  }
  return [...pairs].sort(([a], [b]) => a - b).map(([, pair]) => pair);
}
