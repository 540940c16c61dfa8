import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/base/errors";
import { log } from "@/lib/base/log";
import { text as words } from "@/lib/base/problems";
import { single } from "@/lib/base/runtime";
import { LOCK_NOT_AVAILABLE, SHUTDOWN, sqlState } from "@/lib/base/sql-state";
import { lockWrites } from "@/lib/click/settled-seq";
import type { Prisma } from "@/lib/generated/prisma/client";

/** SQLSTATE classes of errors in values: data, constraints, limits of size and depth. */
const BAD_DATA = new Set(["22", "23", "54"]);

/** Whether retrying is useless: Postgres rejected a value, or our own code can't handle it. */
export function isPermanentError(error: unknown): boolean {
  if (BAD_DATA.has(sqlState(error)?.slice(0, 2) ?? "")) return true;
  return error instanceof TypeError || error instanceof RangeError || error instanceof z.ZodError;
}

/** What `pg` says of a connection that ended without an answer. */
const LOST = /connection (terminated|error)|ECONNRESET|EPIPE/i;

/**
 * Whether a connection broke: to Postgres, or on a Citus cluster from there to another node, which leaves sessions behind
 * that fail once. `isWritten`: whether it was at the commit. Then only an answer says that nothing was stored.
 */
export function isLostConnection(error: unknown, isWritten: boolean): boolean {
  const state = sqlState(error);
  if (state) return state.startsWith("08") || state === "XX000" || (state === SHUTDOWN && !isWritten);
  return !isWritten && error instanceof Error && LOST.test(error.message);
}

/** The reason stored with such a delivery. Contains none of its values. */
export function permanentErrorText(error: unknown): string {
  const state = sqlState(error);
  return state ? `the database refused a value (${state})` : "it could not be stored";
}

/** Retries with each half (bisection), so that one bad value is found in few transactions. */
export async function inHalves<Item, Result>(
  items: readonly Item[],
  store: (items: readonly Item[]) => Promise<Result[]>,
): Promise<Result[]> {
  const middle = Math.ceil(items.length / 2);
  const first = await store(items.slice(0, middle));
  return [...first, ...(await store(items.slice(middle)))];
}

/** After a failed write, a successful probe isn't trusted for this long: the next write decides. */
const BELIEVED_MS = 10_000;

/** When the last write failed; null after one that succeeded. */
const state = single("writes", () => ({ failedAt: null as number | null }));

/** Records the result of a write: an error or null. Logs the start and end of an outage. */
export function noteWrite(error: unknown): void {
  const own = state();
  const hadFailed = own.failedAt !== null;
  own.failedAt = error === null ? null : performance.now();
  if (error === null) {
    if (hadFailed) log.info({}, "database: writes succeed again");
    return;
  }
  const details = { err: error, code: sqlState(error) };
  if (hadFailed) log.debug(details, "database: write failed");
  else log.error(details, "database: write failed (logged once per outage)");
}

/** Whether the last write of deliveries failed. */
export const refusesWrites = (): boolean => state().failedAt !== null;

/** Whether it failed less than `ms` ago. */
export function hasRefusedWithin(ms: number): boolean {
  const { failedAt } = state();
  return failedAt !== null && performance.now() - failedAt < ms;
}

/** Records a successful probe write, unless a delivery was rejected a moment ago. */
export function noteProbe(): void {
  if (refusesWrites() && !hasRefusedWithin(BELIEVED_MS)) noteWrite(null);
}

/** Somebody waits for it, and deliveries behind it, which are given more time. */
const LOCK_TIMEOUT_MS = 2_000;

/**
 * Takes the write lock alone until the transaction ends, as soon as running writes are over.
 *
 * @throws AppError unavailable when one takes long
 */
export async function lockWritesSoon(tx: Prisma.TransactionClient): Promise<void> {
  await lockWrites(tx, LOCK_TIMEOUT_MS).catch((error: unknown) => {
    throw sqlState(error) === LOCK_NOT_AVAILABLE ? new AppError("unavailable", words.busy) : error;
  });
}
