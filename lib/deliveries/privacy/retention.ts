import "server-only";
import { ingestDb } from "@/lib/base/db";
import { lockWrites } from "@/lib/click/settled-seq";
import { clickLimit, deliveryLimit } from "@/lib/deliveries/privacy/limits";
import { readPrivacy, usualDeliveryDays } from "@/lib/deliveries/privacy/settings";
import type { Prisma } from "@/lib/generated/prisma/client";

/** Rows per transaction: few enough that no delivery waits for it. */
const STEP = 5_000;

/** Repeats a statement until it finds fewer rows than a step has. */
export async function inSteps(execute: () => Promise<number>, step: number, signal?: AbortSignal): Promise<void> {
  while ((await execute()) === step && !signal?.aborted);
}

/** Deletes uncounted deliveries received before `limit`, except quarantined ones, which may be counted later. */
export function pruneDeliveries(limit: Date, signal?: AbortSignal): Promise<void> {
  const execute = () => ingestDb().$executeRaw`
    delete from delivery where id in (
      select id from delivery where received_at < ${limit} and outcome <> 'quarantined' order by received_at limit ${STEP}
    )`;
  return inSteps(execute, STEP, signal);
}

/**
 * Moves the time before which no click is stored any more. Throws when writers keep their lock.
 *
 * @returns it; null where clicks are kept for good
 */
async function advance(tx: Prisma.TransactionClient, now: Date): Promise<Date | null> {
  const { clickDays, prunedBefore } = await readPrivacy(tx);
  if (clickDays === null) return null;
  const limit = clickLimit(clickDays, now);
  if (prunedBefore && prunedBefore >= limit) return prunedBefore;
  // Every write is over, or sees the new limit: then mirrors may delete what is before it, too.
  await lockWrites(tx);
  await tx.dataset.updateMany({ data: { prunedBefore: limit } });
  return limit;
}

/**
 * Deletes clicks that are older than they are kept, and all uncounted deliveries from before, in steps. Mirrors delete
 * them themselves, so that none is rebuilt: once `pruned_before` is set, no click before it is stored any more.
 */
export async function pruneClicks(now: Date, signal?: AbortSignal, step = STEP): Promise<void> {
  const limit = await ingestDb().$transaction((tx) => advance(tx, now));
  if (!limit) return;
  const clicks = () => ingestDb().$executeRaw`
    delete from click where (link_id, click_id, clicked_at) in (
      select link_id, click_id, clicked_at from click where clicked_at < ${limit} order by clicked_at limit ${step}
    )`;
  const deliveries = () => ingestDb().$executeRaw`
    delete from delivery where id in (
      select id from delivery where received_at < ${limit} order by received_at limit ${step}
    )`;
  await inSteps(clicks, step, signal);
  if (!signal?.aborted) await inSteps(deliveries, step, signal);
}

/** Deletes clicks and uncounted deliveries that are older than they are kept. */
export async function deleteOld(now: Date, signal?: AbortSignal): Promise<void> {
  await pruneClicks(now, signal);
  const days = usualDeliveryDays(await readPrivacy(ingestDb()));
  if (days !== null && !signal?.aborted) await pruneDeliveries(deliveryLimit(days, now), signal);
}
