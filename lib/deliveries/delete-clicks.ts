import "server-only";
import { createHmac, randomUUID } from "node:crypto";
import pg from "pg";
import { z } from "zod";
import { isNetworkAddress, visitorAddress } from "@/lib/base/addresses";
import { databaseUrl } from "@/lib/base/database-parts";
import { UPKEEP_TRANSACTION, upkeepDb } from "@/lib/base/db";
import { WRITE_LOCK } from "@/lib/base/write-lock";
import type { VisitorKey } from "@/lib/click/visitor";
import { mentionsAddress } from "@/lib/deliveries/address-match";
import { lockWritesSoon } from "@/lib/deliveries/database-state";
import { serverKey } from "@/lib/deliveries/secrets/secret";
import { storedBodies } from "@/lib/deliveries/stored-bodies";
import {
  possibleVisitors,
  type VisitorMatch,
  visitorKeys,
  visitorMatch,
  type Whose,
} from "@/lib/deliveries/visitor-match";
import { Prisma } from "@/lib/generated/prisma/client";
import { type Delivery, readDelivery } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";

const rememberedHash = (text: string): string => createHmac("sha256", serverKey()).update(text).digest("base64url");

/** Hashes that stand for an IP address and a visitor in a stored deletion. */
const addressHash = (ip: string): string => rememberedHash(`deleted address\0${visitorAddress(ip)}`);
const visitorHash = (visitor: string): string => rememberedHash(`deleted visitor\0${visitor}`);

/** Which clicks to delete: those that match all fields. */
export type DeletionFilter = { linkId?: string; before?: Date } & Whose;

/**
 * Stores what is being deleted. Waits for running writes, so that their rows are deleted too; later writes see the deletion.
 *
 * @throws AppError unavailable when a write takes long
 */
async function rememberDeletion({ ip, visitor, ...rest }: DeletionFilter): Promise<void> {
  await upkeepDb().$transaction(async (tx) => {
    await lockWritesSoon(tx);
    const data = {
      ...rest,
      ...(ip !== undefined && { ipHash: addressHash(ip) }),
      ...(visitor !== undefined && { visitorHash: visitorHash(visitor) }),
    };
    await tx.deletion.create({ data: { id: randomUUID(), requestedAt: new Date(), ...data } });
  }, UPKEEP_TRANSACTION);
}

/**
 * Which deliveries of a spool may be stored: not those received before a deletion that covers them. Holds the write
 * lock, shared, so that no deletion is missed. `since`: receipt of the first.
 */
export async function notDeleted(tx: Prisma.TransactionClient, since: Date): Promise<(delivery: Delivery) => boolean> {
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(${WRITE_LOCK})`;
  const deletions = await tx.deletion.findMany({ where: { requestedAt: { gt: since } } });
  const keys = deletions.some((deletion) => deletion.visitorHash !== null) ? await visitorKeys(tx) : [];
  const isVisitor = (hash: string, delivery: Delivery) =>
    possibleVisitors(delivery, keys).some((visitor) => visitor !== null && visitorHash(visitor) === hash);
  return (delivery) => {
    const { receivedAt, linkId, clickedAt, ip } = delivery.receipt;
    return !deletions.some(
      (deletion) =>
        receivedAt < deletion.requestedAt &&
        (deletion.linkId === null || deletion.linkId === linkId) &&
        (deletion.ipHash === null || (ip !== null && deletion.ipHash === addressHash(ip))) &&
        (deletion.visitorHash === null || isVisitor(deletion.visitorHash, delivery)) &&
        (deletion.before === null || (clickedAt ?? receivedAt) < deletion.before),
    );
  };
}

/** Numbers of deleted clicks and listed deliveries; quarantined ones are included. */
export type Deleted = z.infer<typeof Deleted>;
const Deleted = z.object({ clicks: z.int(), deliveries: z.int(), quarantined: z.int() });

function assertNamed(filter: DeletionFilter): void {
  if (Object.values(filter).every((value) => value === undefined)) throw new RangeError("Choose what to delete.");
  // Those who ask are told before. Deleting a network's clicks can't be undone.
  if (filter.ip !== undefined && isNetworkAddress(filter.ip)) throw new RangeError("Choose a whole address.");
}

/** The conditions of the fields that a filter has, as one. */
const allSql = (...conditions: (Prisma.Sql | false | undefined)[]): Prisma.Sql =>
  Prisma.join(
    conditions.filter((condition) => condition !== false && condition !== undefined),
    " and ",
  );

/** Whether a spooled delivery matches the filter. `keys` are needed to recognise a visitor: see `visitorKeys`. */
export function matchesSpooled(
  body: Buffer,
  receivedAt: Date | null,
  { linkId, ip, visitor, before }: DeletionFilter,
  keys: readonly VisitorKey[] = [],
): boolean {
  const delivery = readDelivery(SENDER, body, receivedAt ?? new Date());
  const { receipt } = delivery;
  if (linkId !== undefined && receipt.linkId !== linkId) return false;
  if (before !== undefined && (receipt.clickedAt ?? receipt.receivedAt) >= before) return false;
  if (visitor !== undefined && !possibleVisitors(delivery, keys).includes(visitor)) return false;
  return ip === undefined || mentionsAddress(body, ip);
}

/** Ids of listed deliveries with such a body. An address is only in the body, so all bodies are read. */
async function deliveriesOf(tx: Prisma.TransactionClient, { hasBody }: VisitorMatch): Promise<string[]> {
  const found: string[] = [];
  for await (const row of storedBodies(tx, Prisma.sql`true`)) if (hasBody(row)) found.push(row.id.toString());
  return found;
}

/** Conditions for clicks and listed deliveries. */
type Conditions = { clicks: Prisma.Sql; deliveries: Prisma.Sql };

/** What a filter matches: of deliveries those that match all fields, and duplicates of matching clicks. */
async function conditionsOf(tx: Prisma.TransactionClient, filter: DeletionFilter): Promise<Conditions> {
  const { linkId, ip, visitor, before } = filter;
  const match = ip === undefined && visitor === undefined ? null : await visitorMatch(tx, filter);
  const clicks = allSql(
    linkId !== undefined && Prisma.sql`link_id = ${linkId}`,
    match?.clicks,
    before !== undefined && Prisma.sql`clicked_at < ${before}`,
  );
  const matching = allSql(
    linkId !== undefined && Prisma.sql`link_id = ${linkId}`,
    match !== null && Prisma.sql`id = any(${await deliveriesOf(tx, match)}::bigint[])`,
    before !== undefined && Prisma.sql`coalesce(clicked_at, received_at) < ${before}`,
  );
  const duplicates = Prisma.sql`(link_id, click_id) in (select link_id, click_id from click where ${clicks})`;
  return { clicks, deliveries: Prisma.sql`(${matching}) or (outcome = 'duplicate' and ${duplicates})` };
}

async function countIn(tx: Prisma.TransactionClient, { clicks, deliveries }: Conditions): Promise<Deleted> {
  const sql = Prisma.sql`
    select (select count(*)::int from click where ${clicks}) as clicks, count(*)::int as deliveries,
           (count(*) filter (where outcome = 'quarantined'))::int as quarantined
    from delivery where ${deliveries}`;
  return z.tuple([Deleted]).parse(await tx.$queryRaw(sql))[0];
}

/** How much `deleteClicks` would delete. @throws RangeError without any filter, which would be everything */
export async function countMatching(filter: DeletionFilter): Promise<Deleted> {
  assertNamed(filter);
  return upkeepDb().$transaction(async (tx) => countIn(tx, await conditionsOf(tx, filter)), UPKEEP_TRANSACTION);
}

/**
 * Deletes clicks and all listed deliveries about them, and stores the deletion: matching deliveries in a spool, or in one
 * restored from a backup, aren't stored later. The only code that deletes clicks but for `pruneClicks`: it makes every mirror
 * rebuild its file.
 *
 * @throws RangeError without any filter, which would be everything; AppError unavailable when writes keep their lock
 */
export async function deleteClicks(filter: DeletionFilter): Promise<Deleted> {
  assertNamed(filter);
  await rememberDeletion(filter);
  return upkeepDb().$transaction(async (tx) => {
    const conditions = await conditionsOf(tx, filter);
    const counts = await countIn(tx, conditions);
    await tx.$executeRaw(Prisma.sql`delete from delivery where ${conditions.deliveries}`);
    const clicks = await tx.$executeRaw(Prisma.sql`delete from click where ${conditions.clicks}`);
    // Else every mirror would be rebuilt for nothing.
    if (clicks > 0) await tx.dataset.updateMany({ data: { generation: { increment: 1 } } });
    return { ...counts, clicks };
  }, UPKEEP_TRANSACTION);
}

/**
 * Frees the space of deleted and changed rows, so that they can't be read from the database's files. Over a connection of
 * its own: on a large table it takes longer than any statement may.
 */
export async function vacuumDeleted(signal?: AbortSignal): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl() });
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
