import "server-only";
import { z } from "zod";
import { db } from "@/lib/base/db";
import { coverOf } from "@/lib/deliveries/heartbeat/spans";
import { readDowntimes } from "@/lib/deliveries/heartbeat/stored-spans";
import { COUNTED_NOW, OUTCOMES, type Outcome, SPANS, type SpanName, spanStart } from "@/lib/deliveries/list/filters";

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Seconds per bucket: about ninety buckets in each range. */
const WIDTHS: Record<SpanName, number> = { "24h": HOUR / 4, "7d": 2 * HOUR, "30d": 8 * HOUR, "90d": DAY };
/** As many bars as fit on a phone. */
const MAX_BUCKETS = 100;

/** Buckets of equal width from `from` on, in seconds since the epoch; the last one holds `now`. */
export type Buckets = { from: number; width: number; count: number };

/** Buckets of a range that ends now, aligned to UTC. For all time: whole days from `first` on. */
export function bucketsOf(span: SpanName | null, first: Date | null, now: Date): Buckets {
  const end = now.getTime() / 1_000;
  const begin = span ? end - SPANS[span] * HOUR : Math.min(end, (first ?? now).getTime() / 1_000);
  const width = span ? WIDTHS[span] : DAY * Math.max(1, Math.ceil((end - begin) / DAY / (MAX_BUCKETS - 1)));
  const from = Math.floor(begin / width) * width;
  return { from, width, count: Math.floor((end - from) / width) + 1 };
}

/** Start of a bucket. With `count` as index, the end of the last one. */
export const bucketStart = ({ from, width }: Buckets, index: number): Date => new Date((from + index * width) * 1_000);

/** Deliveries of a bucket by outcome, rejected requests, and whether the server was down. */
export type HistoryBucket = {
  start: Date;
  end: Date;
  byOutcome: Record<Outcome, number>;
  refused: number;
  downtime: "whole" | "part" | null;
};

/**
 * Deliveries of a range. A replayed delivery that was counted is counted once, as counted; only in `totals`, the lengths
 * of the filtered lists, it is in `replayed` too.
 */
export type History = {
  buckets: HistoryBucket[];
  totals: Record<Outcome, number>;
  deliveries: number;
  refused: number;
};

/** Replayed deliveries that are among the clicks. */
const AMONG_CLICKS = "among the clicks";
const REFUSED = "refused";

const Rows = z.array(z.object({ bucket: z.int(), outcome: z.string(), count: z.int() }));

/** Receipt of the first delivery, nearly: the lowest click number is about the oldest click. */
async function firstReceipt(): Promise<Date | null> {
  const [click, delivery] = await Promise.all([
    db().click.findFirst({ select: { receivedAt: true }, orderBy: { seq: "asc" } }),
    db().delivery.findFirst({ select: { receivedAt: true }, orderBy: { receivedAt: "asc" } }),
  ]);
  const times = [click, delivery].flatMap((row) => row?.receivedAt.getTime() ?? []);
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

async function readRows(buckets: Buckets, since: Date) {
  const [from, width, end] = [buckets.from, buckets.width, bucketStart(buckets, buckets.count)];
  const [counted, others, refused] = await Promise.all([
    db().$queryRaw`
      select floor((extract(epoch from received_at) - ${from}::int) / ${width}::int)::int as bucket,
             'counted' as outcome, count(*)::int as count
      from click where received_at >= ${since} and received_at < ${end} group by 1`,
    db().$queryRaw`
      select floor((extract(epoch from received_at) - ${from}::int) / ${width}::int)::int as bucket,
             case when outcome = 'replayed' and reason = ${COUNTED_NOW} then ${AMONG_CLICKS} else outcome end as outcome,
             count(*)::int as count
      from delivery where received_at >= ${since} and received_at < ${end} group by 1, 2`,
    db().$queryRaw`
      select floor((extract(epoch from minute) - ${from}::int) / ${width}::int)::int as bucket,
             ${REFUSED} as outcome, sum(count)::int as count
      from refusal where minute >= ${since} and minute < ${end} group by 1`,
  ]);
  return [counted, others, refused].flatMap((rows) => Rows.parse(rows));
}

const nothing = (): Record<Outcome, number> => ({
  ...{ counted: 0, duplicate: 0, test: 0, ignored: 0, quarantined: 0, replayed: 0 },
});

function add({ bucket, outcome, count }: z.infer<typeof Rows>[number], history: History): void {
  const into = history.buckets[bucket];
  const known = OUTCOMES.find((name) => name === outcome);
  if (!into) return;
  if (known) {
    into.byOutcome[known] += count;
    history.totals[known] += count;
    history.deliveries += count;
  } else if (outcome === AMONG_CLICKS) {
    history.totals.replayed += count;
  } else {
    into.refused += count;
    history.refused += count;
  }
}

/** Deliveries of a range that ends now, oldest bucket first. Null: all time. */
export async function answerHistory(span: SpanName | null, now: Date): Promise<History> {
  const buckets = bucketsOf(span, span ? null : await firstReceipt(), now);
  const since = spanStart({ span }, now) ?? bucketStart(buckets, 0);
  const [rows, gaps] = await Promise.all([
    readRows(buckets, since),
    readDowntimes({ from: bucketStart(buckets, 0), to: now }),
  ]);
  const history: History = { buckets: [], totals: nothing(), deliveries: 0, refused: 0 };
  for (let index = 0; index < buckets.count; index++) {
    const [start, end] = [bucketStart(buckets, index), bucketStart(buckets, index + 1)];
    const downtime = coverOf(gaps, { from: start, to: end < now ? end : now });
    history.buckets.push({ start, end, byOutcome: nothing(), refused: 0, downtime });
  }
  for (const row of rows) add(row, history);
  return history;
}
