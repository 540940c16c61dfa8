import { isInDoubt } from "@/lib/base/in-doubt";
import { WRITE_LOCK } from "@/lib/base/write-lock";
import type { Prisma } from "@/lib/generated/prisma/client";

/** Writers queue behind a waiter for the exclusive lock, so it waits only briefly. */
const LOCK_TIMEOUT_MS = 300;

/** Takes the write lock alone until the transaction ends. Throws when writers keep theirs for longer than `timeoutMs`. */
export async function lockWrites(tx: Prisma.TransactionClient, timeoutMs = LOCK_TIMEOUT_MS): Promise<void> {
  await tx.$executeRaw`select set_config('lock_timeout', ${`${timeoutMs}ms`}, true)`;
  await tx.$executeRaw`select pg_advisory_xact_lock(${WRITE_LOCK})`;
}

/** The newest click without an earlier one in progress. Throws when writers keep their lock, or one is in doubt. */
export async function settledSeq(tx: Prisma.TransactionClient): Promise<bigint> {
  await lockWrites(tx);
  if (await isInDoubt((sql) => tx.$queryRawUnsafe(sql))) throw new Error("a transaction is in doubt");
  // A separate statement, so that it sees what was committed while it waited.
  const newest = await tx.click.findFirst({ select: { seq: true }, orderBy: { seq: "desc" } });
  return newest?.seq ?? 0n;
}
