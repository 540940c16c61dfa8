import "server-only";
import { ingestDb } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { type Column, namesSql, rowsSql } from "@/lib/base/rows-sql";
import { single } from "@/lib/base/runtime";
import { noteFailure } from "@/lib/deliveries/heartbeat/server-state";
import { Prisma } from "@/lib/generated/prisma/client";
import { SENDER } from "@/lib/senders/senders";

/** Why a request was rejected. Nothing else is stored about it. */
type RefusalReason = "signature" | "unsigned" | "size" | "address" | "unavailable";

type Row = { minute: Date; reason: RefusalReason; count: number };

const unwritten = single("refusals", () => new Map<string, Row>());

const MINUTE_MS = 60_000;
/** A day of minutes: with the database away for longer, the oldest are forgotten. */
const MAX_ROWS = 5 * 24 * 60;

const COLUMNS: Column<Row>[] = [
  ["minute", "timestamptz", ({ minute }) => minute.toISOString()],
  ["reason", "text", ({ reason }) => reason],
  ["count", "int", ({ count }) => count],
];

function add({ minute, reason, count }: Row): void {
  const rows = unwritten();
  const key = `${minute.getTime()} ${reason}`;
  rows.set(key, { minute, reason, count: (rows.get(key)?.count ?? 0) + count });
  const [oldest] = rows.keys();
  if (rows.size > MAX_ROWS && oldest) rows.delete(oldest);
}

/** Counts a rejected request. Written with the next heartbeat. */
function noteRefusal(reason: RefusalReason, now = new Date()): void {
  add({ minute: new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS), reason, count: 1 });
}

function reasonOf(error: unknown, signature: string | null): RefusalReason | null {
  if (!(error instanceof AppError)) return "unavailable";
  if (error.code === "unauthorized") return SENDER.isSignature(signature) ? "signature" : "unsigned";
  if (error.code === "payload_too_large") return "size";
  if (error.code === "forbidden") return "address";
  // The sender went away in the middle of its body.
  return error.code === "bad_request" ? null : "unavailable";
}

/**
 * Counts a request that ended with an error; `signature` is what it was signed with. Only a delivery that a live secret
 * has signed is one that the sender counts as failed: anybody can send the others.
 *
 * @returns the reason, or null when the sender went away by itself
 */
export function countRefusal(error: unknown, signature: string | null, isAuthentic: boolean): RefusalReason | null {
  const reason = reasonOf(error, signature);
  if (reason === null) return null;
  noteRefusal(reason);
  if (isAuthentic) noteFailure();
  return reason;
}

/**
 * Adds what was counted to what all servers have counted.
 *
 * @throws whatever the database says; then it is added the next time, and twice where the commit succeeded after all
 */
export async function flushRefusals(): Promise<void> {
  const rows = [...unwritten().values()];
  if (rows.length === 0) return;
  unwritten().clear();
  // All servers take the rows in the same order, so that none waits in a circle.
  const sorted = rows.toSorted((a, b) => a.minute.getTime() - b.minute.getTime() || (a.reason < b.reason ? -1 : 1));
  try {
    await ingestDb().$executeRaw(Prisma.sql`
      insert into refusal (${namesSql(COLUMNS)}) select * from ${rowsSql(COLUMNS, sorted)}
      on conflict (minute, reason) do update set count = refusal.count + excluded.count`);
  } catch (error) {
    rows.forEach(add);
    throw error;
  }
}
