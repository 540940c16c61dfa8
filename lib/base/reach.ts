import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { probeDb } from "@/lib/base/db";
import { log } from "@/lib/base/log";
import { awaySince, DatabaseAway, setAway, unlessAway } from "@/lib/base/outage";
import { single } from "@/lib/base/runtime";
import { sqlState } from "@/lib/base/sql-state";
import { withTimeout } from "@/lib/base/with-timeout";

// Whether Postgres can be reached. What pages show meanwhile is in `last-known.ts`.

/** SQLSTATEs of connections that were lost or refused, of a server that stops or starts, and of a cluster's lost worker. */
const STATES = /^(08|57P0[123]$|53300$)/;
/** Errors of the network, of the drivers, and of Prisma: unreachable, timed out, closed, no free connection. */
const WORDS =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|EPIPE|P1001|P1002|P1008|P1017|P2024|Can't reach database|Connection terminated|timeout exceeded|query read timeout|Server has closed|connection marked as essential/i;

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code = "" } = error as { code?: unknown };
  const more = error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined);
  return `${code} ${error.message} ${more === undefined ? "" : textOf(more)}`;
}

const stateOf = (error: unknown): string =>
  sqlState(error) ?? (error instanceof Error && "code" in error ? String(error.code) : "");

/** Whether Postgres, or a part of a cluster, couldn't be reached; false for what it answered. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof DatabaseAway || STATES.test(stateOf(error)) || WORDS.test(textOf(error));

const LOOK_EVERY_MS = 1_000;
const LOOK_LIMIT_MS = 1_500;

/** Looks into an index for a click that there isn't: quick however many there are, and on a cluster it needs every worker. */
export const reach = (): Promise<unknown> => probeDb().$queryRaw`select from click where seq = -1`;

const looking = single("looking for the database", () => ({ first: null as Promise<boolean> | null }));

async function isReached(): Promise<boolean> {
  try {
    await withTimeout(reach(), LOOK_LIMIT_MS, "the database takes too long");
    return true;
  } catch {
    return false;
  }
}

/** Looks every second until the database is back. Nobody else waits for it. */
async function watch(): Promise<void> {
  do await delay(LOOK_EVERY_MS, undefined, { ref: false });
  while (!(await isReached()));
  setAway(false);
  log.info({}, "database: reachable again");
}

async function look(error: unknown): Promise<boolean> {
  // A connection of its own may have been closed as well.
  if ((await isReached()) || (await isReached())) return false;
  setAway(true);
  log.warn({ err: error }, "database: unreachable, pages show what was read last");
  void watch();
  return true;
}

/** Whether the database is away, as an error suggests: a connection that was closed meanwhile fails once. Takes three seconds at most. */
export function isAwayNow(error: unknown): Promise<boolean> {
  if (awaySince()) return Promise.resolve(true);
  const own = looking();
  own.first ??= look(error).finally(() => {
    own.first = null;
  });
  return own.first;
}

/** A read that takes longer than this makes one look. */
const PATIENCE_MS = 3_000;

/**
 * Reads, or, while the database is away, `instead` of it. Only for what pages show: what somebody may do is decided by
 * what is stored.
 *
 * @throws DatabaseAway where there is nothing instead (undefined), or whatever else the read throws
 */
export async function readOr<T>(read: () => Promise<T>, instead: () => T | undefined): Promise<T> {
  const shown = () => {
    const found = instead();
    if (found === undefined) throw new DatabaseAway();
    return found;
  };
  if (awaySince()) return shown();
  const suspicion = setTimeout(isAwayNow, PATIENCE_MS, new Error("a read takes long"));
  try {
    return await unlessAway(read());
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    return (await isAwayNow(error)) ? shown() : await unlessAway(read());
  } finally {
    clearTimeout(suspicion);
  }
}
