import "server-only";
import { isAPIError } from "better-auth/api";
import { encode } from "uqr";
import { z } from "zod";
import { countAttempt } from "@/lib/account/attempts";
import { auth } from "@/lib/account/auth";
import { unavailable } from "@/lib/account/unavailable";
import { db } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import type { Person } from "@/lib/question/question";

/** Limit of a body: a password or a code. */
export const MAX_TWO_FACTOR_BYTES = 4_096;

export const WithPassword = z.strictObject({ currentPassword: z.string(words.anyText) });
export const WithCode = z.strictObject({ code: z.string(words.anyText).trim() });

/** better-auth's error codes, with what people read. */
const PROBLEMS: Record<
  string,
  { code: "unprocessable_entity" | "unauthorized" | "rate_limit_exceeded"; message: string }
> = {
  INVALID_PASSWORD: { code: "unprocessable_entity", message: words.account.wrongPassword },
  INVALID_CODE: { code: "unprocessable_entity", message: `code: ${words.entry.wrongCode}` },
  INVALID_BACKUP_CODE: { code: "unprocessable_entity", message: `code: ${words.entry.wrongCode}` },
  INVALID_TWO_FACTOR_COOKIE: { code: "unauthorized", message: words.entry.codeLate },
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: { code: "unauthorized", message: words.entry.codeLate },
  ACCOUNT_TEMPORARILY_LOCKED: { code: "rate_limit_exceeded", message: words.entry.codeLocked },
};

/** @throws AppError with what people read, or unavailable when the database is down */
function refused(error: unknown): never {
  const problem = isAPIError(error) ? PROBLEMS[error.body?.code ?? ""] : undefined;
  if (problem) throw new AppError(problem.code, problem.message, {}, { cause: error });
  return unavailable(error);
}

/** What an app needs: a QR code as an SVG path in a square of `size`, and the secret to type. */
export type Enrolment = { path: string; size: number; secret: string; recoveryCodes: string[] };

function drawn(text: string): { path: string; size: number } {
  const { data, size } = encode(text, { border: 2 });
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])));
  return { path: squares.join(""), size };
}

/** Makes a secret, which counts once a first code was right. @throws AppError for a wrong password */
export async function beginTwoFactor(caller: Headers, password: string): Promise<Enrolment> {
  await countAttempt("password", caller);
  try {
    const made = await auth().api.enableTwoFactor({ headers: caller, body: { password } });
    if (made.method !== "totp") throw new RangeError("an app's codes were asked for");
    const secret = new URL(made.totpURI).searchParams.get("secret") ?? "";
    return { ...drawn(made.totpURI), secret, recoveryCodes: made.backupCodes };
  } catch (error) {
    return refused(error);
  }
}

/** Turns it on with a first code. @returns the `Set-Cookie` values of the session that goes on */
export async function confirmTwoFactor(caller: Headers, code: string): Promise<string[]> {
  await countAttempt("password", caller);
  try {
    const call = { headers: caller, body: { code: code.replaceAll(" ", "") }, returnHeaders: true } as const;
    return (await auth().api.verifyTOTP(call)).headers.getSetCookie();
  } catch (error) {
    return refused(error);
  }
}

/** Turns it off. @returns the `Set-Cookie` values of the session that goes on */
export async function endTwoFactor(caller: Headers, password: string): Promise<string[]> {
  await countAttempt("password", caller);
  try {
    const call = { headers: caller, body: { password }, returnHeaders: true } as const;
    return (await auth().api.disableTwoFactor(call)).headers.getSetCookie();
  } catch (error) {
    return refused(error);
  }
}

/** Makes recovery codes; earlier ones are no longer valid. */
export async function newRecoveryCodes(caller: Headers, password: string): Promise<string[]> {
  await countAttempt("password", caller);
  try {
    return (await auth().api.generateBackupCodes({ headers: caller, body: { password } })).backupCodes;
  } catch (error) {
    return refused(error);
  }
}

/**
 * Completes a sign-in with a code of the app, or a recovery code, which is used up.
 *
 * @returns the person, and the `Set-Cookie` values of the session
 * @throws AppError for a wrong code, after too many, or too long after the password
 */
export async function enterCode(caller: Headers, given: string): Promise<{ userId: string; cookies: string[] }> {
  await countAttempt("sign-in", caller);
  const code = given.replaceAll(" ", "");
  const call = { headers: caller, body: { code }, returnHeaders: true } as const;
  try {
    const { api } = auth();
    const { headers, response } = /^\d{6}$/.test(code) ? await api.verifyTOTP(call) : await api.verifyBackupCode(call);
    return { userId: response.user.id, cookies: headers.getSetCookie() };
  } catch (error) {
    return refused(error);
  }
}

/** Turns a person's second factor off without a code: for admins, and on the host. */
export async function dropTwoFactor({ userId }: Person): Promise<void> {
  await db().$transaction([
    db().twoFactor.deleteMany({ where: { userId } }),
    db().user.updateMany({ where: { id: userId }, data: { twoFactorEnabled: false } }),
  ]);
}
