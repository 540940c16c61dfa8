import "server-only";
import { randomBytes } from "node:crypto";
import { db } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import type { NewSecret } from "./input";
import { fixedSecrets } from "./live";
import { seal } from "./seal";
import { givenName, hintOf, secretId } from "./secret";
import { reloadSecrets } from "./secret-cache";
import { serverKey } from "./server-key";

/** Of the sender's form, with twice as many random bits. */
const generate = (): string => `whsec_${randomBytes(32).toString("hex")}`;

async function assertUnknown(id: number): Promise<void> {
  const fixed = fixedSecrets().find((secret) => secret.id === id);
  if (fixed) throw new AppError("unprocessable_entity", `value: This secret already exists as ${givenName(fixed)}.`);
  const row = await db().webhookSecret.findUnique({ where: { id } });
  if (row && row.source === "settings" && row.revokedAt === null)
    throw new AppError("unprocessable_entity", `value: This secret already exists as “${row.name}”.`);
}

async function requireKept(id: number): Promise<void> {
  const found = await db().webhookSecret.findFirst({ where: { id, source: "settings", revokedAt: null } });
  if (!found) throw new AppError("not_found", words.secrets.gone);
}

/**
 * Adds a secret; deliveries signed with it are taken from now on. One that it replaces stays valid until it is revoked.
 *
 * @returns the secret itself only when it was made here: it is not shown again
 * @throws AppError when the secret is there already, or what it replaces is not
 */
export async function addSecret({ name, value, replaces }: NewSecret): Promise<{ id: number; value: string | null }> {
  const secret = value ?? generate();
  const key = serverKey();
  const id = secretId(secret, key);
  await assertUnknown(id);
  if (replaces !== null) await requireKept(replaces);
  const row = { name, source: "settings", hint: hintOf(secret), sealed: new Uint8Array(seal(secret, id, key)) };
  await db().$transaction([
    // One that was revoked, or was in the environment once, is taken up again.
    db().webhookSecret.upsert({
      where: { id },
      create: { id, ...row },
      update: { ...row, createdAt: new Date(), revokedAt: null, replacedBy: null },
    }),
    ...(replaces === null ? [] : [db().webhookSecret.update({ where: { id: replaces }, data: { replacedBy: id } })]),
  ]);
  await reloadSecrets();
  return { id, value: value === null ? secret : null };
}

/** @throws AppError when there is no such secret */
export async function renameSecret(id: number, name: string): Promise<void> {
  await requireKept(id);
  await db().webhookSecret.update({ where: { id }, data: { name } });
}

/** Revokes a secret: deliveries signed with it are rejected. The secret is erased; its name stays for the list of deliveries. */
export async function revokeSecret(id: number): Promise<void> {
  await requireKept(id);
  await db().webhookSecret.update({ where: { id }, data: { revokedAt: new Date(), sealed: null, replacedBy: null } });
  await reloadSecrets();
}
