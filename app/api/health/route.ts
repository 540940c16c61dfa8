import { setTimeout as after } from "node:timers/promises";
import { ingestDb } from "@/lib/db";
import { log } from "@/lib/log";
import { mirror } from "@/lib/mirror/instance";
import packageJson from "@/package.json";

/** A load balancer asks often and waits little. */
const LIMIT_MS = 2_000;

const HEADERS = { "Cache-Control": "no-store" };

export const dynamic = "force-dynamic";

/**
 * Whether this process can take deliveries and answer questions, and how far its mirror is: without one it answers all
 * the same, only slower. Open to everyone: it tells nothing else.
 */
export async function GET(): Promise<Response> {
  const reason = await databaseProblem();
  if (reason !== null) return Response.json({ status: "unavailable", reason }, { status: 503, headers: HEADERS });
  const { version } = packageJson;
  return Response.json({ status: "ok", version, database: "ok", mirror: mirrorState() }, { headers: HEADERS });
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
