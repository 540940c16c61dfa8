import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type LinkLimit, storedLimit } from "@/lib/account/link-limit";
import { inOrder } from "@/lib/account/owner";
import { newToken, tokenHash } from "@/lib/account/token";
import { db } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import { unlessMoving } from "@/lib/base/sql-state";
import type { ApiKey } from "@/lib/generated/prisma/client";
import { type KeyScope, type NewKey, SCOPE_KEYS } from "./key";

/** A leaked key is found by this, also by scanners of repositories. */
const PREFIX = "footfall_";
const HINT = 4;

/** Whether a text is meant as a key of ours. */
export const isKey = (text: string): boolean => text.startsWith(PREFIX);

const Scopes = z.array(z.enum(SCOPE_KEYS));

/** A key that may be in use. */
export type Key = { id: string; name: string; scopes: KeyScope[]; links: LinkLimit | null; perMinute: number };

/** A key as Settings shows it: everything but its value. */
export type ShownKey = Key &
  Pick<ApiKey, "hint" | "createdAt" | "expiresAt" | "lastUsedAt"> & {
    state: "valid" | "expired" | "revoked";
    /** Email address of who made it; null: made on the host, or by a deleted account. */
    by: string | null;
  };

const isOver = (expiresAt: Date | null, now: number) => expiresAt !== null && expiresAt.getTime() <= now;

const keyOf = ({ id, name, scopes, links, perMinute }: ApiKey): Key => ({
  ...{ id, name, perMinute },
  scopes: Scopes.parse(scopes),
  links: storedLimit(links),
});

/**
 * Makes a key. Its value is returned here only: its hash is stored.
 *
 * @param createdBy id of a user; null on the host
 * @throws AppError when another key that isn't revoked has the name
 */
export async function createKey(
  { name, scopes, links, expiresAt, perMinute }: NewKey,
  createdBy: string | null,
): Promise<{ id: string; value: string }> {
  const [id, value] = [randomUUID(), `${PREFIX}${newToken()}`];
  return inOrder(async (tx) => {
    // The command line revokes by name.
    if (await tx.apiKey.findFirst({ where: { name, revokedAt: null }, select: { id: true } }))
      throw new AppError("unprocessable_entity", `name: ${words.keys.exists}`);
    await tx.apiKey.create({
      data: {
        ...{ id, name, hash: tokenHash(value), hint: value.slice(-HINT), scopes },
        ...(links && { links }),
        ...{ perMinute, createdBy, expiresAt },
      },
    });
    return { id, value };
  });
}

/** All keys: those in use, the newest first, then expired and revoked ones. */
export async function listKeys(): Promise<ShownKey[]> {
  const rows = await db().apiKey.findMany({
    include: { creator: { select: { email: true } } },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  const now = Date.now();
  const shown = rows.map(
    (row): ShownKey => ({
      ...keyOf(row),
      ...{ hint: row.hint, createdAt: row.createdAt, expiresAt: row.expiresAt, lastUsedAt: row.lastUsedAt },
      state: row.revokedAt ? "revoked" : isOver(row.expiresAt, now) ? "expired" : "valid",
      by: row.creator?.email ?? null,
    }),
  );
  const order = { valid: 0, expired: 1, revoked: 2 };
  return shown.toSorted((a, b) => order[a.state] - order[b.state]);
}

/** Revokes a key by id or name: from now on no server accepts it. @throws AppError when no key in use is called that */
export async function revokeKey(which: { id: string } | { name: string }): Promise<{ id: string; name: string }> {
  const [row] = await db().apiKey.updateManyAndReturn({
    where: { revokedAt: null, ...which },
    data: { revokedAt: new Date() },
    select: { id: true, name: true },
  });
  if (!row) throw new AppError("not_found", words.keys.gone);
  return row;
}

/** The key with a value, as stored now. @throws AppError unauthorized when it is unknown, expired or revoked */
export async function findKey(value: string): Promise<Key> {
  // Looked up by hash: how long that takes tells nothing of other keys.
  const row = isKey(value) ? await db().apiKey.findUnique({ where: { hash: tokenHash(value) } }) : null;
  const refused = !row
    ? words.keys.unknown
    : row.revokedAt
      ? words.keys.revoked
      : isOver(row.expiresAt, Date.now())
        ? words.keys.expired
        : null;
  if (!row || refused !== null)
    throw new AppError("unauthorized", refused ?? words.keys.unknown, { "WWW-Authenticate": "Bearer" });
  return keyOf(row);
}

/** Notes that a key was used, at most once a minute; not while Footfall is being moved. */
export async function noteUse(id: string): Promise<void> {
  const written = db().$executeRaw`
    update api_key set last_used_at = now()
    where id = ${id} and (last_used_at is null or last_used_at < now() - interval '1 minute')`;
  await written.catch(unlessMoving);
}
