import type { Point } from "@/components/charts/time-series";
import type { Gap } from "@/components/charts/unheard-shade";
import { bucketLabel, bucketTick } from "@/lib/format";
import type { Series } from "@/lib/query/answers";
import type { Filters } from "@/lib/query/filters";
import { rangeText } from "@/lib/query/range-params";
import { bucketEnd } from "@/lib/query/series";
import { coverOf, type Span } from "@/lib/reception/gaps";

type Bucket = { start: number; end: number; clicks: number };

/** What keeps a bucket from being whole. */
function partOf({ start, end }: Bucket, { range: { from, to }, now }: Filters): Point["part"] {
  const time = now.getTime();
  if (start <= time && time < end && (to === null || to > now)) return "so far";
  return (from && start < from.getTime()) || (to && end > to.getTime()) ? "in part" : null;
}

/** The bucket as a range of its own, in the words of an address: no click outside of the range gets in. */
function zoomTo({ start, end }: Bucket, { range, zone }: Filters) {
  const from = new Date(Math.max(start, range.from?.getTime() ?? start));
  const to = new Date(Math.min(end, range.to?.getTime() ?? end));
  const text = rangeText({ from, to }, zone);
  return { from: text.start ?? "", to: text.end ?? "" };
}

/** Where a moment lies among buckets: 1.5 is the middle of the second. */
function placeOf(time: number, buckets: readonly Bucket[]): number {
  const index = buckets.findIndex(({ end }) => time < end);
  const bucket = buckets[index];
  if (!bucket) return buckets.length;
  return index + Math.max(0, (time - bucket.start) / (bucket.end - bucket.start));
}

function bucketsOf({ points, granularity, zone }: Series): Bucket[] {
  return points.map(({ start, clicks }, index) => ({
    start,
    end: points[index + 1]?.start ?? bucketEnd(start, granularity, zone),
    clicks,
  }));
}

/** Where gaps lie among the buckets of a series. */
export function gapsAmong(series: Series, gaps: readonly Span[]): Gap[] {
  const buckets = bucketsOf(series);
  const place = (moment: Date) => placeOf(moment.getTime(), buckets);
  return gaps.map(({ from, to }) => ({ from: place(from), to: place(to) })).filter(({ from, to }) => to > from);
}

/**
 * The buckets of a series with their words, and beside each the bucket of the comparison that it is laid over. `gaps` are
 * when nothing could have been received.
 */
export function seriesPoints(series: Series, filters: Filters, gaps: readonly Span[]): Point[] {
  const { points, previous, granularity, zone } = series;
  return bucketsOf(series).map((bucket, index) => {
    const { start, clicks } = bucket;
    const earlier = previous?.[index];
    return {
      start,
      // Ahead of now there is nothing yet, which is not the same as no clicks.
      clicks: start > filters.now.getTime() && clicks === 0 ? null : clicks,
      label: bucketLabel(start, granularity, zone),
      tick: bucketTick(start, granularity, zone, points.length),
      part: partOf(bucket, filters),
      unheard: coverOf(gaps, { from: new Date(start), to: new Date(Math.min(bucket.end, filters.now.getTime())) }),
      zoom: zoomTo(bucket, filters),
      previous: earlier ? { clicks: earlier.clicks, label: bucketLabel(earlier.start, granularity, zone) } : null,
    };
  });
}
