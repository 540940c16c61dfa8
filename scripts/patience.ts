import { setTimeout as delay } from "node:timers/promises";
import { type Client, DatabaseError } from "pg";
import { LOCK_NOT_AVAILABLE } from "@/lib/base/sql-state";
import { Failure, say } from "@/scripts/steps";

/**
 * How long a change waits for a table before it lets others pass, who wait behind it; how often it tries, and with what
 * pause; and where it says so.
 */
export type Patience = { lockMs: number; attempts: number; pauseMs: number; tell: (line: string) => void };
export const PATIENCE: Patience = { lockMs: 5_000, attempts: 30, pauseMs: 5_000, tell: say };

/**
 * Makes a change in a transaction of its own, as soon as no other one uses its tables.
 *
 * @param what the change, as the beginning of a sentence
 * @throws Failure when a table stays in use, or with what the database said
 */
export async function patiently(
  client: Client,
  what: string,
  { lockMs, attempts, pauseMs, tell }: Patience,
  change: () => Promise<void>,
): Promise<void> {
  for (let attempt = 1; !(await tryOnce(client, what, lockMs, change)); attempt++) {
    if (attempt === attempts)
      throw new Failure(
        `${what} changed nothing: another transaction has been using a table that it changes. End it (see pg_stat_activity), or stop what uses the database, and start again.`,
      );
    tell(
      `${what} waits for another transaction that uses a table it changes, such as a dump (attempt ${attempt} of ${attempts}).`,
    );
    await delay(pauseMs);
  }
}

/** @returns false when a table was in use for longer than `lockMs`; then nothing has changed */
async function tryOnce(client: Client, what: string, lockMs: number, change: () => Promise<void>): Promise<boolean> {
  await client.query("begin");
  try {
    // Whoever comes after it waits behind it: deliveries, too.
    await client.query(`set local lock_timeout = ${lockMs}`);
    await change();
    await client.query("commit");
    return true;
  } catch (error) {
    await client.query("rollback");
    const cause = error instanceof Failure ? error.cause : error;
    if (cause instanceof DatabaseError && cause.code === LOCK_NOT_AVAILABLE) return false;
    const said = error instanceof Failure ? error.message : String(error);
    throw new Failure(`${what} failed and changed nothing: ${said}`, { cause });
  }
}
