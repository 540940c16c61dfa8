import "server-only";
import { db } from "@/lib/base/db";
import { fixedSecrets } from "./live";
import { open } from "./seal";
import { givenName, hintOf, type SecretSource } from "./secret";
import { serverKey } from "./server-key";
import { unwrittenUse } from "./use";

/** A secret as the settings show it: everything but the secret. */
export type ShownSecret = {
  id: number;
  name: string;
  source: SecretSource;
  hint: string;
  /** `replaced`: valid until it is revoked. `unreadable`: sealed with another key. */
  state: "valid" | "replaced" | "revoked" | "unreadable";
  replacedBy: string | null;
  createdAt: Date | null;
  lastUsedAt: Date | null;
};

const latest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b));

/** All secrets: those of the environment first, then those of the settings, the newest first; revoked ones last. */
export async function listSecrets(): Promise<ShownSecret[]> {
  const rows = await db().webhookSecret.findMany({ orderBy: [{ createdAt: "desc" }, { id: "asc" }] });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const key = serverKey();
  const fixed = fixedSecrets().map(
    (secret): ShownSecret => ({
      ...{ id: secret.id, name: givenName(secret), source: secret.source, hint: hintOf(secret.value) },
      ...{ state: "valid", replacedBy: null, createdAt: null },
      lastUsedAt: latest(byId.get(secret.id)?.lastUsedAt ?? null, unwrittenUse(secret.id)),
    }),
  );
  const kept = rows.flatMap((row): ShownSecret[] => {
    const { id, name, hint, createdAt } = row;
    if (row.source !== "settings" || fixed.some((secret) => secret.id === id)) return [];
    const isOpen = row.sealed !== null && open(row.sealed, id, key) !== null;
    const replacement = row.replacedBy === null ? undefined : byId.get(row.replacedBy);
    const state = row.revokedAt ? "revoked" : !isOpen ? "unreadable" : replacement ? "replaced" : "valid";
    const lastUsedAt = latest(row.lastUsedAt, unwrittenUse(id));
    return [
      { id, name, source: "settings", hint, state, replacedBy: replacement?.name ?? null, createdAt, lastUsedAt },
    ];
  });
  const isRevoked = ({ state }: ShownSecret) => state === "revoked";
  return [...fixed, ...kept.filter((secret) => !isRevoked(secret)), ...kept.filter(isRevoked)];
}

/** Whether anybody but the demo can deliver. */
export async function hasSenderSecret(): Promise<boolean> {
  const isOpen = ({ source, state }: ShownSecret) => source !== "demo" && (state === "valid" || state === "replaced");
  return (await listSecrets()).some(isOpen);
}

/** Names for the ids that deliveries carry; an id without one was a secret of the environment that was hardly used. */
export async function secretNames(): Promise<(id: number) => string> {
  const rows = await db().webhookSecret.findMany({ select: { id: true, name: true } });
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  for (const secret of fixedSecrets()) if (!names.has(secret.id)) names.set(secret.id, givenName(secret));
  return (id) => names.get(id) ?? "A former secret";
}
