import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { z } from "zod";
import { loginPath, PATH_HEADER } from "@/lib/account/next-path";
import { hasOwner } from "@/lib/account/owner";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { readJson } from "@/lib/base/http/body";
import { proxyName } from "@/lib/base/http/proxy-sign-in";
import { createMemory } from "@/lib/base/last-known";
import { awaySince, DatabaseAway } from "@/lib/base/outage";
import { readOr } from "@/lib/base/reach";
import { auth } from "./auth";
import { assertOwnOrigin } from "./own-origins";
import { proxyViewer } from "./proxy-sign-in";
import type { Power } from "./roles";
import { sessionOf } from "./session-cookie";
import { unavailable } from "./unavailable";
import { assertPower, type Viewer, viewerOf } from "./viewer";

/**
 * The person whose session cookie a request has, or whom a trusted proxy names, if one signs people in; else null. Asks
 * the database each time, so that a session ends at once; while it is away, whose session was good shortly before still reads.
 *
 * @throws AppError unavailable when the database is down, and the session isn't remembered
 */
export async function readViewer(requestHeaders: Headers): Promise<Viewer | null> {
  try {
    const name = proxyName(requestHeaders);
    // Whom the proxy names it has asked for a second factor, if it wants one; a session of somebody else doesn't count.
    if (name !== null) return await proxyViewer(name, requestHeaders);
    const cookie = sessionOf(requestHeaders, env().SECRET_KEY ?? "") ?? "";
    if (cookie === "") return null;
    return await readOr(
      () => readSession(cookie, requestHeaders),
      () => {
        const known = recognised.get(cookie);
        return known && known.until > new Date() ? known.viewer : undefined;
      },
    );
  } catch (error) {
    return unavailable(error);
  }
}

/** How long before an outage a session must have been good to be remembered in it. */
const RECOGNISED_MS = 5 * 60_000;
const recognised = createMemory<{ viewer: Viewer; until: Date }>("viewers", 1_000, RECOGNISED_MS);

async function readSession(cookie: string, requestHeaders: Headers): Promise<Viewer | null> {
  const session = await auth()
    .api.getSession({ headers: requestHeaders })
    // The library wraps what the database says.
    .catch((error: unknown) => Promise.reject(error instanceof Error && error.cause ? error.cause : error));
  const viewer = session && (await viewerOf({ userId: session.user.id }));
  if (viewer) recognised.set(cookie, { viewer, until: session.session.expiresAt });
  else recognised.remove(cookie);
  return viewer;
}

/** Whether there is an owner, made on /setup or by the settings. @throws AppError unavailable when the database is down */
export const isSetUp = (): Promise<boolean> => hasOwner().catch(unavailable);

/** Who reads the page, asked once per request. */
const pageViewer = cache(async (): Promise<Viewer> => {
  const requestHeaders = await headers();
  const viewer = await readViewer(requestHeaders);
  if (viewer) return viewer;
  redirect((await isSetUp()) ? loginPath(requestHeaders.get(PATH_HEADER)) : "/setup");
});

/**
 * For pages: who reads it, and what they may see. Redirects to the sign-in, which leads back here, or to /setup without
 * an account. Without the power that the page needs there is no such page.
 *
 * @throws AppError unavailable when the database is down
 */
export async function requireViewer(needs?: Power): Promise<Viewer> {
  const viewer = await pageViewer();
  if (needs && !viewer.powers.includes(needs)) notFound();
  return viewer;
}

/**
 * For routes: who asks, and what they may see. What could change something must not come from another site's page.
 *
 * @throws AppError unauthorized without a session; forbidden without the power that is needed, or for another site;
 *   unavailable when the database is down
 */
export async function requireApiViewer(request: Request, needs?: Power): Promise<Viewer> {
  const isReading = ["GET", "HEAD", "OPTIONS"].includes(request.method);
  // Who was recognised before an outage only reads.
  if (!isReading && awaySince()) throw new DatabaseAway();
  const viewer = await readViewer(request.headers);
  if (!viewer) throw new AppError("unauthorized", "Sign in first: this needs a session cookie.");
  if (!isReading) assertOwnOrigin(request, env().PUBLIC_URL);
  if (needs) assertPower(viewer, needs);
  return viewer;
}

/**
 * For routes that only some may use: who asks, and the JSON of the body. Rights are checked again once it has come, which
 * its sender can delay.
 *
 * @throws AppError as `requireApiViewer` and `readJson` do
 */
export async function requireApiBody<Body>(
  request: Request,
  needs: Power,
  schema: z.ZodType<Body>,
  limit: number,
): Promise<{ viewer: Viewer; body: Body }> {
  await requireApiViewer(request, needs);
  const body = await readJson(request, schema, limit);
  return { viewer: await requireApiViewer(request, needs), body };
}
