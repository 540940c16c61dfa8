import "server-only";
import { join } from "node:path";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { log } from "@/lib/base/log";
import { single } from "@/lib/base/runtime";
import { BatcherFull, createBatcher } from "@/lib/deliveries/batcher";
import type { StoredOutcome } from "@/lib/deliveries/process";
import { redacted } from "@/lib/deliveries/redact";
import { RETRY_AFTER } from "@/lib/deliveries/secrets/server-key";
import { createDrain } from "@/lib/deliveries/spool/drain";
import type { Spooled } from "@/lib/deliveries/spool/record";
import { hasRoom } from "@/lib/deliveries/spool/room";
import { createSpool } from "@/lib/deliveries/spool/spool";
import { storeDeliveries, type Unstored } from "@/lib/deliveries/store";
import { hasRefusedWithin } from "@/lib/deliveries/write-state";
import { type Delivery, readDelivery } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";

/** Until the deliveries of a write that failed are in the spool, behind which others wait by themselves. */
const HAND_ON_MS = 1_000;
/** What may wait for the database. Whatever exceeds it goes to the spool. */
const DATABASE_QUEUE = { items: 5_000, bytes: 64 * 1024 ** 2 };
/** Behind a slow write a delivery waits no longer than this: its own may take as long again, and the sender waits. */
const DATABASE_WAIT_MS = 1_500;
/** What may wait for the disk, which is quick: so much arrives at once only when the disk has stopped. */
const DISK_QUEUE = { items: 50_000, bytes: 512 * 1024 ** 2 };

const isOutcome = (result: StoredOutcome | Unstored): result is StoredOutcome => typeof result === "string";

function createIntake() {
  const { DATA_DIR, SPOOL_MAX_BYTES } = env();
  const spool = createSpool(join(DATA_DIR, "spool"), SPOOL_MAX_BYTES);
  const drain = createDrain(spool);
  const sizeOf = ({ receipt }: Delivery) => receipt.body.byteLength;

  /** Once one write has failed, those behind it are not made to find out for themselves, each as slowly. */
  async function store(deliveries: readonly Delivery[]): Promise<(StoredOutcome | Unstored)[]> {
    if (spool.oldest() !== null || hasRefusedWithin(HAND_ON_MS)) return deliveries.map(() => ({ tried: null }));
    return storeDeliveries(deliveries);
  }
  const append = async (records: readonly Spooled[]) => {
    await spool.append(records);
    return records;
  };
  return {
    spool,
    drain,
    store: createBatcher({ write: store, sizeOf, maxWaiting: DATABASE_QUEUE, maxWaitMs: DATABASE_WAIT_MS }),
    /** For when the disk does not take any more: in batches that a slow database can store in time. */
    storeAnyway: createBatcher({ write: storeDeliveries, sizeOf, maxWaiting: DATABASE_QUEUE, succeeded: isOutcome }),
    append: createBatcher({
      write: append,
      sizeOf: ({ body }: Spooled) => body.byteLength,
      maxWaiting: DISK_QUEUE,
    }),
    stopping: false,
  };
}

const intake = single("intake", createIntake);

const unavailable = (message: string, cause?: unknown) => new AppError("unavailable", message, RETRY_AFTER, { cause });

/** A sender that kept its connection and asked again over it would keep the server from ending. */
const stopped = () =>
  new AppError("unavailable", "Shutting down. Send this again.", { ...RETRY_AFTER, Connection: "close" });

/** What waits on the disk of a body: of an event that is not counted only what the ledger lists. */
function keptBody({ kind, receipt }: Delivery): Buffer {
  if (kind !== "ignored") return redacted(receipt.body);
  const { eventId, event, linkId, clickId, clickedAt, ip } = receipt;
  const data = { link: { id: linkId }, click: { id: clickId, timestamp: clickedAt, ip } };
  return Buffer.from(JSON.stringify({ id: eventId, event, data }));
}

/** What became of a delivery, and as far as it was read, when its click was. */
export type Taken = { outcome: StoredOutcome | "spooled"; receivedAt: Date; clickedAt: Date | null };

/**
 * Takes an authentic delivery: returns when it is in the database, or on disk while the database is away. As long as
 * anything waits there, everything waits behind it.
 *
 * @throws AppError with `Retry-After` when neither takes it, or when the server stops
 */
export async function acceptDelivery(body: Buffer, secretId: number): Promise<Taken> {
  const { spool, drain, store, storeAnyway, append, stopping } = intake();
  if (stopping) throw stopped();
  const receivedAt = new Date();
  const delivery = readDelivery(SENDER, body, receivedAt, secretId);
  const { clickedAt } = delivery.receipt;
  const via = async (storing: typeof store): Promise<Taken | Unstored> => {
    const result = await storing(delivery).catch((error: unknown): Unstored => {
      if (error instanceof BatcherFull) return { tried: null };
      throw error;
    });
    return isOutcome(result) ? { outcome: result, receivedAt, clickedAt } : result;
  };
  const first = spool.oldest() === null ? await via(store) : { tried: null };
  if ("outcome" in first) return first;
  const { tried } = first;
  try {
    await append({ receivedAt, secretId, tried, body: keptBody(delivery) });
    noteSpooling(null);
  } catch (error) {
    noteSpooling(error);
    const result = drain.trouble() === "database" ? null : await via(storeAnyway);
    if (result && "outcome" in result) return result;
    throw unavailable("Neither the database nor the spool accepts writes. Send this again.", error);
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

/** Goes on with what an earlier process has left in the spool. */
export function drainSpool(): void {
  intake().drain.wake();
}

/**
 * How much waits in this server's spool: deliveries, their bytes, how many bytes there may be, and for how many
 * milliseconds nothing has come out of it although something waits.
 */
export function spoolDepth(): { bytes: number; limit: number; waiting: number; stalledForMs: number } {
  const { spool, drain } = intake();
  return {
    bytes: spool.bytes(),
    limit: env().SPOOL_MAX_BYTES,
    waiting: spool.waiting(),
    stalledForMs: drain.stalledForMs(),
  };
}

/** Whether the disk takes deliveries now; it is tried: it may be full, read-only or away. */
export const isSpoolWritable = (): Promise<boolean> => intake().spool.isWritable();

/** Whether deliveries can wait on the disk while the database is away. */
export async function takesIntoSpool(): Promise<boolean> {
  return !intake().stopping && hasRoom(spoolDepth()) && (await isSpoolWritable());
}

/** The name of this server's spool, which is the server's own. */
export const spoolName = (): string => intake().spool.id();

/** From now on nothing new is taken; what was taken is on disk. */
export async function stopIntake(): Promise<void> {
  intake().stopping = true;
  await intake().drain.stop();
  await intake().spool.close();
}
