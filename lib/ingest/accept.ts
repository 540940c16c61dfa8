import "server-only";
import { join } from "node:path";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { createBatcher } from "@/lib/ingest/batcher";
import { withoutPasswords } from "@/lib/ingest/passwords";
import { type Delivery, readDelivery } from "@/lib/ingest/payload";
import { RETRY_AFTER } from "@/lib/ingest/secrets/server-key";
import type { Outcome } from "@/lib/ingest/settle";
import { createDrain } from "@/lib/ingest/spool/drain";
import type { Spooled } from "@/lib/ingest/spool/record";
import { hasRoom } from "@/lib/ingest/spool/room";
import { createSpool } from "@/lib/ingest/spool/spool";
import { storeDeliveries, type Unstored } from "@/lib/ingest/store";
import { log } from "@/lib/log";

/** Until the deliveries of a write that failed are in the spool, behind which others wait by themselves. */
const HAND_ON_MS = 1_000;

function createIntake() {
  const { DATA_DIR, SPOOL_MAX_BYTES } = env();
  const spool = createSpool(join(DATA_DIR, "spool"), SPOOL_MAX_BYTES);
  const drain = createDrain(spool);
  const sizeOf = ({ receipt }: Delivery) => receipt.body.byteLength;
  let failedAt = Number.NEGATIVE_INFINITY;

  /** Once one write has failed, those behind it are not made to find out for themselves, each as slowly. */
  async function store(deliveries: readonly Delivery[]): Promise<(Outcome | Unstored)[]> {
    if (spool.oldest() !== null || performance.now() - failedAt < HAND_ON_MS)
      return deliveries.map(() => ({ tried: null }));
    const results = await storeDeliveries(deliveries);
    if (results.some((result) => typeof result !== "string")) failedAt = performance.now();
    return results;
  }
  const append = async (records: readonly Spooled[]) => {
    await spool.append(records);
    return records;
  };
  return {
    spool,
    drain,
    store: createBatcher(store, sizeOf),
    /** For when the disk does not take any more. */
    storeAnyway: createBatcher(storeDeliveries, sizeOf),
    append: createBatcher(append, ({ body }: Spooled) => body.byteLength),
    stopping: false,
  };
}

// instrumentation.ts and the routes are separate builds in one process: only globalThis is shared.
const shared = globalThis as { footfallIntake?: ReturnType<typeof createIntake> };

function intake() {
  shared.footfallIntake ??= createIntake();
  return shared.footfallIntake;
}

const unavailable = (message: string, cause?: unknown) => new AppError("unavailable", message, RETRY_AFTER, { cause });

/** A sender that kept its connection and asked again over it would keep the server from ending. */
const stopped = () =>
  new AppError("unavailable", "The server stops. Send this again.", { ...RETRY_AFTER, Connection: "close" });

/** What became of a delivery, and as far as it was read, when its click was. */
export type Taken = { outcome: Outcome | "spooled"; receivedAt: Date; clickedAt: Date | null };

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
  const via = async (storing: typeof store): Promise<Taken | Unstored> => {
    const delivery = readDelivery(body, receivedAt, secretId);
    const result = await storing(delivery);
    const { clickedAt } = delivery.receipt;
    return typeof result === "string" ? { outcome: result, receivedAt, clickedAt } : result;
  };
  const first = spool.oldest() === null ? await via(store) : { tried: null };
  if ("outcome" in first) return first;
  const { tried } = first;
  try {
    await append({ receivedAt, secretId, tried, body: withoutPasswords(body) });
  } catch (error) {
    log.error({ err: error }, "a delivery could not be spooled");
    const result = tried || drain.isFailing() ? null : await via(storeAnyway);
    if (result && "outcome" in result) return result;
    throw unavailable("Neither the database nor the disk can take deliveries now. Send this again.", error);
  }
  drain.wake();
  return { outcome: "spooled", receivedAt, clickedAt: null };
}

/** Goes on with what an earlier process has left in the spool. */
export function drainSpool(): void {
  intake().drain.wake();
}

/** How much waits in this server's spool: deliveries, their bytes, and how many bytes there may be. */
export function spoolDepth(): { bytes: number; limit: number; waiting: number } {
  const { spool } = intake();
  return { bytes: spool.bytes(), limit: env().SPOOL_MAX_BYTES, waiting: spool.waiting() };
}

/** Whether deliveries can wait on the disk while the database is away. The disk is tried: it may be full or read-only. */
export async function takesIntoSpool(): Promise<boolean> {
  return !intake().stopping && hasRoom(spoolDepth()) && (await intake().spool.isWritable());
}

/** The name of this server's spool, which is the server's own. */
export const spoolName = (): string => intake().spool.id();

/** From now on nothing new is taken; what was taken is on disk. */
export async function stopIntake(): Promise<void> {
  intake().stopping = true;
  await intake().drain.stop();
  await intake().spool.close();
}
