import "server-only";
import { UPKEEP_TRANSACTION, upkeepDb } from "@/lib/base/db";
import { WRITE_LOCK } from "@/lib/base/write-lock";
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

type Settings = Awaited<ReturnType<typeof readPrivacy>>;
type Pace = { step: number; signal: AbortSignal | undefined };

/**
 * Deletes in steps up to a limit, which each step reads from the settings: somebody may change them meanwhile. A change takes
 * the write lock alone, so no step goes on with earlier settings once it is done.
 */
function pruneInSteps(
  limitOf: (settings: Settings) => Date | null,
  prune: (tx: Prisma.TransactionClient, limit: Date) => Promise<number>,
  { step, signal }: Pace,
): Promise<void> {
  const execute = () =>
    upkeepDb().$transaction(async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock_shared(${WRITE_LOCK})`;
      const limit = limitOf(await readPrivacy(tx));
      return limit ? prune(tx, limit) : 0;
    }, UPKEEP_TRANSACTION);
  return inSteps(execute, step, signal);
}

/** Deletes uncounted deliveries that are older than they are kept, except quarantined ones, which may be counted later. */
export function pruneDeliveries(now: Date, signal?: AbortSignal, step = STEP): Promise<void> {
  const limitOf = (settings: Settings) => {
    const days = usualDeliveryDays(settings);
    return days === null ? null : deliveryLimit(days, now);
  };
  const prune = (tx: Prisma.TransactionClient, limit: Date) => tx.$executeRaw`
    delete from delivery where id in (
      select id from delivery where received_at < ${limit} and outcome <> 'quarantined' order by received_at limit ${step}
    )`;
  return pruneInSteps(limitOf, prune, { step, signal });
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
  // Somebody may have changed the settings before the lock was free.
  const { clickDays: days } = await readPrivacy(tx);
  if (days !== clickDays) return null;
  await tx.dataset.updateMany({ data: { prunedBefore: limit } });
  return limit;
}

/**
 * Deletes clicks that are older than they are kept, and all uncounted deliveries from before, in steps. Mirrors delete
 * them themselves, so that none is rebuilt: once `pruned_before` is set, no click before it is stored any more.
 */
export async function pruneClicks(now: Date, signal?: AbortSignal, step = STEP): Promise<void> {
  const limit = await upkeepDb().$transaction((tx) => advance(tx, now), UPKEEP_TRANSACTION);
  if (!limit) return;
  // Without a limit, or with an earlier one, clicks before it may come in again, and mirrors have them.
  const limitOf = ({ prunedBefore }: Settings) => (prunedBefore && prunedBefore >= limit ? limit : null);
  const clicks = (tx: Prisma.TransactionClient) => tx.$executeRaw`
    delete from click where (link_id, click_id, clicked_at) in (
      select link_id, click_id, clicked_at from click where clicked_at < ${limit} order by clicked_at limit ${step}
    )`;
  const deliveries = (tx: Prisma.TransactionClient) => tx.$executeRaw`
    delete from delivery where id in (
      select id from delivery where received_at < ${limit} order by received_at limit ${step}
    )`;
  await pruneInSteps(limitOf, clicks, { step, signal });
  if (!signal?.aborted) await pruneInSteps(limitOf, deliveries, { step, signal });
}

/** Deletes clicks and uncounted deliveries that are older than they are kept. */
export async function deleteOld(now: Date, signal?: AbortSignal): Promise<void> {
  await pruneClicks(now, signal);
  if (!signal?.aborted) await pruneDeliveries(now, signal);
}
