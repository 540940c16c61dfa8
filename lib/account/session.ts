import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { loginPath, PATH_HEADER } from "@/lib/account/next-path";
import { hasOwner } from "@/lib/account/owner";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { ownerScope, type Viewer } from "@/lib/question/question";
import { auth } from "./auth";
import { assertOwnOrigin } from "./own-origins";
import { unavailable } from "./unavailable";

/**
 * The person whose session cookie a request has, or null. Asks the database each time, so that a session ends at once.
 *
 * @throws AppError unavailable when the database is down
 */
export async function readViewer(requestHeaders: Headers): Promise<Viewer | null> {
  try {
    const session = await auth().api.getSession({ headers: requestHeaders });
    return session && ownerScope({ userId: session.user.id });
  } catch (error) {
    return unavailable(error);
  }
}

/** Whether the account was created on /setup. @throws AppError unavailable when the database is down */
export const isSetUp = (): Promise<boolean> => hasOwner().catch(unavailable);

/**
 * For pages: what the reader may see, asked once per request. Redirects to the sign-in, which leads back here, or to
 * /setup without an account.
 *
 * @throws AppError unavailable when the database is down
 */
export const requireViewer = cache(async (): Promise<Viewer> => {
  const requestHeaders = await headers();
  const viewer = await readViewer(requestHeaders);
  if (viewer) return viewer;
  redirect((await isSetUp()) ? loginPath(requestHeaders.get(PATH_HEADER)) : "/setup");
});

/**
 * For routes: what the caller may see. What could change something must not come from another site's page.
 *
 * @throws AppError unauthorized without a session, forbidden for another site, unavailable when the database is down
 */
export async function requireApiViewer(request: Request): Promise<Viewer> {
  const viewer = await readViewer(request.headers);
  if (!viewer) throw new AppError("unauthorized", "Sign in first: this needs a session cookie.");
  if (!["GET", "HEAD", "OPTIONS"].includes(request.method)) assertOwnOrigin(request, env().PUBLIC_URL);
  return viewer;
}
