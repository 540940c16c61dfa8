import "server-only";
import { randomUUID, timingSafeEqual } from "node:crypto";
import { hashPassword, verifyPassword } from "better-auth/crypto";
import { z } from "zod";
import { PASSWORD_LENGTH } from "@/lib/account/password-length";
import { tokenHash } from "@/lib/account/token";
import { db } from "@/lib/base/db";
import { text as words } from "@/lib/base/problems";
import { Prisma } from "@/lib/generated/prisma/client";

/** An email address, in lower case, and a password. */
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
export const WITH_PASSWORD = "credential";

type AccountRights = Pick<Prisma.UserUncheckedCreateInput, "role" | "mayExport" | "links">;

const EVERY_RIGHT: AccountRights = { role: "owner", mayExport: true, links: Prisma.DbNull };

/** Whether an owner's account exists. */
export async function hasOwner(): Promise<boolean> {
  return (await db().user.findFirst({ where: { role: "owner" }, select: { id: true } })) !== null;
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
  return inOrder(async (tx) => {
    // The account with the address, else the first owner's, which is renamed: others' accounts don't change hands.
    const include = { accounts: true } as const;
    const owner =
      (await tx.user.findUnique({ where: { email: credentials.email }, include })) ??
      (await tx.user.findFirst({ where: { role: "owner" }, orderBy: { createdAt: "asc" }, include }));
    const account = owner?.accounts.find(({ providerId }) => providerId === WITH_PASSWORD);
    const hash = owner?.email === credentials.email ? account?.password : null;
    if (owner?.role === "owner" && hash && (await verifyPassword({ hash, password: credentials.password })))
      return "unchanged";
    await saveAccount(tx, owner?.id ?? randomUUID(), account?.id ?? randomUUID(), credentials, EVERY_RIGHT);
    return owner ? "updated" : "created";
  });
}

/** Creates the account at the first run, unless there is an owner. @throws ZodError as `ensureOwner` does */
export async function createOwner(credentials: Credentials): Promise<"created" | "exists"> {
  const parsed = Credentials.parse(credentials);
  return inOrder(async (tx) => {
    if (await tx.user.findFirst({ where: { role: "owner" }, select: { id: true } })) return "exists";
    // A proxy may have brought them before.
    const known = await tx.user.findUnique({ where: { email: parsed.email }, select: { id: true } });
    await saveAccount(tx, known?.id ?? randomUUID(), randomUUID(), parsed, EVERY_RIGHT);
    return "created";
  });
}

/** Runs a change of accounts, after those that run already: there is always an owner. */
export function inOrder<Result>(work: (tx: Prisma.TransactionClient) => Promise<Result>): Promise<Result> {
  return db().$transaction(
    async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(${LOCK})`;
      return work(tx);
    },
    { timeout: LIMIT_MS },
  );
}

/** Saves an account, and ends its sessions. Identities at a sign-in provider don't open it any more. */
export async function saveAccount(
  tx: Prisma.TransactionClient,
  userId: string,
  accountId: string,
  credentials: Credentials,
  rights: AccountRights,
): Promise<void> {
  const named = { email: credentials.email, name: credentials.email, ...rights };
  const password = await hashPassword(credentials.password);
  const linked = { accountId: userId, userId, providerId: WITH_PASSWORD };
  await tx.user.upsert({ where: { id: userId }, update: named, create: { id: userId, ...named } });
  await tx.account.upsert({
    where: { id: accountId },
    update: { password },
    create: { id: accountId, ...linked, password },
  });
  await tx.account.deleteMany({ where: { userId, id: { not: accountId } } });
  await tx.session.deleteMany({ where: { userId } });
  // Links that set a password.
  await tx.verification.deleteMany({ where: { value: userId } });
}

/** Reads a form in which somebody chooses a password, twice: what `schema` reads, or errors by field. */
export function readChosen<Chosen>(
  schema: z.ZodType<Chosen>,
  form: { password: string; repeat: string; email?: string },
): { data: Chosen } | { errors: Record<string, string> } {
  const read = schema.safeParse(form);
  const fieldErrors: Record<string, string[] | undefined> = read.success ? {} : z.flattenError(read.error).fieldErrors;
  const errors = {
    ...firstOfEach(fieldErrors),
    ...(form.repeat === form.password ? {} : { repeat: words.entry.repeat }),
  };
  return read.success && Object.keys(errors).length === 0 ? { data: read.data } : { errors };
}

type SetupField = "token" | "email" | "password" | "repeat";

/** In constant time. */
const isToken = (given: string, expected: string | undefined): boolean =>
  Boolean(expected) && timingSafeEqual(tokenHash(given), tokenHash(expected ?? ""));

/** The first run: creates the account for whoever knows `expected`, this start's token. Else errors by field. */
export async function setUp(
  form: Record<SetupField, string>,
  expected: string | undefined,
): Promise<{ created: Credentials } | { errors: Partial<Record<SetupField, string>> } | "exists"> {
  if (!isToken(form.token.trim(), expected)) return { errors: { token: words.entry.wrongToken } };
  const chosen = readChosen(Credentials, form);
  if ("errors" in chosen) return chosen;
  return (await createOwner(chosen.data)) === "exists" ? "exists" : { created: chosen.data };
}

function firstOfEach(lists: Record<string, string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(lists).map(([field, problems]) => [field, problems?.[0] ?? ""]));
}
