import "server-only";
import { ingestDb } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Prisma } from "@/lib/generated/prisma/client";
import { classify } from "@/lib/ingest/classify";
import { isBadData, sqlState } from "@/lib/ingest/database-error";
import type { Delivery } from "@/lib/ingest/payload";
import { RETRY_AFTER, serverKey } from "@/lib/ingest/secrets";
import { type ClickRow, storeClicks } from "@/lib/ingest/store-clicks";
import { type LedgerRow, storeLedger } from "@/lib/ingest/store-ledger";
import { storeLinks } from "@/lib/ingest/store-links";
import { announceClicks } from "@/lib/live/announce";
import { log } from "@/lib/log";
import { WRITE_LOCK } from "@/lib/write-lock";

export type Outcome = "counted" | LedgerRow["outcome"];

/** The sender waits, and takes a late answer for a failure: better to tell it to come back. */
const LIMIT_MS = 4_500;
/** Longer than opening a connection may take, so that the reason given is the connection's. */
const TRANSACTION = { maxWait: 4_000, timeout: 4_000 };

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

async function storeOneByOne(deliveries: readonly Delivery[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const delivery of deliveries) outcomes.push(...(await storeDeliveries([delivery])));
  return outcomes;
}

/**
 * Stores deliveries in one transaction, and returns what became of each, in their order, after the commit. One whose
 * values the database refuses is quarantined and does not take the others with it.
 *
 * @throws AppError with `Retry-After` when the database cannot take them now; nothing is stored then, or all of it, and
 * sending them again is right either way
 */
export async function storeDeliveries(deliveries: readonly Delivery[]): Promise<Outcome[]> {
  const key = serverKey();
  try {
    const outcomes = await inTime(ingestDb().$transaction((tx) => write(tx, deliveries, key), TRANSACTION));
    if (outcomes.includes("counted")) announceClicks();
    return outcomes;
  } catch (error) {
    if (isBadData(error)) {
      if (deliveries.length > 1) return storeOneByOne(deliveries);
      const [delivery] = deliveries;
      if (delivery && "link" in delivery) {
        const reason = `the database refused a value (${sqlState(error)})`;
        return storeDeliveries([{ kind: "quarantined", receipt: delivery.receipt, reason }]);
      }
    }
    log.error({ err: error }, "deliveries could not be stored");
    throw new AppError("unavailable", "The database cannot take deliveries now. Send this again.", RETRY_AFTER, {
      cause: error,
    });
  }
}
