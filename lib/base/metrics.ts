import "server-only";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { single } from "@/lib/base/runtime";

/** From a second to a day: a sender's queue retries for a long time. */
const DELAY_SECONDS = [1, 2, 5, 10, 30, 60, 300, 1_800, 3_600, 21_600, 86_400];

/** Deliveries to a transaction, and how long one takes before the sender is let go. */
const BATCH_SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const BATCH_SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 3.5];

function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name, help, buckets, registers });
  return {
    registry,
    deliveries: new Counter({
      name: "footfall_deliveries_total",
      help: "Authentic deliveries that this process took, by what became of them; spooled ones are settled later.",
      labelNames: ["outcome"],
      registers,
    }),
    refusals: new Counter({
      name: "footfall_refusals_total",
      help: "Requests to the webhook that this process did not take, by reason.",
      labelNames: ["reason"],
      registers,
    }),
    delay: histogram("footfall_delivery_delay_seconds", "From a click to its receipt.", DELAY_SECONDS),
    batchSize: histogram("footfall_batch_deliveries", "Deliveries that were stored in one transaction.", BATCH_SIZES),
    batchTime: histogram(
      "footfall_batch_seconds",
      "How long a transaction that stores deliveries took.",
      BATCH_SECONDS,
    ),
    databaseUp: gauge("footfall_database_up", "1 while the database takes deliveries."),
    spoolBytes: gauge("footfall_spool_bytes", "Bytes of deliveries that wait for the database."),
    spoolWritable: gauge("footfall_spool_writable", "1 while deliveries can wait on the disk."),
    spoolStill: gauge(
      "footfall_spool_still_seconds",
      "For how long nothing has come out of this server's spool although something waits.",
    ),
    spoolLimit: gauge("footfall_spool_limit_bytes", "How many there may be."),
    waiting: gauge("footfall_spool_deliveries", "Deliveries that wait for the database, in the spools of all servers."),
    mirrorLag: gauge("footfall_mirror_lag_clicks", "Clicks that the mirror does not have yet, while it answers."),
    mirrorCurrent: gauge("footfall_mirror_current", "1 while the mirror answers questions; it catches up before each."),
    failures: gauge(
      "footfall_failures_in_row",
      "Authentic deliveries answered with an error since the last one that was taken.",
    ),
    unreadableSecrets: gauge(
      "footfall_unreadable_secrets",
      "Webhook secrets of the settings that were saved with another SECRET_KEY.",
    ),
    ahead: gauge("footfall_clicks_ahead", "Clicks that are dated in the future."),
    quarantined: gauge("footfall_quarantined", "Deliveries in quarantine."),
    lastDelivery: gauge("footfall_last_delivery_timestamp_seconds", "When the last delivery was received."),
    diskFree: gauge("footfall_disk_free_bytes", "Bytes left where the data directory is."),
    problems: gauge("footfall_problems", "How many things somebody should look at; /api/health names them."),
  };
}

/** What is counted and measured in this process. */
export const metrics = single("metrics", createMetrics);

/** Counts a delivery that was taken, and how long it was on its way when its click says so. */
export function observeDelivery(outcome: string, receivedAt: Date, clickedAt: Date | null): void {
  metrics().deliveries.inc({ outcome });
  if (clickedAt) metrics().delay.observe(Math.max(0, receivedAt.getTime() - clickedAt.getTime()) / 1_000);
}

/** Counts a request that was not taken. */
export function observeRefusal(reason: string): void {
  metrics().refusals.inc({ reason });
}

/** Measures a transaction that has stored deliveries. */
export function observeBatch(deliveries: number, ms: number): void {
  metrics().batchSize.observe(deliveries);
  metrics().batchTime.observe(ms / 1_000);
}
