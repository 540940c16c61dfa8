import { SPANS, type SpanName } from "./filters";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Seconds of a bucket: ninety-odd to a span. */
const WIDTHS: Record<SpanName, number> = { "24h": HOUR / 4, "7d": 2 * HOUR, "30d": 8 * HOUR, "90d": DAY };
/** Bars that a phone can still show. */
const MAX_BUCKETS = 100;

/** Buckets of equal width from `from` on, in seconds since the epoch; the last one holds `now`. */
export type Buckets = { from: number; width: number; count: number };

/** The buckets of a span that ends now; of all there is, from `first` on in whole days. Borders are UTC's. */
export function bucketsOf(span: SpanName | null, first: Date | null, now: Date): Buckets {
  const end = now.getTime() / 1_000;
  const begin = span ? end - SPANS[span] * HOUR : Math.min(end, (first ?? now).getTime() / 1_000);
  const width = span ? WIDTHS[span] : DAY * Math.max(1, Math.ceil((end - begin) / DAY / (MAX_BUCKETS - 1)));
  const from = Math.floor(begin / width) * width;
  return { from, width, count: Math.floor((end - from) / width) + 1 };
}

/** When a bucket begins; `index` may be `count` for the end of the last. */
export const bucketStart = ({ from, width }: Buckets, index: number): Date => new Date((from + index * width) * 1_000);
