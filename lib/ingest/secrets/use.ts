import "server-only";
import { ingestDb } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { type Column, namesSql, rowsSql } from "@/lib/ingest/columns";
import { log } from "@/lib/log";
import { givenName, hintOf, type LiveSecret } from "./secret";

const FLUSH_MS = 30_000;

type Use = { secret: LiveSecret; at: Date };
type State = { last: Map<number, Use>; timer: NodeJS.Timeout | null };

// instrumentation.ts and the routes are separate builds in one process: only globalThis is shared.
const shared = globalThis as { footfallSecretUse?: State };

function state(): State {
  shared.footfallSecretUse ??= { last: new Map(), timer: null };
  return shared.footfallSecretUse;
}

const COLUMNS: Column<Use>[] = [
  ["id", "int", ({ secret }) => secret.id],
  ["name", "text", ({ secret }) => givenName(secret)],
  ["source", "text", ({ secret }) => secret.source],
  ["hint", "text", ({ secret }) => hintOf(secret.value)],
  ["last_used_at", "timestamptz", ({ at }) => at.toISOString()],
];

/** Remembers that a secret signed a delivery now. Written every half minute, apart from the delivery. */
export function noteUse(secret: LiveSecret): void {
  const { last } = state();
  last.set(secret.id, { secret, at: new Date() });
  state().timer ??= setTimeout(() => void flushUse(), FLUSH_MS).unref();
}

/** When a secret signed last, as far as this process knows and has not written yet. */
export const unwrittenUse = (id: number): Date | null => state().last.get(id)?.at ?? null;

/** Writes when secrets were used last. A secret that is in no table yet gets a row: so its id keeps a name. */
export async function flushUse(): Promise<void> {
  const { last, timer } = state();
  if (timer) clearTimeout(timer);
  state().timer = null;
  const uses = [...last.values()].sort((a, b) => a.secret.id - b.secret.id);
  if (uses.length === 0) return;
  last.clear();
  try {
    await ingestDb().$executeRaw(Prisma.sql`
      insert into webhook_secret (${namesSql(COLUMNS)})
      select * from ${rowsSql(COLUMNS, uses)}
      on conflict (id) do update
      set last_used_at = greatest(webhook_secret.last_used_at, excluded.last_used_at)`);
  } catch (error) {
    // The next delivery tries again.
    for (const use of uses) if (!last.has(use.secret.id)) last.set(use.secret.id, use);
    log.warn({ err: error }, "the last use of webhook secrets could not be written yet");
  }
}
