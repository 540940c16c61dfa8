import { countTicks } from "@/components/charts/count-ticks";
import { drawn, largestDrawn } from "@/components/charts/drawing";
import type { Tick } from "@/components/charts/picture";
import type { Gap, Point } from "@/components/charts/plot";
import type { Marker } from "@/components/notes/notes";
import type { PlacedNote } from "@/lib/account/notes/store";
import { bucketLabel, bucketTick, compact, count } from "@/lib/base/format";
import { coverOf, type Span } from "@/lib/deliveries/heartbeat/spans";
import type { Series, SeriesPoint } from "@/lib/question/answer-types";
import { rangeText } from "@/lib/question/codec/range";
import type { Filters } from "@/lib/question/question";
import { bucketEnd, pairsOf } from "@/lib/question/series";

type Bucket = SeriesPoint & { end: number };

function partOf({ start, end }: Bucket, { range: { from, to }, now }: Filters): Point["part"] {
  const time = now.getTime();
  if (start <= time && time < end && (to === null || to > now)) return "so far";
  return (from && start < from.getTime()) || (to && end > to.getTime()) ? "in part" : null;
}

/** A bucket as a range in the URL, cut to the view's range. */
function zoomTo({ start, end }: Bucket, { range, zone }: Filters) {
  const from = new Date(Math.max(start, range.from?.getTime() ?? start));
  const to = new Date(Math.min(end, range.to?.getTime() ?? end));
  const text = rangeText({ from, to }, zone);
  return { from: text.start ?? "", to: text.end ?? "" };
}

/** A bucket and the comparison's; a bucket that only the comparison has isn't in the range. */
type Column = { bucket: Bucket | null; earlier: SeriesPoint | null };

function columnsOf(series: Series): Column[] {
  const { points, granularity, zone } = series;
  const ends = new Map(
    points.map(({ start }, index) => [start, points[index + 1]?.start ?? bucketEnd(start, granularity, zone)]),
  );
  return pairsOf(series).map(({ point, previous }) => ({
    bucket: point && { ...point, end: ends.get(point.start) ?? point.start },
    earlier: previous,
  }));
}

/** Position of a moment among columns: 1.5 is the middle of the second. */
function placeOf(time: number, columns: readonly Column[]): number {
  const index = columns.findIndex(({ bucket }) => bucket && time < bucket.end);
  const bucket = columns[index]?.bucket;
  if (!bucket) return columns.length;
  return index + Math.max(0, (time - bucket.start) / (bucket.end - bucket.start));
}

/** Times without data: downtimes, in order, and all time before the first click. */
export type Missing = { downtimes: readonly Span[]; firstClick: Date | null };

/** Where data is missing among the columns of a series. */
export function gapsAmong(series: Series, { downtimes, firstClick }: Missing): Gap[] {
  const columns = columnsOf(series);
  const place = (moment: Date) => placeOf(moment.getTime(), columns);
  const before = firstClick ? [{ from: 0, to: place(firstClick), isBefore: true }] : [];
  const down = downtimes.map(({ from, to }) => ({ from: place(from), to: place(to), isBefore: false }));
  return [...before, ...down].filter(({ from, to }) => to > from);
}

/** The width of a marker's button as a share of the chart's, on a wide screen and on a phone. */
const BUTTON = { wide: 1 / 40, narrow: 1 / 12 };

/**
 * Where notes, by time, stand on the chart: at the point of their bucket, several in one together, and those whose buttons
 * would cover each other.
 */
export function markersAmong(
  series: Series,
  { range }: Filters,
  notes: readonly PlacedNote[],
  width: keyof typeof BUTTON,
): Marker[] {
  const columns = columnsOf(series);
  const first = range.from?.getTime() ?? series.points[0]?.start ?? 0;
  const markers: Marker[] = [];
  for (const { from, to, ...note } of notes) {
    // A day that began before the range stands at its beginning.
    const index = Math.floor(placeOf(Math.max(from.getTime(), first), columns));
    if (to.getTime() <= first || index >= columns.length) continue;
    const share = columns.length > 1 ? index / (columns.length - 1) : 0.5;
    const last = markers.at(-1);
    if (last && share - last.share < BUTTON[width]) last.notes.push(note);
    else markers.push({ share, notes: [note] });
  }
  return markers;
}

/** The buckets of a series, each with the comparison's. */
export function seriesPoints(series: Series, filters: Filters, { downtimes, firstClick }: Missing): Point[] {
  const { points, granularity, zone } = series;
  const isBefore = ({ end, clicks }: Bucket) => firstClick !== null && end <= firstClick.getTime() && clicks === 0;
  return columnsOf(series).map(({ bucket, earlier }) => {
    const previous = earlier && { clicks: earlier.clicks, label: bucketLabel(earlier.start, granularity, zone) };
    if (!bucket) return { ...ABSENT, start: -(earlier?.start ?? 0), previous };
    const { start, clicks } = bucket;
    const part = partOf(bucket, filters);
    const downtime = bucket.isHidden
      ? "not shown"
      : isBefore(bucket)
        ? "no data yet"
        : coverOf(downtimes, { from: new Date(start), to: new Date(Math.min(bucket.end, filters.now.getTime())) });
    return {
      start,
      // In the future there is nothing yet, which differs from no clicks.
      clicks: start > filters.now.getTime() && clicks === 0 ? null : clicks,
      label: bucketLabel(start, granularity, zone),
      tick: bucketTick(start, granularity, zone, points.length),
      zoom: zoomTo(bucket, filters),
      ...(part && { part }),
      ...(downtime && { downtime }),
      ...(previous && { previous }),
    };
  });
}

/** The numbers beside the chart's lines, short from ten thousand: "9,000", "12K". */
export const pictureTicks = (points: readonly Point[]): Tick[] =>
  countTicks(largestDrawn(drawn(points, null))).map((tick) => [tick, tick < 10_000 ? count(tick) : compact(tick)]);

/** Placeholder for a bucket that the range doesn't have: 29 February next to a year without one. */
const ABSENT = { clicks: null, isAbsent: true, label: "Not in this range", tick: "" } as const;
