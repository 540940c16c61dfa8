import "server-only";
import { hostname } from "node:os";
import { ingestDb } from "@/lib/base/db";
import { log } from "@/lib/base/log";
import { single } from "@/lib/base/runtime";
import { withTimeout } from "@/lib/base/with-timeout";
import { spoolDepth, spoolName, takesIntoSpool } from "@/lib/deliveries/accept";
import { failuresInRow, recentDelay } from "@/lib/deliveries/heartbeat/server-state";
import { flushRefusals } from "@/lib/deliveries/refusals";
import packageJson from "@/package.json";
import type { ServerState } from "./server-state";
import { type OwnSpan, spanAt } from "./spans";

/** Same time-out as for a delivery before it goes to the spool. */
const LIMIT_MS = 3_500;

/** `unsaved`: earlier spans whose end isn't in the database yet. */
const state = single("heartbeat", () => ({ current: null as OwnSpan | null, unsaved: [] as OwnSpan[] }));

/** Name of this server: host name and the id of its spool, if it has one. */
export function serverName(): string {
  try {
    return `${hostname()} ${spoolName().slice(0, 8)}`;
  } catch {
    return hostname();
  }
}

/** Current state of this server. */
export function ownState(): ServerState {
  const { bytes, waiting } = spoolDepth();
  return { version: packageJson.version, ...failuresInRow(), waiting, spoolBytes: bytes, delay: recentDelay() };
}

/** A write that timed out may still complete after a later one, so a span never gets shorter. */
async function save({ id, from, to }: OwnSpan): Promise<bigint> {
  const about = ownState();
  if (id !== null) {
    const found = await ingestDb().$executeRaw`
      update reception set seen_at = greatest(seen_at, ${to}), state = ${JSON.stringify(about)}::jsonb where id = ${id}`;
    if (found > 0) return id;
    // A restored backup doesn't contain it.
  }
  const row = { server: serverName(), beganAt: from, seenAt: to, state: about };
  return (await ingestDb().reception.create({ data: row, select: { id: true } })).id;
}

const soon = <T>(work: Promise<T>): Promise<T> => withTimeout(work, LIMIT_MS, "the database takes too long");

/** Records that this server can receive: in the database, or in memory while only the spool works. One at a time. */
export async function writeHeartbeat(now = new Date()): Promise<void> {
  const own = state();
  const span = spanAt(own.current, now);
  const before = own.current && own.current.from !== span.from ? [own.current] : [];
  try {
    const saveAll = async () => {
      for (const earlier of [...own.unsaved, ...before]) await save(earlier);
      return save(span);
    };
    own.current = { ...span, id: await soon(saveAll()) };
    own.unsaved = [];
    await soon(flushRefusals()).catch((error: unknown) =>
      log.warn({ err: error }, "heartbeat: write of refusals failed, will retry"),
    );
  } catch (error) {
    log.debug({ err: error }, "heartbeat: write failed");
    if (await takesIntoSpool()) {
      own.unsaved.push(...before);
      own.current = span;
    } else if (own.current) {
      // Neither database nor spool accepts writes: downtime until one does.
      own.current = { ...own.current, open: false };
    }
  }
}
