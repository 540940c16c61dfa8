import "server-only";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { single } from "@/lib/base/runtime";

/** Up to a day: senders retry for hours. */
const DELAY_SECONDS = [1, 2, 5, 10, 30, 60, 300, 1_800, 3_600, 21_600, 86_400];

/** Deliveries per transaction, and its duration up to the time-out of the sender. */
const BATCH_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const BATCH_SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 3.5];

function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  /** Of all servers together: each tells the same, so that theirs aren't to be summed. */
  const common = (name: string, help: string) => {
    const labelled = new Gauge({ name, help, labelNames: ["scope"], registers });
    return { set: (value: number) => labelled.set({ scope: "installation" }, value) };
  };
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, registers });
  return {
    registry,
    deliveries: new Counter({
      name: "footfall_deliveries_total",
      help: "Signed deliveries that this process accepted, by outcome. Spooled ones are processed later.",
      labelNames: ["outcome"],
      registers,
    }),
    refusals: new Counter({
      name: "footfall_refusals_total",
      help: "Requests to the webhook that this process rejected, by reason.",
      labelNames: ["reason"],
      registers,
    }),
    delay: histogram("footfall_delivery_delay_seconds", "Time from a click to its receipt.", DELAY_SECONDS),
    batchSize: histogram("footfall_batch_deliveries", "Deliveries stored per transaction.", BATCH_SIZES),
    batchTime: histogram("footfall_batch_seconds", "Duration of transactions that store deliveries.", BATCH_SECONDS),
    databaseUp: gauge("footfall_database_up", "1 while the database accepts deliveries."),
    workersAway: gauge("footfall_database_workers_away", "Workers of a database cluster that are unreachable."),
    spoolBytes: gauge("footfall_spool_bytes", "Bytes in this server's spool."),
    spoolWritable: gauge("footfall_spool_writable", "1 while the spool is writable."),
    spoolStill: gauge("footfall_spool_still_seconds", "Time since a delivery last left this server's non-empty spool."),
    spoolLimit: gauge("footfall_spool_limit_bytes", "Maximum size of this server's spool (SPOOL_MAX_BYTES)."),
    waiting: common("footfall_spool_deliveries", "Deliveries in the spools of all servers."),
    mirrorLag: gauge("footfall_mirror_lag_clicks", "Clicks that the mirror does not have yet."),
    mirrorCurrent: gauge("footfall_mirror_current", "1 while the mirror answers queries. It catches up before each."),
    failures: common(
      "footfall_failures_in_row",
      "Signed deliveries answered with an error since the last accepted one.",
    ),
    unreadableSecrets: common("footfall_unreadable_secrets", "Webhook secrets saved with a different SECRET_KEY."),
    ahead: common("footfall_clicks_ahead", "Clicks dated in the future."),
    quarantined: common("footfall_quarantined", "Quarantined deliveries."),
    lastDelivery: common("footfall_last_delivery_timestamp_seconds", "When the last delivery was received."),
    diskFree: gauge("footfall_disk_free_bytes", "Free bytes on the disk of the data directory."),
    problems: gauge("footfall_problems", "Number of current problems. /api/health lists them."),
  };
}

/** Metrics of this process. */
export const metrics = single("metrics", createMetrics);

/** Counts an accepted delivery, and its delay if the time of its click is known. */
export function observeDelivery(outcome: string, receivedAt: Date, clickedAt: Date | null): void {
  metrics().deliveries.inc({ outcome });
  if (clickedAt) metrics().delay.observe(Math.max(0, receivedAt.getTime() - clickedAt.getTime()) / 1_000);
}

/** Counts a rejected request. */
export function observeRefusal(reason: string): void {
  metrics().refusals.inc({ reason });
}

/** Records the size and duration of a transaction that stored deliveries. */
export function observeBatch(deliveries: number, ms: number): void {
  metrics().batchSize.observe(deliveries);
  metrics().batchTime.observe(ms / 1_000);
}
