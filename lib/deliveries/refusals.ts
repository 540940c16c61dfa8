import "server-only";
import { db, ingestDb } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { type Column, namesSql, rowsSql } from "@/lib/base/rows-sql";
import { single } from "@/lib/base/runtime";
import { MINUTE } from "@/lib/base/time";
import { noteFailure } from "@/lib/deliveries/heartbeat/server-state";
import { Prisma } from "@/lib/generated/prisma/client";
import { SENDER } from "@/lib/senders/senders";

/** Why a request was rejected. Nothing else is stored about it. */
type RefusalReason = "signature" | "unsigned" | "size" | "address" | "unavailable";

type RefusalCount = { minute: Date; reason: RefusalReason; count: number };

const unwritten = single("refusals", () => new Map<string, RefusalCount>());

/** The heartbeat waits no longer: the connection must be free for deliveries then. */
const WRITE_LIMIT_MS = 3_200;
/** A day: during a longer outage the oldest are dropped. */
const MAX_ROWS = 5 * 24 * 60;

const COLUMNS: Column<RefusalCount>[] = [
  ["minute", "timestamptz", ({ minute }) => minute.toISOString()],
  ["reason", "text", ({ reason }) => reason],
  ["count", "int", ({ count }) => count],
];

function add({ minute, reason, count }: RefusalCount): void {
  const rows = unwritten();
  const key = `${minute.getTime()} ${reason}`;
  rows.set(key, { minute, reason, count: (rows.get(key)?.count ?? 0) + count });
  const [oldest] = rows.keys();
  if (rows.size > MAX_ROWS && oldest) rows.delete(oldest);
}

/** A rejected request. */
export type Refusal = { reason: RefusalReason; at: Date };

const latest = single("latest refusal", (): { refusal: Refusal | null } => ({ refusal: null }));

/** The latest request that any server rejected; to the minute if it was another one. Null before the first. */
export async function latestRefusal(): Promise<Refusal | null> {
  const own = latest().refusal;
  const row = await db().refusal.findFirst({ orderBy: { minute: "desc" } });
  if (!row || (own && own.at >= row.minute)) return own;
  return { reason: row.reason as RefusalReason, at: row.minute };
}

function reasonOf(error: unknown, signature: string | null): RefusalReason | null {
  if (!(error instanceof AppError)) return "unavailable";
  if (error.code === "unauthorized") return SENDER.isSignature(signature) ? "signature" : "unsigned";
  if (error.code === "payload_too_large") return "size";
  if (error.code === "forbidden") return "address";
  // The sender disconnected during its body.
  return error.code === "bad_request" ? null : "unavailable";
}

/**
 * Counts a request that ended with an error, for the next heartbeat. Only correctly signed ones count as failed
 * attempts of the sender: anybody can send the others.
 *
 * @returns the reason, or null when the sender disconnected
 */
export function countRefusal(error: unknown, signature: string | null, isAuthentic: boolean): RefusalReason | null {
  const reason = reasonOf(error, signature);
  if (reason === null) return null;
  latest().refusal = { reason, at: new Date() };
  add({ minute: new Date(Math.floor(Date.now() / MINUTE) * MINUTE), reason, count: 1 });
  if (isAuthentic) noteFailure();
  return reason;
}

/**
 * Adds the counts to those of all servers. @throws whatever the database says; then they are added the next time, and
 * counted twice if the commit succeeded after all
 */
export async function flushRefusals(): Promise<void> {
  const rows = [...unwritten().values()];
  if (rows.length === 0) return;
  unwritten().clear();
  // All servers lock rows in the same order, so that there is no deadlock.
  const sorted = rows.toSorted((a, b) => a.minute.getTime() - b.minute.getTime() || (a.reason < b.reason ? -1 : 1));
  try {
    await ingestDb().$transaction(async (tx) => {
      await tx.$executeRaw`select set_config('statement_timeout', ${String(WRITE_LIMIT_MS)}, true)`;
      await tx.$executeRaw(Prisma.sql`
        insert into refusal (${namesSql(COLUMNS)}) select * from ${rowsSql(COLUMNS, sorted)}
        on conflict (minute, reason) do update set count = refusal.count + excluded.count`);
    });
  } catch (error) {
    rows.forEach(add);
    throw error;
  }
}
