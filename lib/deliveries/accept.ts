import "server-only";
import { join } from "node:path";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { log } from "@/lib/base/log";
import { single } from "@/lib/base/runtime";
import { BatcherFull, createBatcher } from "@/lib/deliveries/batcher";
import { type StoredOutcome, storeDeliveries } from "@/lib/deliveries/commit";
import { hasRefusedWithin } from "@/lib/deliveries/database-state";
import { redacted } from "@/lib/deliveries/redact";
import { RETRY_AFTER } from "@/lib/deliveries/secrets/secret";
import { createDrain } from "@/lib/deliveries/spool/drain";
import type { Spooled } from "@/lib/deliveries/spool/record";
import { hasRoom } from "@/lib/deliveries/spool/segments";
import { createSpool } from "@/lib/deliveries/spool/spool";
import { type Delivery, readDelivery } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";

/** After a failed write, deliveries go straight to the spool for this long; then they queue behind what is in it. */
const HAND_ON_MS = 1_000;
/** Limit of the database queue. Deliveries beyond it go to the spool. */
const DATABASE_QUEUE = { items: 5_000, bytes: 64 * 1024 ** 2 };
/** Maximum wait in the database queue: the write itself may take as long again, and the sender is waiting. */
const DATABASE_WAIT_MS = 1_500;
/** Limit of the disk queue. It fills up only when the disk has stopped responding. */
const DISK_QUEUE = { items: 50_000, bytes: 512 * 1024 ** 2 };

function createIntake() {
  const { DATA_DIR, SPOOL_MAX_BYTES } = env();
  const spool = createSpool(join(DATA_DIR, "spool"), SPOOL_MAX_BYTES);
  const drain = createDrain(spool);
  const ofDeliveries = { sizeOf: ({ receipt }: Delivery) => receipt.body.byteLength, maxWaiting: DATABASE_QUEUE };

  /** After one write has failed, deliveries queued behind it go to the spool without trying the database. */
  async function writeToDatabase(deliveries: readonly Delivery[]): Promise<(StoredOutcome | null)[]> {
    const isAway = spool.oldest() !== null || hasRefusedWithin(HAND_ON_MS);
    return isAway ? deliveries.map(() => null) : storeDeliveries(deliveries);
  }
  const writeToSpool = async (records: readonly Spooled[]) => {
    await spool.append(records);
    return records;
  };
  return {
    spool,
    drain,
    queueForDatabase: createBatcher({ ...ofDeliveries, write: writeToDatabase, maxWaitMs: DATABASE_WAIT_MS }),
    /** Used when the spool rejects writes: in batches that a slow database can store in time. */
    queueForDatabaseAnyway: createBatcher({
      ...ofDeliveries,
      write: storeDeliveries,
      succeeded: (outcome) => outcome !== null,
    }),
    queueForSpool: createBatcher({
      write: writeToSpool,
      sizeOf: ({ body }: Spooled) => body.byteLength,
      maxWaiting: DISK_QUEUE,
    }),
    stopping: false,
  };
}

const intake = single("intake", createIntake);

/** Closes the connection: a sender that retried over it would keep the server from stopping. */
const stopped = () =>
  new AppError("unavailable", "Shutting down. Send this again.", { ...RETRY_AFTER, Connection: "close" });

/** The body for the spool: of an uncounted event, only the fields shown in the list of deliveries. */
function keptBody({ kind, receipt }: Delivery): Buffer {
  if (kind !== "ignored") return redacted(receipt.body);
  const { eventId, event, linkId, clickId, clickedAt, ip } = receipt;
  const data = { link: { id: linkId }, click: { id: clickId, timestamp: clickedAt, ip } };
  return Buffer.from(JSON.stringify({ id: eventId, event, data }));
}

/** Outcome of an accepted delivery, and the time of its click if it was read. */
export type Accepted = { outcome: StoredOutcome | "spooled"; receivedAt: Date; clickedAt: Date | null };

/**
 * Accepts a signed delivery: returns when it is in the database, or in the spool while the database is down. While the
 * spool isn't empty, new deliveries queue behind it.
 *
 * @throws AppError with `Retry-After` when neither accepts it, or when the server is shutting down
 */
export async function acceptDelivery(body: Buffer, secretId: number): Promise<Accepted> {
  const { spool, drain, queueForDatabase, queueForDatabaseAnyway, queueForSpool, stopping } = intake();
  if (stopping) throw stopped();
  const receivedAt = new Date();
  const delivery = readDelivery(SENDER, body, receivedAt, secretId);
  const { clickedAt } = delivery.receipt;
  async function tryDatabase(enqueue: typeof queueForDatabase): Promise<Accepted | null> {
    try {
      const outcome = await enqueue(delivery);
      return outcome && { outcome, receivedAt, clickedAt };
    } catch (error) {
      if (error instanceof BatcherFull) return null;
      throw error;
    }
  }
  const stored = spool.oldest() === null ? await tryDatabase(queueForDatabase) : null;
  if (stored) return stored;
  try {
    await queueForSpool({ receivedAt, secretId, body: keptBody(delivery) });
    noteSpooling(null);
  } catch (error) {
    noteSpooling(error);
    const storedAfterAll = drain.trouble() === "database" ? null : await tryDatabase(queueForDatabaseAnyway);
    if (storedAfterAll) return storedAfterAll;
    const message = "Neither the database nor the spool accepts writes. Send this again.";
    throw new AppError("unavailable", message, RETRY_AFTER, { cause: error });
  }
  drain.wake();
  return { outcome: "spooled", receivedAt, clickedAt: null };
}

let isSpoolingLogged = false;

/** Logs the first failure of an outage, and its end. */
function noteSpooling(error: unknown): void {
  if ((error !== null) === isSpoolingLogged) return;
  isSpoolingLogged = error !== null;
  if (error === null) log.info({}, "spool: writes succeed again");
  else log.error({ err: error }, "spool: write failed (logged once per outage)");
}

/** Drains what an earlier process left in the spool. */
export function drainSpool(): void {
  intake().drain.wake();
}

/** State of this server's spool: bytes, deliveries, and milliseconds since one last left it while others wait. */
export function spoolDepth(): { bytes: number; limit: number; waiting: number; stalledForMs: number } {
  const { spool, drain } = intake();
  const { SPOOL_MAX_BYTES: limit } = env();
  return { bytes: spool.bytes(), limit, waiting: spool.waiting(), stalledForMs: drain.stalledForMs() };
}

/** Whether the spool is writable, checked by writing: the disk may be full, read-only or gone. */
export const isSpoolWritable = (): Promise<boolean> => intake().spool.isWritable();

/** Whether the spool can accept deliveries while the database is down. */
export async function takesIntoSpool(): Promise<boolean> {
  return !intake().stopping && hasRoom(spoolDepth()) && (await isSpoolWritable());
}

/** Id of this server's spool. */
export const spoolName = (): string => intake().spool.id();

/** Stops accepting deliveries. Everything accepted before is in the database or on disk. */
export async function stopIntake(): Promise<void> {
  intake().stopping = true;
  await intake().drain.stop();
  await intake().spool.close();
}
