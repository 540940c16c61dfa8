import "server-only";
import { randomUUID } from "node:crypto";
import { ingestDb } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import { inTime } from "@/lib/in-time";
import { inHalves, isHopeless, refusalWords } from "@/lib/ingest/hopeless";
import { type Delivery, readDelivery } from "@/lib/ingest/payload";
import { serverKey } from "@/lib/ingest/secrets/server-key";
import { type Outcome, settle } from "@/lib/ingest/settle";
import type { Waiting } from "@/lib/ingest/spool/spool";
import { beginBatch, claimBatches, keepPlace } from "@/lib/ingest/store-batch";
import { storeLedger } from "@/lib/ingest/store-ledger";
import { announceClicks } from "@/lib/live/announce";
import { log } from "@/lib/log";
import { observeBatch } from "@/lib/metrics/instruments";

/**
 * Not stored, as far as is known: the answer to the commit of the transaction `tried` may have been lost on its way. Null
 * when none was begun.
 */
export type Unstored = { tried: string | null };

/**
 * The sender waits, and takes a late answer for a failure: better to write to the spool. The write may still succeed then;
 * sent again, the same delivery is a duplicate.
 */
const LIMIT_MS = 3_500;
/** Longer than opening a connection may take, so that the reason given is the connection's. */
const TRANSACTION = { maxWait: 3_200, timeout: 3_200 };

/** Stores deliveries and lists those that are no new clicks. */
async function write(tx: Prisma.TransactionClient, deliveries: readonly Delivery[], key: string): Promise<Outcome[]> {
  const settled = await settle(tx, deliveries, key);
  await storeLedger(
    tx,
    settled.flatMap(({ outcome, reason, delivery: { receipt } }) =>
      outcome === "counted" ? [] : { receipt, outcome, reason },
    ),
  );
  return settled.map(({ outcome }) => outcome);
}

/** A delivery that cannot be stored as what it says, whole and with the reason; null when it was that already. */
function quarantined(delivery: Delivery, error: unknown): Delivery | null {
  if (!("link" in delivery)) return null;
  return { kind: "quarantined", receipt: delivery.receipt, reason: refusalWords(error) };
}

/** Runs one transaction that knows of no others. `before` is the first thing it does. */
async function transact(
  deliveries: readonly Delivery[],
  before: (tx: Prisma.TransactionClient) => Promise<unknown>,
): Promise<Outcome[]> {
  const key = serverKey();
  const work = async (tx: Prisma.TransactionClient) => {
    await before(tx);
    return write(tx, deliveries, key);
  };
  const begun = performance.now();
  const outcomes = await inTime(ingestDb().$transaction(work, TRANSACTION), LIMIT_MS, "the database takes too long");
  observeBatch(deliveries.length, performance.now() - begun);
  if (outcomes.includes("counted")) announceClicks();
  return outcomes;
}

/**
 * Stores deliveries, in one transaction if none of them stands in the way, and returns what became of each, in their
 * order, after the commit. One whose values the database refuses is quarantined and does not take the others with it.
 * Never throws.
 */
export async function storeDeliveries(deliveries: readonly Delivery[]): Promise<(Outcome | Unstored)[]> {
  const batch = randomUUID();
  try {
    return await transact(deliveries, (tx) => beginBatch(tx, batch));
  } catch (error) {
    if (isHopeless(error)) {
      const [first, ...others] = deliveries;
      if (others.length > 0) return inHalves(deliveries, storeDeliveries);
      const instead = first && quarantined(first, error);
      if (instead) return storeDeliveries([instead]);
    }
    log.error({ err: error }, "deliveries could not be stored");
    return deliveries.map(() => ({ tried: batch }));
  }
}

/**
 * Stores deliveries that have waited in the spool `spool`, in their order, together with the place that has been
 * reached: after a crash none is stored a second time. One that an earlier transaction has stored after all is left out.
 *
 * @throws whatever the database says when it cannot take them now; those before the one at fault may be stored then
 */
export async function storeSpooled(spool: string, waiting: readonly Waiting[]): Promise<void> {
  const last = waiting.at(-1);
  if (!last) return;
  const delivery = ({ body, receivedAt, secretId }: Waiting) => readDelivery(body, receivedAt, secretId);
  const attempt = async (deliveries: readonly Delivery[]) =>
    transact(deliveries, (tx) => keepPlace(tx, spool, last.end));
  try {
    const stored = await claimBatches(waiting.flatMap(({ tried }) => tried ?? []));
    await attempt(waiting.filter(({ tried }) => tried === null || !stored.has(tried)).map(delivery));
  } catch (error) {
    if (!isHopeless(error)) throw error;
    if (waiting.length > 1) {
      await inHalves(waiting, async (half) => [await storeSpooled(spool, half)]);
      return;
    }
    const instead = quarantined(delivery(last), error);
    if (!instead) throw error;
    await attempt([instead]);
  }
}
