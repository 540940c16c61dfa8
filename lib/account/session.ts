import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { loginPath, PATH_HEADER } from "@/lib/account/next-path";
import { hasOwner } from "@/lib/account/owner";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import type { Viewer } from "@/lib/question/question";
import { ownerScope, type Scope } from "@/lib/question/question";
import { auth } from "./auth";
import { assertOwnOrigin } from "./own-origins";
import { unavailable } from "./unavailable";

/**
 * The person whose session the request's cookie names, or null. Asks the database each time, so that a session that
 * was ended counts for nothing at once.
 *
 * @throws AppError unavailable when the database cannot be asked
 */
export async function readViewer(requestHeaders: Headers): Promise<Viewer | null> {
  try {
    const session = await auth().api.getSession({ headers: requestHeaders });
    return session && { userId: session.user.id };
  } catch (error) {
    throw unavailable(error);
  }
}

/**
 * Whether /setup has been done.
 *
 * @throws AppError unavailable when the database cannot be asked
 */
export async function isSetUp(): Promise<boolean> {
  return hasOwner().catch((error: unknown) => {
    throw unavailable(error);
  });
}

/**
 * For pages: who is reading and what they may see, asked once per request. Without a session it leaves for the sign-in, which comes back
 * here, or for /setup when there is no account yet.
 *
 * @throws AppError unavailable when the database cannot be asked
 */
export const requireViewer = cache(async (): Promise<Scope> => {
  const requestHeaders = await headers();
  const viewer = await readViewer(requestHeaders);
  if (viewer) return ownerScope(viewer);
  redirect((await isSetUp()) ? loginPath(requestHeaders.get(PATH_HEADER)) : "/setup");
});

/** Methods that change nothing. */
const SAFE: readonly string[] = ["GET", "HEAD", "OPTIONS"];

/**
 * For routes: who is asking and what they may see. What would change something has to come from a page of ours, or from no page.
 *
 * @throws AppError unauthorized without a session, forbidden for another site's page, unavailable when the database
 * cannot be asked
 */
export async function requireApiViewer(request: Request): Promise<Scope> {
  const viewer = await readViewer(request.headers);
  if (!viewer) throw new AppError("unauthorized", "Sign in first: this needs a session cookie.");
  if (!SAFE.includes(request.method)) assertOwnOrigin(request, env().PUBLIC_URL);
  return ownerScope(viewer);
}
