import { setTimeout as after } from "node:timers/promises";
import { ingestDb } from "@/lib/db";
import { spoolDepth } from "@/lib/ingest/accept";
import { log } from "@/lib/log";
import { mirror } from "@/lib/mirror/instance";
import packageJson from "@/package.json";

/** A load balancer asks often and waits little. */
const LIMIT_MS = 2_000;

/** Room for a delivery of several times the usual size. */
const MAX_DELIVERY_BYTES = 65_536;

const HEADERS = { "Cache-Control": "no-store" };

export const dynamic = "force-dynamic";

/**
 * Whether this process can take deliveries and answer questions. 200 and `degraded` while the database is away and
 * deliveries go to the spool: whoever took the server out of service for it would lose them. 503 only when they have
 * nowhere to go. Open to everyone: it tells nothing else.
 */
export async function GET(): Promise<Response> {
  const reason = await databaseProblem();
  const spool = spoolDepth();
  const { version } = packageJson;
  const state = { version, database: reason === null ? "ok" : "away", spool, mirror: mirrorState() };
  if (reason === null) return Response.json({ status: "ok", ...state }, { headers: HEADERS });
  const isFull = spool.bytes + MAX_DELIVERY_BYTES > spool.limit;
  const status = isFull ? "unavailable" : "degraded";
  const body = { status, reason: isFull ? `${reason} The spool is full.` : reason, ...state };
  return Response.json(body, { status: isFull ? 503 : 200, headers: HEADERS });
}

/** Without the number of clicks, which is nobody else's business. */
function mirrorState() {
  const { state, progress, reason } = mirror()?.status() ?? { state: "off", progress: null, reason: null };
  return { state, progress, reason };
}

async function databaseProblem(): Promise<string | null> {
  const late = new AbortController();
  try {
    const slow = after(LIMIT_MS, "The database does not answer in time.", { signal: late.signal });
    return await Promise.race([probe(), slow]);
  } finally {
    late.abort();
  }
}

async function probe(): Promise<string | null> {
  try {
    await ingestDb().$queryRaw`select 1`;
    return null;
  } catch (error) {
    log.warn({ err: error }, "health: the database cannot be reached");
    return "The database cannot be reached.";
  }
}
