import "server-only";
import { createHmac, randomUUID } from "node:crypto";
import pg from "pg";
import { z } from "zod";
import { visitorAddress } from "@/lib/base/addresses";
import { ingestDb } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { WRITE_LOCK } from "@/lib/base/write-lock";
import { addressSql, mentionsAddress } from "@/lib/deliveries/address-match";
import { serverKey } from "@/lib/deliveries/secrets/secret";
import { storedBodies } from "@/lib/deliveries/stored-bodies";
import { Prisma } from "@/lib/generated/prisma/client";
import { type Delivery, readDelivery } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";

/** Hash that stands for an IP address in a stored deletion. */
const addressHash = (ip: string): string =>
  createHmac("sha256", serverKey())
    .update(`deleted address\0${visitorAddress(ip)}`)
    .digest("base64url");

/** Which clicks to delete: those that match all fields. */
export type DeletionFilter = { linkId?: string; ip?: string; before?: Date };

/** Stores what is being deleted. Waits for running writes, so that their rows are deleted too; later writes see the deletion. */
async function rememberDeletion({ ip, ...rest }: DeletionFilter): Promise<void> {
  await ingestDb().$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${WRITE_LOCK})`;
    const data = { ...rest, ...(ip !== undefined && { ipHash: addressHash(ip) }) };
    await tx.deletion.create({ data: { id: randomUUID(), requestedAt: new Date(), ...data } });
  });
}

/**
 * Which deliveries of a spool may be stored: not those received before a deletion that covers them. Holds the write
 * lock, shared, so that no deletion is missed. `since`: receipt of the first.
 */
export async function notDeleted(tx: Prisma.TransactionClient, since: Date): Promise<(delivery: Delivery) => boolean> {
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(${WRITE_LOCK})`;
  const deletions = await tx.deletion.findMany({ where: { requestedAt: { gt: since } } });
  return ({ receipt: { receivedAt, linkId, clickedAt, ip } }) =>
    !deletions.some(
      (deletion) =>
        receivedAt < deletion.requestedAt &&
        (deletion.linkId === null || deletion.linkId === linkId) &&
        (deletion.ipHash === null || (ip !== null && deletion.ipHash === addressHash(ip))) &&
        (deletion.before === null || (clickedAt ?? receivedAt) < deletion.before),
    );
}

/** Numbers of deleted clicks and listed deliveries; quarantined ones are included. */
export type Deleted = z.infer<typeof Deleted>;
const Deleted = z.object({ clicks: z.int(), deliveries: z.int(), quarantined: z.int() });

const TRANSACTION = { timeout: 15 * 60_000, maxWait: 30_000 };

function assertNamed({ linkId, ip, before }: DeletionFilter): void {
  if (linkId === undefined && ip === undefined && before === undefined) throw new RangeError("Choose what to delete.");
}

/** The conditions of the fields that a filter has, as one. */
const allSql = (...conditions: (Prisma.Sql | false)[]): Prisma.Sql =>
  Prisma.join(
    conditions.filter((condition) => condition !== false),
    " and ",
  );

const clicksSql = ({ linkId, ip, before }: DeletionFilter): Prisma.Sql =>
  allSql(
    linkId !== undefined && Prisma.sql`link_id = ${linkId}`,
    ip !== undefined && addressSql(ip),
    before !== undefined && Prisma.sql`clicked_at < ${before}`,
  );

/** Whether a spooled delivery matches the filter. */
export function matchesSpooled(body: Buffer, receivedAt: Date | null, { linkId, ip, before }: DeletionFilter): boolean {
  const { receipt } = readDelivery(SENDER, body, receivedAt ?? new Date());
  if (linkId !== undefined && receipt.linkId !== linkId) return false;
  if (before !== undefined && (receipt.clickedAt ?? receipt.receivedAt) >= before) return false;
  return ip === undefined || mentionsAddress(body, ip);
}

/** Ids of listed deliveries whose body contains an IP address. It is only in the body, so all bodies are read. */
async function deliveriesOf(tx: Prisma.TransactionClient, ip: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { id, body } of storedBodies(tx, Prisma.sql`true`)) {
    if (mentionsAddress(body, ip)) found.push(id.toString());
  }
  return found;
}

/** Condition for listed deliveries to delete: those that match all fields, and duplicates of deleted clicks. */
async function deliveriesSql(tx: Prisma.TransactionClient, filter: DeletionFilter): Promise<Prisma.Sql> {
  const { linkId, ip, before } = filter;
  const matching = allSql(
    linkId !== undefined && Prisma.sql`link_id = ${linkId}`,
    ip !== undefined && Prisma.sql`id = any(${await deliveriesOf(tx, ip)}::bigint[])`,
    before !== undefined && Prisma.sql`coalesce(clicked_at, received_at) < ${before}`,
  );
  return Prisma.sql`(${matching}) or (outcome = 'duplicate'
    and (link_id, click_id) in (select link_id, click_id from click where ${clicksSql(filter)}))`;
}

async function countIn(tx: Prisma.TransactionClient, filter: DeletionFilter, deliveries: Prisma.Sql): Promise<Deleted> {
  const sql = Prisma.sql`
    select (select count(*)::int from click where ${clicksSql(filter)}) as clicks, count(*)::int as deliveries,
           (count(*) filter (where outcome = 'quarantined'))::int as quarantined
    from delivery where ${deliveries}`;
  return z.tuple([Deleted]).parse(await tx.$queryRaw(sql))[0];
}

/** Runs without time-outs: deleting a year of clicks takes a while. */
function patiently<T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
  return ingestDb().$transaction(async (tx) => {
    await tx.$executeRaw`set local statement_timeout = 0`;
    await tx.$executeRaw`set local idle_in_transaction_session_timeout = 0`;
    return work(tx);
  }, TRANSACTION);
}

/** How much `deleteClicks` would delete. @throws RangeError without any filter, which would be everything */
export async function countMatching(filter: DeletionFilter): Promise<Deleted> {
  assertNamed(filter);
  return patiently(async (tx) => countIn(tx, filter, await deliveriesSql(tx, filter)));
}

/**
 * Deletes clicks and all listed deliveries about them, and stores the deletion: matching deliveries in a spool, or in one
 * restored from a backup, aren't stored later. The only code that deletes clicks: it makes every mirror rebuild its file.
 *
 * @throws RangeError without any filter, which would be everything
 */
export async function deleteClicks(filter: DeletionFilter): Promise<Deleted> {
  assertNamed(filter);
  await rememberDeletion(filter);
  return patiently(async (tx) => {
    const deliveries = await deliveriesSql(tx, filter);
    const counts = await countIn(tx, filter, deliveries);
    await tx.$executeRaw(Prisma.sql`delete from delivery where ${deliveries}`);
    const clicks = await tx.$executeRaw(Prisma.sql`delete from click where ${clicksSql(filter)}`);
    // Else every mirror would be rebuilt for nothing.
    if (clicks > 0) await tx.dataset.updateMany({ data: { generation: { increment: 1 } } });
    return { ...counts, clicks };
  });
}

/**
 * Frees the space of deleted and changed rows, so that they can't be read from the database's files. Over a connection of
 * its own: on a large table it takes longer than any statement may.
 */
export async function vacuumDeleted(signal?: AbortSignal): Promise<void> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL });
  // The error reaches the statement that runs, too.
  client.on("error", () => {});
  const leave = () => void client.end();
  signal?.addEventListener("abort", leave);
  await client.connect();
  try {
    for (const table of ["click", "delivery"]) await client.query(`vacuum ${table}`);
  } finally {
    signal?.removeEventListener("abort", leave);
    await client.end();
  }
}
