import "server-only";
import { ingestDb } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { joinSpans } from "@/lib/deliveries/heartbeat/join-spans";
import { pruneDeliveries, redactDeliveries } from "@/lib/deliveries/prune-deliveries";
import { deleteOldBatches } from "@/lib/deliveries/store-batch";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Servers never extend a span that ended this long ago. */
const RESTED_MS = DAY_MS;
/** Charts show up to two years and the two years before. */
const SPANS_KEPT_MS = 4 * 366 * DAY_MS;
/** A little longer than the longest range of the deliveries chart. */
const REFUSALS_KEPT_MS = 100 * DAY_MS;

/** Deletes expired rows: heartbeats, refusals, write batches, and uncounted deliveries older than LEDGER_DAYS. */
export async function deleteExpired(now: Date): Promise<void> {
  const { LEDGER_DAYS } = env();
  const before = (ms: number) => new Date(now.getTime() - ms);
  if (LEDGER_DAYS !== undefined) await pruneDeliveries(before(LEDGER_DAYS * DAY_MS));
  await redactDeliveries();
  await joinSpans(before(RESTED_MS));
  await ingestDb().reception.deleteMany({ where: { seenAt: { lt: before(SPANS_KEPT_MS) } } });
  await ingestDb().refusal.deleteMany({ where: { minute: { lt: before(REFUSALS_KEPT_MS) } } });
  await deleteOldBatches();
}
