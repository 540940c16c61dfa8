import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { ingestDb } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import { classify } from "@/lib/ingest/classify";
import { isBadData, sqlState } from "@/lib/ingest/database-error";
import { type Delivery, readDelivery } from "@/lib/ingest/payload";
import { serverKey } from "@/lib/ingest/secrets";
import type { Waiting } from "@/lib/ingest/spool/spool";
import { beginBatch, claimBatches, keepPlace } from "@/lib/ingest/store-batch";
import { type ClickRow, storeClicks } from "@/lib/ingest/store-clicks";
import { type LedgerRow, storeLedger } from "@/lib/ingest/store-ledger";
import { storeLinks } from "@/lib/ingest/store-links";
import { announceClicks } from "@/lib/live/announce";
import { log } from "@/lib/log";
import { WRITE_LOCK } from "@/lib/write-lock";

export type Outcome = "counted" | LedgerRow["outcome"];

/** Not stored, as far as is known: the answer to this transaction's commit may have been lost on its way. */
export type Unstored = { tried: string };

/** The sender waits, and takes a late answer for a failure: better to write to the spool. */
const LIMIT_MS = 3_500;
/** Longer than opening a connection may take, so that the reason given is the connection's. */
const TRANSACTION = { maxWait: 3_200, timeout: 3_200 };

function clickRow({ click, receipt }: Extract<Delivery, { kind: "click" }>, key: string): ClickRow {
  return { ...click, ...classify(click, key), eventId: receipt.eventId, receivedAt: receipt.receivedAt };
}

async function write(tx: Prisma.TransactionClient, deliveries: readonly Delivery[], key: string): Promise<Outcome[]> {
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(${WRITE_LOCK})`;
  const rows = new Map<Delivery, ClickRow>();
  for (const delivery of deliveries) if (delivery.kind === "click") rows.set(delivery, clickRow(delivery, key));
  const links = deliveries.flatMap((delivery) => ("link" in delivery ? delivery.link : []));
  const isStored = await storeLinks(tx, links);
  const fresh = await storeClicks(tx, [...rows.values()]);

  const ledger: LedgerRow[] = [];
  const list = (delivery: Delivery, outcome: LedgerRow["outcome"], reason: string): Outcome => {
    ledger.push({ receipt: delivery.receipt, outcome, reason });
    return outcome;
  };
  const outcomes = deliveries.map((delivery): Outcome => {
    const row = rows.get(delivery);
    if (row) return fresh.has(row) ? "counted" : list(delivery, "duplicate", "this click is counted already");
    if ("reason" in delivery) return list(delivery, delivery.kind, delivery.reason);
    if (delivery.link.deletedAt !== null) return list(delivery, "ignored", "link deleted");
    const reason = isStored(delivery.link) ? "link metadata updated" : "not newer than what is known";
    return list(delivery, "ignored", reason);
  });
  await storeLedger(tx, ledger);
  return outcomes;
}

/** Gives up waiting in time. The write may still succeed then; sent again, the same delivery is a duplicate. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the database takes too long")), LIMIT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What sending again does not cure: values that Postgres refuses, and what our own code cannot handle. */
const isHopeless = (error: unknown): boolean =>
  isBadData(error) || error instanceof TypeError || error instanceof RangeError || error instanceof z.ZodError;

/** A delivery that cannot be stored as what it says, whole and with the reason; null when it was that already. */
function quarantined(delivery: Delivery, error: unknown): Delivery | null {
  if (!("link" in delivery)) return null;
  const state = sqlState(error);
  const reason = state ? `the database refused a value (${state})` : "it could not be stored";
  return { kind: "quarantined", receipt: delivery.receipt, reason };
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
  const outcomes = await inTime(ingestDb().$transaction(work, TRANSACTION));
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

/** Goes on with each half: the one bad value is found after few transactions, however many deliveries there are. */
async function inHalves<Item, Result>(
  items: readonly Item[],
  store: (items: readonly Item[]) => Promise<Result[]>,
): Promise<Result[]> {
  const middle = Math.ceil(items.length / 2);
  const first = await store(items.slice(0, middle));
  return [...first, ...(await store(items.slice(middle)))];
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
  const delivery = ({ body, receivedAt }: Waiting) => readDelivery(body, receivedAt);
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
