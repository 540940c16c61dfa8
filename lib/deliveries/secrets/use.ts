import "server-only";
import { ingestDb } from "@/lib/base/db";
import { log } from "@/lib/base/log";
import { type Column, namesSql, rowsSql } from "@/lib/base/rows-sql";
import { single } from "@/lib/base/runtime";
import { givenName, hintOf, type LiveSecret } from "@/lib/deliveries/secrets/secret";
import { Prisma } from "@/lib/generated/prisma/client";

type Use = { secret: LiveSecret; at: Date };

/** Last use of each secret that isn't in the database yet. */
const unwritten = single("secret use", () => new Map<number, Use>());

const COLUMNS: Column<Use>[] = [
  ["id", "int", ({ secret }) => secret.id],
  ["name", "text", ({ secret }) => givenName(secret)],
  ["source", "text", ({ secret }) => secret.source],
  ["hint", "text", ({ secret }) => hintOf(secret.value)],
  ["last_used_at", "timestamptz", ({ at }) => at.toISOString()],
];

/** Records that a secret signed a delivery now. A job writes it to the database later. */
export function noteUse(secret: LiveSecret): void {
  unwritten().set(secret.id, { secret, at: new Date() });
}

/** Last use of a secret, if this process hasn't written it yet. */
export const unwrittenUse = (id: number): Date | null => unwritten().get(id)?.at ?? null;

/** Writes the last use of secrets. A configured secret gets a row here, so that its id keeps a name. */
export async function flushUse(): Promise<void> {
  const last = unwritten();
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
    // Retried at the next run.
    for (const use of uses) if (!last.has(use.secret.id)) last.set(use.secret.id, use);
    log.warn({ err: error }, "secrets: write of last use failed, will retry");
  }
}
