import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { verifyPassword } from "better-auth/crypto";
import { assertNotLockedOut, countAttempt, countFailure, networkOfCaller } from "@/lib/account/attempts";
import { FormError } from "@/lib/account/entry";
import { cookieOf, cookiePrefix } from "@/lib/account/session-cookie";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { isHttps } from "@/lib/base/http/https";
import { text as words } from "@/lib/base/problems";
import { sharePath } from "./share";
import { findShare, type Share } from "./store";

type Locked = Pick<Share, "id" | "token" | "passwordHash" | "embedOn">;

const secret = (): string => env().SECRET_KEY ?? "";

const cookieName = ({ id }: Locked): string => `${cookiePrefix(secret())}.share.${id}`;

/** What a browser has that knows the password: of no use for another share link, or once the password is another. */
const proofOf = ({ id, passwordHash }: Locked): string =>
  createHmac("sha256", secret()).update(`share\0${id}\0${passwordHash}`).digest("base64url");

function hasProof(share: Locked, headers: Headers): boolean {
  const given = Buffer.from(cookieOf(headers, [cookieName(share)]) ?? "");
  const proof = Buffer.from(proofOf(share));
  return given.length === proof.length && timingSafeEqual(given, proof);
}

/** Counts a page of a share link for the caller's network. @returns whether there are too many in this minute */
export async function isTooOften(headers: Headers): Promise<boolean> {
  try {
    await countAttempt("share", headers);
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === "rate_limit_exceeded") return true;
    throw error;
  }
}

/** Who asks on the page of a share link, for their turn: its readers have no name but their network. */
export const readerName = ({ id }: Share, headers: Headers): string => `share ${id} ${networkOfCaller(headers)}`;

/** The share link that a request opens: `isLocked` until its password was entered; null when there is none in use. */
export async function openShare(token: string, headers: Headers): Promise<{ share: Share; isLocked: boolean } | null> {
  const share = await findShare(token);
  return share && { share, isLocked: share.passwordHash !== null && !hasProof(share, headers) };
}

/**
 * The cookie for a browser in which the password of a share link was entered, until that is closed. A page of another site
 * that embeds it gets a cookie of its own.
 *
 * @throws AppError not_found without such a link; FormError for a wrong password; rate_limit_exceeded after many
 */
export async function enterPassword(
  token: string,
  password: string,
  headers: Headers,
  isSecure = isHttps(),
): Promise<string> {
  const share = await findShare(token);
  if (!share) throw new AppError("not_found", words.shares.closed);
  // Before the hash, which takes its time: many at once are counted, too.
  await countAttempt("share-password", headers);
  const account = `share ${share.id}`;
  await assertNotLockedOut(account, headers, words.shares.locked);
  if (share.passwordHash !== null && !(await verifyPassword({ hash: share.passwordHash, password }))) {
    await countFailure(account, headers);
    throw new FormError({ password: words.shares.wrong });
  }
  const embedded = share.embedOn.length > 0 ? "SameSite=None; Secure; Partitioned" : "SameSite=Lax; Secure";
  const site = isSecure ? embedded : "SameSite=Lax";
  return `${cookieName(share)}=${proofOf(share)}; Path=${sharePath(token)}; HttpOnly; ${site}`;
}
