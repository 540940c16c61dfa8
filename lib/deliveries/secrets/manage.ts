import "server-only";
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { tidyText } from "@/lib/base/clean";
import { db } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import { reloadSecrets, unwrittenUse } from "@/lib/deliveries/secrets/live";
import type { Prisma } from "@/lib/generated/prisma/client";
import { fixedSecrets, givenName, hintOf, open, type SecretSource, seal, secretId, serverKey } from "./secret";

/** Limit for a request with a name and a secret. */
export const MAX_SECRET_BYTES = 4_096;

const name = z
  .string(words.anyText)
  .transform(tidyText)
  .pipe(z.string().min(1, words.secrets.name).max(80, words.atMost(80)));

const value = z
  .string(words.anyText)
  .trim()
  .min(16, words.secrets.short)
  .max(200, words.atMost(200))
  .regex(/^[\x21-\x7e]+$/, words.secrets.characters);

const id = z.int32().nonnegative();

/** A secret to add. `value` null: generate one. `replaces`: id of the secret that it supersedes. */
export const NewSecret = z.object({ name, value: value.nullable(), replaces: id.nullable().default(null) });
export type NewSecret = z.output<typeof NewSecret>;

export const SecretChange = z.object({ name });

/** A secret as Settings shows it: everything but its value. */
export type ShownSecret = {
  id: number;
  name: string;
  source: SecretSource;
  hint: string;
  /** `replaced`: still valid until it is revoked. `unreadable`: encrypted with a different key. */
  state: "valid" | "replaced" | "revoked" | "unreadable";
  replacedBy: string | null;
  createdAt: Date | null;
  lastUsedAt: Date | null;
};

/** All secrets: from the environment, then from Settings with the newest first, then revoked ones. */
export async function listSecrets(): Promise<ShownSecret[]> {
  const rows = await db().webhookSecret.findMany({ orderBy: [{ createdAt: "desc" }, { id: "asc" }] });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const key = serverKey();
  const lastUseOf = (id: number) => unwrittenUse(id) ?? byId.get(id)?.lastUsedAt ?? null;
  const fixed = fixedSecrets().map((secret): ShownSecret => {
    const { id, source, value } = secret;
    const shown = { id, name: givenName(secret), source, hint: hintOf(value), lastUsedAt: lastUseOf(id) };
    return { ...shown, state: "valid", replacedBy: null, createdAt: null };
  });
  const kept = rows.flatMap((row): ShownSecret[] => {
    const { id, name, hint, createdAt, sealed, revokedAt } = row;
    if (row.source !== "settings" || fixed.some((secret) => secret.id === id)) return [];
    const isOpen = sealed !== null && open(sealed, id, key) !== null;
    const replacedBy = byId.get(row.replacedBy ?? -1)?.name ?? null;
    const state = revokedAt ? "revoked" : !isOpen ? "unreadable" : replacedBy !== null ? "replaced" : "valid";
    return [{ id, name, source: "settings", hint, state, replacedBy, createdAt, lastUsedAt: lastUseOf(id) }];
  });
  const isRevoked = ({ state }: ShownSecret) => Number(state === "revoked");
  return [...fixed, ...kept.toSorted((a, b) => isRevoked(a) - isRevoked(b))];
}

/** Whether there is a secret besides the demo's. */
export async function hasSenderSecret(): Promise<boolean> {
  const isOpen = ({ source, state }: ShownSecret) => source !== "demo" && (state === "valid" || state === "replaced");
  return (await listSecrets()).some(isOpen);
}

/** Names of secrets by id. Unnamed are only secrets of the environment that were never used for long. */
export async function secretNames(): Promise<(id: number) => string> {
  const rows = await db().webhookSecret.findMany({ select: { id: true, name: true } });
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  for (const secret of fixedSecrets()) if (!names.has(secret.id)) names.set(secret.id, givenName(secret));
  return (id) => names.get(id) ?? "A former secret";
}

async function assertUnknown(id: number): Promise<void> {
  const fixed = fixedSecrets().find((secret) => secret.id === id);
  const row = await db().webhookSecret.findFirst({ where: { id, ...KEPT } });
  const name = fixed ? givenName(fixed) : row && `“${row.name}”`;
  if (name) throw new AppError("unprocessable_entity", `value: This secret already exists as ${name}.`);
}

/** Secrets from Settings that aren't revoked. */
const KEPT = { source: "settings", revokedAt: null };

/** @throws AppError when there is no such secret */
async function changeKept(
  id: number,
  data: Prisma.WebhookSecretUpdateManyMutationInput,
  tx: Prisma.TransactionClient = db(),
): Promise<void> {
  const { count } = await tx.webhookSecret.updateMany({ where: { id, ...KEPT }, data });
  if (count === 0) throw new AppError("not_found", words.secrets.gone);
}

/**
 * Adds a secret. A secret that it replaces stays valid until it is revoked.
 *
 * @returns `value` only for a generated secret: it is never shown again
 * @throws AppError when the secret already exists, or the one to replace doesn't
 */
export async function addSecret({ name, value, replaces }: NewSecret): Promise<{ id: number; value: string | null }> {
  // In the sender's format, with twice as many random bits.
  const secret = value ?? `whsec_${randomBytes(32).toString("hex")}`;
  const key = serverKey();
  const id = secretId(secret, key);
  await assertUnknown(id);
  const row = { name, source: "settings", hint: hintOf(secret), sealed: new Uint8Array(seal(secret, id, key)) };
  // It may have been revoked, or have been in the environment once.
  const again = { ...row, createdAt: new Date(), revokedAt: null, replacedBy: null };
  await db().$transaction(async (tx) => {
    if (replaces !== null) await changeKept(replaces, { replacedBy: id }, tx);
    await tx.webhookSecret.upsert({ where: { id }, create: { id, ...row }, update: again });
  });
  await reloadSecrets();
  return { id, value: value === null ? secret : null };
}

/** @throws AppError when there is no such secret */
export const renameSecret = (id: number, name: string): Promise<void> => changeKept(id, { name });

/** Revokes a secret: deliveries signed with it are rejected. The secret is erased; its name stays for the list of deliveries. */
export async function revokeSecret(id: number): Promise<void> {
  await changeKept(id, { revokedAt: new Date(), sealed: null, replacedBy: null });
  await reloadSecrets();
}
