import "server-only";
import { isAPIError } from "better-auth/api";
import { z } from "zod";
import { db } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import type { Person } from "@/lib/question/question";
import { countAttempt } from "./attempts";
import { auth } from "./auth";
import { Credentials, WITH_PASSWORD } from "./owner";
import { unavailable } from "./unavailable";

/** An email address and two passwords in JSON, and a little more. */
export const MAX_ACCOUNT_BYTES = 4_096;

const { email, password } = Credentials.shape;

/** A new email address or a new password, or both, with the current password. */
export const AccountChange = z.object({
  currentPassword: z.string(words.anyText),
  email: email.optional(),
  newPassword: password.optional(),
});

/** Whether the environment sets the account with an address: each start would undo a change. */
export const isManaged = (email: string): boolean => env().ADMIN_EMAIL?.toLowerCase() === email;

/** `zone`: the time zone in which pages open; null: the browser's. `weekStart`: null: Monday. */
type ShownAccount = {
  email: string;
  zone: string | null;
  weekStart: string | null;
  twoFactorEnabled: boolean;
  /** Somebody without one comes by a proxy or a sign-in provider. */
  hasPassword: boolean;
  /** Issuers of the identities that open the account. */
  issuers: string[];
};

/** What Settings shows of an account. */
export async function readAccount({ userId }: Person): Promise<ShownAccount> {
  const { accounts, ...shown } = await db().user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      ...{ email: true, zone: true, weekStart: true, twoFactorEnabled: true },
      accounts: { select: { accountId: true, providerId: true, password: true } },
    },
  });
  const hasPassword = accounts.some(({ password }) => password !== null);
  const identities = accounts.filter(({ providerId }) => providerId !== WITH_PASSWORD);
  return { ...shown, hasPassword, issuers: identities.map(({ accountId }) => accountId.split(" ", 1)[0] ?? "") };
}

/**
 * Changes the caller's email address or password. A new password ends all other sessions.
 *
 * @returns the `Set-Cookie` values of the session that goes on
 * @throws AppError for a wrong current password, after too many attempts, when the environment sets the account, or
 *   when the database is down
 */
export async function changeAccount(
  caller: Headers,
  { currentPassword, email: newEmail, newPassword }: z.output<typeof AccountChange>,
): Promise<string[]> {
  const { api } = auth();
  const call = { headers: caller, returnHeaders: true } as const;
  try {
    const session = await api.getSession({ headers: caller });
    if (session && isManaged(session.user.email)) throw new AppError("unprocessable_entity", words.account.managed);
    await countAttempt("password", caller);
    await api.verifyPassword({ headers: caller, body: { password: currentPassword } });
    if (newEmail !== undefined && newEmail !== session?.user.email) {
      // The library wouldn't say so.
      if (await db().user.findUnique({ where: { email: newEmail }, select: { id: true } }))
        throw new AppError("unprocessable_entity", `email: ${words.people.taken}`);
      await api.changeEmail({ headers: caller, body: { newEmail } });
    }
    if (session) await db().verification.deleteMany({ where: { value: session.user.id } });
    if (newPassword === undefined) return [];
    const body = { currentPassword, newPassword, revokeOtherSessions: true };
    return (await api.changePassword({ ...call, body })).headers.getSetCookie();
  } catch (error) {
    if (isAPIError(error) && error.body?.code === "INVALID_PASSWORD")
      throw new AppError("unprocessable_entity", words.account.wrongPassword, {}, { cause: error });
    return unavailable(error);
  }
}

/** From now on no identity at a sign-in provider opens a person's account. @returns whether one did */
export async function disconnect({ userId }: Person): Promise<boolean> {
  const { count } = await db().account.deleteMany({ where: { userId, providerId: { not: WITH_PASSWORD } } });
  return count > 0;
}
