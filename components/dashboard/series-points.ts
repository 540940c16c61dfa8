import type { Point } from "@/components/charts/time-series";
import { bucketLabel, bucketTick } from "@/lib/format";
import type { Series } from "@/lib/query/answers";
import type { Filters } from "@/lib/query/filters";
import { rangeText } from "@/lib/query/range-params";
import { bucketEnd } from "@/lib/query/series";

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

/** The buckets of a series with their words, and beside each the bucket of the comparison that it is laid over. */
export function seriesPoints({ points, previous, granularity, zone }: Series, filters: Filters): Point[] {
  const buckets = points.map(({ start, clicks }, index) => ({
    start,
    end: points[index + 1]?.start ?? bucketEnd(start, granularity, zone),
    clicks,
  }));
  return buckets.map((bucket, index) => {
    const { start, clicks } = bucket;
    const earlier = previous?.[index];
    return {
      start,
      // Ahead of now there is nothing yet, which is not the same as no clicks.
      clicks: start > filters.now.getTime() && clicks === 0 ? null : clicks,
      label: bucketLabel(start, granularity, zone),
      tick: bucketTick(start, granularity, zone, points.length),
      part: partOf(bucket, filters),
      zoom: zoomTo(bucket, filters),
      previous: earlier ? { clicks: earlier.clicks, label: bucketLabel(earlier.start, granularity, zone) } : null,
    };
  });
}
