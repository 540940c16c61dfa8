import "server-only";
import { randomUUID } from "node:crypto";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import { db } from "@/lib/base/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import { Credentials } from "./credentials";

/** Any number that nothing else locks: servers that start at once make the account one after the other. */
const LOCK = 4_004_001;

/** Hashing takes a moment on purpose, and one server may wait for another. */
const LIMIT_MS = 20_000;

/** The library's name for an account with a password. */
const WITH_PASSWORD = "credential";

/** Whether there is an account. */
export async function hasOwner(): Promise<boolean> {
  return (await db().user.findFirst({ select: { id: true } })) !== null;
}

/**
 * Makes the one account what the settings say. A change of e-mail address or password ends all sessions, which makes
 * the settings the way to replace a forgotten password.
 *
 * @throws ZodError when the settings are not an e-mail address and a password of allowed length
 */
export async function ensureOwner(
  settings: Credentials | null,
): Promise<"created" | "updated" | "unchanged" | "missing"> {
  if (!settings) return (await hasOwner()) ? "unchanged" : "missing";
  const credentials = Credentials.parse(settings);
  return locked(async (tx) => {
    const owner = await tx.user.findFirst({ orderBy: { createdAt: "asc" }, include: { accounts: true } });
    if (!owner) return insertOwner(tx, credentials);
    const account = owner.accounts.find((entry) => entry.providerId === WITH_PASSWORD);
    const fits = await verifies(account?.password, credentials.password);
    if (fits && owner.email === credentials.email) return "unchanged";
    await updateOwner(tx, owner.id, account?.id ?? randomUUID(), credentials);
    return "updated";
  });
}

/**
 * Makes the owner's account on a first run; refuses when there is one, whatever its e-mail address.
 *
 * @throws ZodError when the arguments are not an e-mail address and a password of allowed length
 */
export async function createOwner(credentials: Credentials): Promise<"created" | "exists"> {
  const parsed = Credentials.parse(credentials);
  return locked(async (tx) => {
    if (await tx.user.findFirst({ select: { id: true } })) return "exists";
    return insertOwner(tx, parsed);
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

async function insertOwner(tx: Prisma.TransactionClient, { email, password }: Credentials): Promise<"created"> {
  const id = randomUUID();
  await tx.user.create({
    data: {
      id,
      email,
      name: email,
      accounts: {
        create: {
          id: randomUUID(),
          accountId: id,
          providerId: WITH_PASSWORD,
          password: await hashPassword(password),
        },
      },
    },
  });
  return "created";
}

async function updateOwner(
  tx: Prisma.TransactionClient,
  userId: string,
  accountId: string,
  credentials: Credentials,
): Promise<void> {
  const { email } = credentials;
  const password = await hashPassword(credentials.password);
  await tx.user.update({ where: { id: userId }, data: { email, name: email } });
  await tx.account.upsert({
    where: { id: accountId },
    update: { password },
    create: { id: accountId, accountId: userId, userId, providerId: WITH_PASSWORD, password },
  });
  await tx.session.deleteMany({ where: { userId } });
}

async function verifies(hash: string | null | undefined, password: string): Promise<boolean> {
  return hash ? verifyPassword({ hash, password }) : false;
}
