import "server-only";
import { join } from "node:path";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { createBatcher } from "@/lib/ingest/batcher";
import { withoutPasswords } from "@/lib/ingest/passwords";
import { type Delivery, readDelivery } from "@/lib/ingest/payload";
import { RETRY_AFTER } from "@/lib/ingest/secrets";
import { createDrain } from "@/lib/ingest/spool/drain";
import type { Spooled } from "@/lib/ingest/spool/record";
import { createSpool } from "@/lib/ingest/spool/spool";
import { type Outcome, storeDeliveries } from "@/lib/ingest/store";
import { log } from "@/lib/log";

function createIntake() {
  const { DATA_DIR, SPOOL_MAX_BYTES } = env();
  const spool = createSpool(join(DATA_DIR, "spool"), SPOOL_MAX_BYTES);
  const drain = createDrain(spool);
  const append = async (records: readonly Spooled[]) => {
    await spool.append(records);
    return records;
  };
  return {
    spool,
    drain,
    store: createBatcher(storeDeliveries, ({ receipt }: Delivery) => receipt.body.byteLength),
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

/**
 * Takes an authentic delivery: returns when it is in the database, or on disk while the database is away. As long as
 * anything waits there, everything waits behind it.
 *
 * @throws AppError with `Retry-After` when neither takes it, or when the server stops
 */
export async function acceptDelivery(body: Buffer): Promise<Outcome | "spooled"> {
  const { spool, drain, store, append, stopping } = intake();
  if (stopping) throw unavailable("The server stops. Send this again.");
  const receivedAt = new Date();
  let tried: string | null = null;
  if (spool.oldest() === null) {
    const result = await store(readDelivery(body, receivedAt));
    if (typeof result === "string") return result;
    tried = result.tried;
  }
  try {
    await append({ receivedAt, tried, body: withoutPasswords(body) });
  } catch (error) {
    log.error({ err: error }, "a delivery could not be spooled");
    const result = tried || drain.isFailing() ? null : await store(readDelivery(body, receivedAt));
    if (typeof result === "string") return result;
    throw unavailable("Neither the database nor the disk can take deliveries now. Send this again.", error);
  }
  drain.wake();
  return "spooled";
}

/** Goes on with what an earlier process has left in the spool. */
export function drainSpool(): void {
  intake().drain.wake();
}

/** Bytes that wait in this server's spool, and how many there may be. */
export function spoolDepth(): { bytes: number; limit: number } {
  return { bytes: intake().spool.bytes(), limit: env().SPOOL_MAX_BYTES };
}

/** From now on nothing new is taken; what was taken is on disk. */
export async function stopIntake(): Promise<void> {
  intake().stopping = true;
  await intake().drain.stop();
  await intake().spool.close();
}
