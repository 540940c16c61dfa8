import "server-only";
import { statfs } from "node:fs/promises";
import { ingestDb } from "@/lib/db";
import { env } from "@/lib/env";
import { inTime } from "@/lib/in-time";
import { spoolDepth } from "@/lib/ingest/accept";
import { failuresInRow } from "@/lib/ingest/failures";
import { log } from "@/lib/log";
import { mirror } from "@/lib/mirror/instance";
import { ownState, serverName } from "@/lib/reception/beat";
import { text as words } from "@/lib/text/problems";
import type { Facts, StoredFacts } from "./facts";
import { readStored } from "./stored";

/** A load balancer asks often and waits little: the answer has to be there within two seconds. */
const LIMIT_MS = 1_800;
const FRESH_MS = 5_000;

/** What keeps deliveries out of the database, in words, or null. */
async function probe(): Promise<string | null> {
  try {
    await ingestDb().$queryRaw`select 1`;
    return null;
  } catch (error) {
    log.warn({ err: error }, "health: the database cannot be reached");
    return words.health.away;
  }
}

// instrumentation.ts and the routes are separate builds in one process: only globalThis is shared.
const shared = globalThis as { footfallStored?: { facts: Promise<StoredFacts | null>; at: number } };

async function storedOrNull(now: Date): Promise<StoredFacts | null> {
  try {
    return await readStored(now);
  } catch (error) {
    log.debug({ err: error }, "health: what is stored cannot be read");
    return null;
  }
}

/** At most five seconds old: every page asks, and anybody may. */
function recentStored(now: Date): Promise<StoredFacts | null> {
  const known = shared.footfallStored;
  if (known && Math.abs(now.getTime() - known.at) < FRESH_MS) return known.facts;
  const facts = storedOrNull(now);
  shared.footfallStored = { facts, at: now.getTime() };
  return facts;
}

async function diskOf(directory: string): Promise<Facts["disk"]> {
  try {
    const { bavail, blocks, bsize } = await statfs(directory);
    return { free: bavail * bsize, size: blocks * bsize };
  } catch {
    return null;
  }
}

/**
 * Everything that is known of how this server is: what the database would have to be searched for is up to five seconds
 * old. Answers within two seconds, whatever is wrong.
 */
export async function readFacts(now = new Date()): Promise<Facts> {
  const [database, stored, disk] = await Promise.all([
    inTime(probe(), LIMIT_MS, words.health.slow).catch(() => words.health.slow),
    inTime(recentStored(now), LIMIT_MS, words.health.slow).catch(() => null),
    diskOf(env().DATA_DIR),
  ]);
  const { state, progress, reason } = mirror()?.status() ?? { state: "off" as const, progress: null, reason: null };
  const { bytes, limit, waiting } = spoolDepth();
  const own = serverName();
  const others = (stored?.servers ?? []).filter(({ server }) => server !== own);
  const servers = stored?.servers.map((entry) => (entry.server === own ? { ...entry, ...ownState() } : entry)) ?? [];
  return {
    at: now,
    database,
    spool: { bytes, limit },
    waiting: others.reduce((sum, other) => sum + other.waiting, waiting),
    mirror: { state, progress, reason },
    disk,
    failures: Math.max(failuresInRow().failures, ...others.map((other) => (other.isHere ? other.failures : 0))),
    stored: stored && { ...stored, servers },
  };
}
