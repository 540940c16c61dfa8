import "server-only";
import { ingestDb, retryDb } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { log } from "@/lib/base/log";
import { observeBatch } from "@/lib/base/metrics";
import { sqlState } from "@/lib/base/sql-state";
import { MINUTE } from "@/lib/base/time";
import { withTimeout } from "@/lib/base/with-timeout";
import { WRITE_LOCK } from "@/lib/base/write-lock";
import type { StoredClick } from "@/lib/click/fields";
import { keptAddress } from "@/lib/click/kept-address";
import { classify } from "@/lib/click/visitor";
import { announceClicks } from "@/lib/deliveries/announce";
import {
  inHalves,
  isLostConnection,
  isPermanentError,
  noteWrite,
  permanentErrorText,
} from "@/lib/deliveries/database-state";
import { notDeleted } from "@/lib/deliveries/delete-clicks";
import { type PrivacyRules, rulesFor } from "@/lib/deliveries/privacy/rules";
import { serverKey } from "@/lib/deliveries/secrets/secret";
import { SpoolPositionMoved, saveSpoolPosition } from "@/lib/deliveries/spool/position";
import type { SpoolEntry, SpoolPosition } from "@/lib/deliveries/spool/spool";
import { storeClicks } from "@/lib/deliveries/store-clicks";
import { storeLinks } from "@/lib/deliveries/store-links";
import { storeUncounted, TOO_OLD, type UncountedDelivery } from "@/lib/deliveries/store-uncounted";
import type { Prisma } from "@/lib/generated/prisma/client";
import { type Delivery, readDelivery } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";

export type StoredOutcome = "counted" | UncountedDelivery["outcome"];

/** Outcome of a delivery, with the reason shown in the list of deliveries. */
export type Processed = { delivery: Delivery; outcome: StoredOutcome; reason: string };

const REPEATED = "repeated with another time";
const COUNTED_ALREADY = "this click is counted already";

/**
 * The visitor of a delivery whose address was cut before it was counted: told apart then, or null when it couldn't be.
 * Undefined for any other.
 */
type KnownVisitor = (delivery: Delivery) => string | null | undefined;

const visitorIsInDelivery: KnownVisitor = () => undefined;

/** The visitor is the one of the whole address, whatever is kept of it. */
function clickRow(
  delivery: Extract<Delivery, { kind: "click" }>,
  key: string,
  { keptAddress: kept, saltAt }: PrivacyRules,
  knownVisitor: KnownVisitor,
): StoredClick {
  const { click } = delivery;
  const { eventId, receivedAt, secretId } = delivery.receipt;
  const known = knownVisitor(delivery);
  const hasWholeAddress = known === undefined;
  const traits = hasWholeAddress ? click : { ...click, ip: null };
  const classified = classify(traits, { key, salt: saltAt(click.clickedAt) });
  const visitor = known ? { visitor: known, visitorEstimated: false } : {};
  return { ...click, ip: keptAddress(click.ip, kept), ...classified, ...visitor, eventId, receivedAt, secretId };
}

/** Stores the links and clicks of deliveries, and returns the outcome of each, in order. Doesn't list them. */
export async function processDeliveries(
  tx: Prisma.TransactionClient,
  deliveries: readonly Delivery[],
  key: string,
  knownVisitor: KnownVisitor = visitorIsInDelivery,
): Promise<{ processed: Processed[]; rules: PrivacyRules }> {
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(${WRITE_LOCK})`;
  const rules = await rulesFor(tx, deliveries);
  const isTooOld = ({ receipt: { clickedAt } }: Delivery) =>
    clickedAt !== null && rules.prunedBefore !== null && clickedAt < rules.prunedBefore;
  const rows = new Map<Delivery, StoredClick>();
  for (const delivery of deliveries) {
    if (delivery.kind === "click" && !isTooOld(delivery))
      rows.set(delivery, clickRow(delivery, key, rules, knownVisitor));
  }
  const links = deliveries.flatMap((delivery) => ("link" in delivery ? delivery.link : []));
  const isStored = await storeLinks(tx, links);
  const clicks = await storeClicks(tx, [...rows.values()], env().REPEAT_WINDOW_MINUTES * MINUTE);

  const processed = deliveries.map((delivery): Processed => {
    const row = rows.get(delivery);
    const stored = row && clicks.get(row);
    if (stored === "new") return { delivery, outcome: "counted", reason: "counted" };
    if (stored) return { delivery, outcome: "duplicate", reason: stored === "repeat" ? REPEATED : COUNTED_ALREADY };
    if ("reason" in delivery) return { delivery, outcome: delivery.kind, reason: delivery.reason };
    if (delivery.kind === "click") return { delivery, outcome: "ignored", reason: TOO_OLD };
    if (delivery.link.deletedAt !== null) return { delivery, outcome: "ignored", reason: "link deleted" };
    const reason = isStored(delivery.link) ? "link metadata updated" : "not newer than what is known";
    return { delivery, outcome: "ignored", reason };
  });
  return { processed, rules };
}

/** Time-outs of one transaction: to get a connection, in the database, and until its caller stops waiting. */
type TimeLimits = { connectMs: number; statementMs: number; limitMs: number };

/**
 * The sender waits, and treats a late answer as a failure: better to write to the spool. The write may still succeed;
 * then the delivery is a duplicate. Longer than the connection time-out, so that the error names the connection.
 */
const REQUEST_LIMITS: TimeLimits = { connectMs: 3_200, statementMs: 3_200, limitMs: 3_500 };
/** Draining the spool isn't time-critical: a slow database gets a minute per step. */
const DRAIN_LIMITS: TimeLimits = { connectMs: 10_000, statementMs: 60_000, limitMs: 75_000 };

/** The delivery as a quarantined one, with the reason; null if it has no click or link to store. */
const quarantined = (delivery: Delivery, error: unknown): Delivery | null =>
  "link" in delivery ? { kind: "quarantined", receipt: delivery.receipt, reason: permanentErrorText(error) } : null;

const KEEP_ALL = async () => () => true;

/** Less time than this isn't enough to try again. */
const LEAST_MS = 500;

/**
 * Stores deliveries, and lists those that aren't new clicks, in one transaction. `begin` runs first and returns which to
 * store. Postgres ends any statement that takes longer than `statementMs`: then nobody waits for it, and its connection
 * must be free again. When a connection breaks before anything can be stored, it is done again at once on a new one.
 */
async function transact(
  deliveries: readonly Delivery[],
  { connectMs, statementMs, limitMs }: TimeLimits,
  begin: (tx: Prisma.TransactionClient) => Promise<(delivery: Delivery) => boolean>,
): Promise<StoredOutcome[]> {
  const key = serverKey();
  let isWritten = false;
  const work = async (tx: Prisma.TransactionClient) => {
    await tx.$executeRaw`select set_config('statement_timeout', ${String(statementMs)}, true)`;
    const isWanted = await begin(tx);
    const { processed, rules } = await processDeliveries(tx, deliveries.filter(isWanted), key);
    const uncounted = processed.flatMap(({ outcome, reason, delivery: { receipt } }) =>
      outcome === "counted" ? [] : { receipt, outcome, reason },
    );
    await storeUncounted(tx, uncounted, key, rules);
    isWritten = true;
    return processed.map(({ outcome }) => outcome);
  };
  const begun = performance.now();
  const attempt = (database: typeof ingestDb, leftMs: number) => {
    const transaction = database().$transaction(work, { maxWait: connectMs, timeout: statementMs });
    return withTimeout(transaction, leftMs, "the database takes too long");
  };
  const outcomes = await attempt(ingestDb, limitMs).catch((error: unknown) => {
    const leftMs = limitMs - (performance.now() - begun);
    if (!isLostConnection(error, isWritten) || leftMs < LEAST_MS) throw error;
    log.info({ err: error, code: sqlState(error) }, "deliveries: the connection broke, trying again");
    return attempt(retryDb, leftMs);
  });
  observeBatch(deliveries.length, performance.now() - begun);
  if (outcomes.includes("counted")) announceClicks();
  return outcomes;
}

/**
 * Stores deliveries, in one transaction unless one has values that the database rejects: that one is quarantined. Never
 * throws.
 *
 * @returns the outcome of each, in order, after the commit. Null: not stored as far as we know. If a commit's answer
 *   was lost, a click that is stored again is a duplicate by its key.
 */
export async function storeDeliveries(deliveries: readonly Delivery[]): Promise<(StoredOutcome | null)[]> {
  try {
    const outcomes = await transact(deliveries, REQUEST_LIMITS, KEEP_ALL);
    noteWrite(null);
    return outcomes;
  } catch (error) {
    if (isPermanentError(error)) {
      const [first, ...others] = deliveries;
      if (others.length > 0) return inHalves(deliveries, storeDeliveries);
      const instead = first && quarantined(first, error);
      if (instead) return storeDeliveries([instead]);
    }
    noteWrite(error);
    return deliveries.map(() => null);
  }
}

/**
 * Stores deliveries that waited in a spool, in order, with the position reached: a crash stores none a second time.
 *
 * @param from the position that the database has saved for the spool
 * @returns the position that it has now
 * @throws whatever the database says when it can't take them now; those before the one at fault may be stored then
 */
export async function storeSpooled(
  spool: string,
  from: SpoolPosition | null,
  waiting: readonly SpoolEntry[],
): Promise<SpoolPosition> {
  const last = waiting.at(-1);
  if (!last) throw new RangeError("nothing waits");
  const attempt = (deliveries: readonly Delivery[]) =>
    transact(deliveries, DRAIN_LIMITS, async (tx) => {
      await saveSpoolPosition(tx, spool, from, last.end);
      return notDeleted(tx, waiting[0]?.receivedAt ?? last.receivedAt);
    });
  const delivery = ({ body, receivedAt, secretId }: SpoolEntry) => readDelivery(SENDER, body, receivedAt, secretId);
  try {
    await attempt(waiting.map(delivery));
    noteWrite(null);
    return last.end;
  } catch (error) {
    if (!isPermanentError(error)) {
      // The database did take deliveries then, in a transaction whose answer was lost.
      if (!(error instanceof SpoolPositionMoved)) noteWrite(error);
      throw error;
    }
    if (waiting.length > 1) {
      const middle = Math.ceil(waiting.length / 2);
      const reached = await storeSpooled(spool, from, waiting.slice(0, middle));
      return storeSpooled(spool, reached, waiting.slice(middle));
    }
    const instead = quarantined(delivery(last), error);
    if (!instead) throw error;
    await attempt([instead]);
    return last.end;
  }
}
