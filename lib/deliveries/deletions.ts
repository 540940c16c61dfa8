import "server-only";
import { createHmac, randomUUID } from "node:crypto";
import { visitorAddress } from "@/lib/base/addresses";
import { ingestDb } from "@/lib/base/db";
import { WRITE_LOCK } from "@/lib/base/write-lock";
import { serverKey } from "@/lib/deliveries/secrets/secret";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { Delivery } from "@/lib/senders/sender";

/** Stands for an address in a deletion that is remembered. */
const addressHash = (ip: string): string =>
  createHmac("sha256", serverKey())
    .update(`deleted address\0${visitorAddress(ip)}`)
    .digest("base64url");

/**
 * Remembers what is being deleted. Waits for writers that are under way: what they store is there to be deleted, and
 * those that come later know of it.
 */
export async function rememberDeletion(deletion: { linkId?: string; ip?: string; before?: Date }): Promise<void> {
  const { ip, ...rest } = deletion;
  await ingestDb().$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${WRITE_LOCK})`;
    const data = { ...rest, ...(ip !== undefined && { ipHash: addressHash(ip) }) };
    await tx.deletion.create({ data: { id: randomUUID(), requestedAt: new Date(), ...data } });
  });
}

/**
 * Tells which deliveries of a spool may be stored: not those that were received before something was deleted that they
 * would bring back. Takes the write lock with others, so that no deletion is missed.
 *
 * @param since when the first of the deliveries was received
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
