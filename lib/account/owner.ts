import "server-only";
import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import { z } from "zod";
import { PASSWORD_LENGTH } from "@/lib/account/password-length";
import { db } from "@/lib/base/db";
import { text as words } from "@/lib/base/problems";
import type { Prisma } from "@/lib/generated/prisma/client";

/** The owner's credentials. Email addresses are lower case. */
export const Credentials = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email(words.entry.email)),
  password: z
    .string()
    .min(PASSWORD_LENGTH.min, words.atLeast(PASSWORD_LENGTH.min))
    .max(PASSWORD_LENGTH.max, words.atMost(PASSWORD_LENGTH.max)),
});

export type Credentials = z.infer<typeof Credentials>;

/** An advisory lock: servers that start at the same time create the account one after the other. */
const LOCK = 4_004_001;

/** Hashing is slow on purpose, and a server may wait for another. */
const LIMIT_MS = 20_000;

/** The library's provider id of password accounts. */
const WITH_PASSWORD = "credential";

/** Whether an account exists. */
export async function hasOwner(): Promise<boolean> {
  return (await db().user.findFirst({ select: { id: true } })) !== null;
}

/**
 * Creates or updates the account from the settings; a change ends all sessions, so it replaces a forgotten password.
 *
 * @throws ZodError when they aren't an email address and a password of allowed length
 */
export async function ensureOwner(
  settings: Credentials | null,
): Promise<"created" | "updated" | "unchanged" | "missing"> {
  if (!settings) return (await hasOwner()) ? "unchanged" : "missing";
  const credentials = Credentials.parse(settings);
  return locked(async (tx) => {
    const owner = await tx.user.findFirst({ orderBy: { createdAt: "asc" }, include: { accounts: true } });
    const account = owner?.accounts.find(({ providerId }) => providerId === WITH_PASSWORD);
    const hash = owner?.email === credentials.email ? account?.password : null;
    if (hash && (await verifyPassword({ hash, password: credentials.password }))) return "unchanged";
    await saveOwner(tx, owner?.id ?? randomUUID(), account?.id ?? randomUUID(), credentials);
    return owner ? "updated" : "created";
  });
}

/** Creates the account at the first run, unless there is any. @throws ZodError as `ensureOwner` does */
export async function createOwner(credentials: Credentials): Promise<"created" | "exists"> {
  const parsed = Credentials.parse(credentials);
  return locked(async (tx) => {
    if (await tx.user.findFirst({ select: { id: true } })) return "exists";
    await saveOwner(tx, randomUUID(), randomUUID(), parsed);
    return "created";
  });
}

function locked<Result>(work: (tx: Prisma.TransactionClient) => Promise<Result>): Promise<Result> {
  return db().$transaction(
    async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(${LOCK})`;
      return work(tx);
    },
    { timeout: LIMIT_MS },
  );
}

/** Saves the account, and ends its sessions. */
async function saveOwner(
  tx: Prisma.TransactionClient,
  userId: string,
  accountId: string,
  credentials: Credentials,
): Promise<void> {
  const named = { email: credentials.email, name: credentials.email };
  const password = await hashPassword(credentials.password);
  const linked = { accountId: userId, userId, providerId: WITH_PASSWORD };
  await tx.user.upsert({ where: { id: userId }, update: named, create: { id: userId, ...named } });
  await tx.account.upsert({
    where: { id: accountId },
    update: { password },
    create: { id: accountId, ...linked, password },
  });
  await tx.session.deleteMany({ where: { userId } });
}

type SetupField = "token" | "email" | "password" | "repeat";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** In constant time. */
const isToken = (given: string, expected: string | undefined): boolean =>
  Boolean(expected) && timingSafeEqual(digest(given), digest(expected ?? ""));

/** The first run: creates the account for whoever knows `expected`, this start's token. Else errors by field. */
export async function setUp(
  form: Record<SetupField, string>,
  expected: string | undefined,
): Promise<{ created: Credentials } | { errors: Partial<Record<SetupField, string>> } | "exists"> {
  if (!isToken(form.token.trim(), expected)) return { errors: { token: words.entry.wrongToken } };
  const credentials = Credentials.safeParse(form);
  const { fieldErrors } = credentials.success ? { fieldErrors: {} } : z.flattenError(credentials.error);
  const errors: Partial<Record<SetupField, string>> = {
    ...firstOfEach(fieldErrors),
    ...(form.repeat === form.password ? {} : { repeat: words.entry.repeat }),
  };
  if (!credentials.success || Object.keys(errors).length > 0) return { errors };
  return (await createOwner(credentials.data)) === "exists" ? "exists" : { created: credentials.data };
}

function firstOfEach(lists: Record<string, string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(lists).map(([field, problems]) => [field, problems?.[0] ?? ""]));
}
