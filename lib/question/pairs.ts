import { type Granularity, toLocal } from "@/lib/base/time";
import type { Series, SeriesPoint } from "@/lib/question/answers";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** A bucket and the one of the comparison that stands beside it; one of them may be missing, never both. */
type Pair = { point: SeriesPoint | null; previous: SeriesPoint | null };

/** A bucket's place by calendar and clock. `again`: how often its wall time has come before, when clocks go back. */
type Local = { point: SeriesPoint; months: number; day: number; dayNumber: number; time: number; again: number };

function localOf(points: readonly SeriesPoint[], granularity: Granularity, zone: string): Local[] {
  const seen = new Map<number, number>();
  return points.map((point) => {
    const wall = toLocal(new Date(point.start), zone);
    const dayNumber = Math.floor(wall / DAY);
    const date = new Date(dayNumber * DAY);
    // A day may begin at one o'clock, where clocks skip its midnight.
    const time = granularity === "hour" || granularity === "quarterHour" ? wall - dayNumber * DAY : 0;
    const again = seen.get(wall) ?? 0;
    seen.set(wall, again + 1);
    const months = date.getUTCFullYear() * 12 + date.getUTCMonth();
    return { point, months, day: date.getUTCDate(), dayNumber, time, again };
  });
}

type Shift = { months: number } | { ms: number };

/**
 * How far the comparison lies before the series: by months when both begin on the same day and time of a month, else by
 * time on the clock, and by whole days where a clock change lies between.
 */
function shiftOf(first: Local, earlier: Local, granularity: Granularity): Shift {
  const isCalendar = granularity === "month" || (granularity !== "week" && first.day === earlier.day);
  const wall = (first.dayNumber - earlier.dayNumber) * DAY + first.time - earlier.time;
  const days = Math.round(wall / DAY);
  const ofChange = wall - days * DAY;
  const isSameTime = Math.abs(ofChange) <= HOUR && days !== 0;
  if (isCalendar && isSameTime && ofChange === 0) return { months: first.months - earlier.months };
  return { ms: isSameTime ? days * DAY : wall };
}

/** Where a bucket stands among the others of its series, once it has been moved. */
function keyOf({ months, day, dayNumber, time, again }: Local, shift: Shift, isByMonth: boolean): number {
  if (isByMonth) {
    const moved = "months" in shift ? months + shift.months : months;
    return ((moved * 32 + day) * DAY + time) * 2 + again;
  }
  return (dayNumber * DAY + time + ("ms" in shift ? shift.ms : 0)) * 2 + again;
}

/**
 * The buckets of a series beside those of its comparison, by the calendar and the clock: the 15th beside the 15th, noon
 * beside noon. What has no partner stands alone, in its place.
 */
export function pairsOf({ points, previous = [], granularity, zone }: Series): Pair[] {
  const [now, then] = [localOf(points, granularity, zone), localOf(previous, granularity, zone)];
  const [first, earlier] = [now[0], then[0]];
  if (!first || !earlier)
    return [
      ...points.map((point) => ({ point, previous: null })),
      ...previous.map((bucket) => ({ point: null, previous: bucket })),
    ];
  const shift = shiftOf(first, earlier, granularity);
  const isByMonth = "months" in shift;
  const none: Shift = isByMonth ? { months: 0 } : { ms: 0 };
  const pairs = new Map<number, Pair>();
  for (const local of now) pairs.set(keyOf(local, none, isByMonth), { point: local.point, previous: null });
  for (const local of then) {
    const key = keyOf(local, shift, isByMonth);
    pairs.set(key, { point: pairs.get(key)?.point ?? null, previous: local.point });
  }
  return [...pairs].sort(([a], [b]) => a - b).map(([, pair]) => pair);
}
