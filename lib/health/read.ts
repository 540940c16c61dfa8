import "server-only";
import { statfs } from "node:fs/promises";
import { hasMailFailed } from "@/lib/account/mail/send";
import { probeDb } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { log } from "@/lib/base/log";
import { text as words } from "@/lib/base/problems";
import { isAwayNow, isUnreachable, reach } from "@/lib/base/reach";
import { single } from "@/lib/base/runtime";
import { sqlState } from "@/lib/base/sql-state";
import { withTimeout } from "@/lib/base/with-timeout";
import { isSpoolWritable, spoolDepth } from "@/lib/deliveries/accept";
import { noteProbe, refusesWrites } from "@/lib/deliveries/database-state";
import { ownState, serverName } from "@/lib/deliveries/heartbeat/heartbeat";
import { failuresInRow } from "@/lib/deliveries/heartbeat/server-state";
import { unreadableSecrets } from "@/lib/deliveries/secrets/live";
import { mirror } from "@/lib/engines/duckdb/process-mirror";
import { readStored } from "@/lib/health/stored";
import { awayWorkers } from "@/lib/health/workers";
import type { HealthFacts, StoredFacts } from "./facts";

/** Load balancers ask often and have short time-outs: the answer takes at most two seconds. */
const LIMIT_MS = 1_800;
const FRESH_MS = 5_000;
/** Public, so concurrent requests share one answer. */
const SHARED_MS = 1_000;
const SPOOLABLE_MS = 10_000;

type Cached<Facts> = { facts: Promise<Facts>; at: number } | null;
type Known = {
  stored: Cached<StoredFacts | null>;
  facts: Cached<HealthFacts>;
  /** Whether the last probe of the database failed. */
  isFailing: boolean;
  /** When a write to the disk last succeeded. */
  spoolableAt: number | null;
};
const cache = single("health", (): Known => ({ stored: null, facts: null, isFailing: false, spoolableAt: null }));

/** What is known while it is younger than `maxMs`, else read anew. A clock that goes back makes it old as well. */
function renewed<Facts>(known: Cached<Facts>, maxMs: number, now: Date, read: (now: Date) => Promise<Facts>) {
  const isFresh = known && Math.abs(now.getTime() - known.at) < maxMs;
  return isFresh ? known : { facts: read(now), at: now.getTime() };
}

/** As much as a few deliveries: on a full disk a small row may still fit into an existing page. */
async function tryToWrite(): Promise<void> {
  await probeDb().$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ id: bigint }[]>`
      insert into delivery (received_at, outcome, reason, body)
      select now(), 'test', 'probe', decode(string_agg(md5(random()::text), ''), 'hex') from generate_series(1, 1024)
      returning id`;
    if (row) await tx.$executeRaw`delete from delivery where id = ${row.id}`;
  });
  noteProbe();
}

/** Why the database accepts no deliveries, or null, and which of its workers are away. */
async function probe(): Promise<Pick<HealthFacts, "database" | "awayWorkers">> {
  const database = await whyAway();
  const awayOnes = database === null ? [] : await awayWorkers().catch(() => []);
  return { database: awayOnes.length > 0 ? words.health.worker : database, awayWorkers: awayOnes };
}

async function whyAway(): Promise<string | null> {
  const state = cache();
  try {
    if (refusesWrites()) await tryToWrite();
    else await reach();
    state.isFailing = false;
    return refusesWrites() ? words.health.refuses : null;
  } catch (error) {
    if (isUnreachable(error)) void isAwayNow(error);
    // Once per outage.
    if (!state.isFailing) log.warn({ err: error }, "health: database check failed");
    const couldAnswer = refusesWrites() && sqlState(error) !== undefined;
    state.isFailing = true;
    return couldAnswer ? words.health.refuses : words.health.away;
  }
}

/** At most five seconds old: every page asks. */
function recentStored(now: Date): Promise<StoredFacts | null> {
  const own = cache();
  own.stored = renewed(own.stored, FRESH_MS, now, () =>
    readStored(now).catch((error: unknown) => {
      log.debug({ err: error }, "health: read of stored figures failed");
      return null;
    }),
  );
  return own.stored.facts;
}

const diskOf = (directory: string): Promise<HealthFacts["disk"]> =>
  statfs(directory).then(
    ({ bavail, blocks, bsize }) => ({ free: bavail * bsize, size: blocks * bsize }),
    () => null,
  );

/** Whether the disk accepts deliveries. Checked rarely while all is well, since each check is a synced write. */
async function canSpool(now: Date): Promise<boolean> {
  const own = cache();
  const { spoolableAt } = own;
  if (spoolableAt !== null && !refusesWrites() && Math.abs(now.getTime() - spoolableAt) < SPOOLABLE_MS) return true;
  const isWritable = await withTimeout(isSpoolWritable(), LIMIT_MS, words.health.slow).catch(() => false);
  own.spoolableAt = isWritable ? now.getTime() : null;
  return isWritable;
}

async function collectFacts(now: Date): Promise<HealthFacts> {
  const slow = { database: words.health.slow, awayWorkers: [] };
  const [probed, stored, disk, isWritable] = await Promise.all([
    withTimeout(probe(), LIMIT_MS, words.health.slow).catch(() => slow),
    withTimeout(recentStored(now), LIMIT_MS, words.health.slow).catch(() => null),
    diskOf(env().DATA_DIR),
    canSpool(now),
  ]);
  const off = { state: "off" as const, progress: null, reason: null, hasDiffered: false, asOf: null };
  const { state, progress, reason, hasDiffered, asOf } = mirror()?.status() ?? off;
  const { waiting, ...spool } = spoolDepth();
  const own = serverName();
  const others = (stored?.servers ?? []).filter(({ server }) => server !== own);
  const servers = stored?.servers.map((entry) => (entry.server === own ? { ...entry, ...ownState() } : entry)) ?? [];
  return {
    at: now,
    ...probed,
    spool: { ...spool, isWritable },
    waiting: others.reduce((sum, other) => sum + other.waiting, waiting),
    mirror: { state, progress, reason, hasDiffered, asOf },
    disk,
    failures: Math.max(failuresInRow().failures, ...others.map((other) => (other.isHere ? other.failures : 0))),
    unreadableSecrets: unreadableSecrets(),
    hasMailFailed: hasMailFailed(),
    stored: stored && { ...stored, servers },
  };
}

/** State of this server, at most a second old; of the database at most five. Always answers within two seconds. */
export function readFacts(now = new Date()): Promise<HealthFacts> {
  const own = cache();
  own.facts = renewed(own.facts, SHARED_MS, now, collectFacts);
  return own.facts.facts;
}
