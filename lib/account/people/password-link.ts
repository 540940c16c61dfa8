import "server-only";
import { isAPIError } from "better-auth/api";
import { disconnect, isManaged } from "@/lib/account/account";
import { auth } from "@/lib/account/auth";
import { newToken } from "@/lib/account/token";
import { unavailable } from "@/lib/account/unavailable";
import { db } from "@/lib/base/db";
import { DAY } from "@/lib/base/time";

const VALID_MS = DAY;

/** How better-auth names the tokens that its `resetPassword` takes. */
const identifierOf = (token: string) => `reset-password:${token}`;

/** Makes a link's token with which a person sets a new password, once within a day. */
export async function passwordToken(userId: string): Promise<string> {
  const token = newToken();
  const { internalAdapter } = await auth().$context;
  const expiresAt = new Date(Date.now() + VALID_MS);
  await internalAdapter.createVerificationValue({ value: userId, identifier: identifierOf(token), expiresAt });
  return token;
}

/** The person whose password a token sets; null when it isn't valid. */
export async function personOfToken(token: string): Promise<string | null> {
  const { internalAdapter } = await auth().$context;
  const found = await internalAdapter.findVerificationValue(identifierOf(token));
  if (!found || found.expiresAt <= new Date()) return null;
  const person = await db().user.findUnique({ where: { id: found.value }, select: { id: true, email: true } });
  return person && !isManaged(person.email) ? person.id : null;
}

/**
 * Sets a password with a token, which is used up; ends all sessions of the person, and disconnects their sign-in provider.
 *
 * @returns whether the token was valid
 */
export async function setPassword(token: string, newPassword: string): Promise<boolean> {
  try {
    const userId = await personOfToken(token);
    if (userId === null) return false;
    // Before: who forgot their password may have been robbed of it, and an identity could sign in meanwhile.
    await disconnect({ userId });
    await auth().api.resetPassword({ body: { token, newPassword } });
    // Others that were made for this person.
    await db().verification.deleteMany({ where: { value: userId } });
    return true;
  } catch (error) {
    if (isAPIError(error) && error.status === "BAD_REQUEST") return false;
    return unavailable(error);
  }
}
