import { type NextRequest, NextResponse } from "next/server";
import { CONTENT_POLICY, contentPolicy } from "@/lib/account/content-policy";
import { loginPath, OPEN_PATHS, PATH_HEADER } from "@/lib/account/next-path";
import { readDefaults } from "@/lib/account/preferences";
import { isSilent, withReaderDefaults, ZONE_COOKIE } from "@/lib/account/reader-defaults";
import { sessionCookies } from "@/lib/account/session-cookie";
import { readEmbedders } from "@/lib/account/shares/embedders";
import { proxyName } from "@/lib/base/http/proxy-sign-in";

export const config = {
  matcher: [
    {
      source: "/((?!api$|api/|mcp$|\\.well-known/|_next/|flags/|icons/|icon\\.svg$|favicon\\.ico$|robots\\.txt$).*)",
      // The router never reads a redirected prefetch to its end, which would keep its connection open.
      missing: [{ type: "header", key: "next-router-prefetch" }],
    },
  ],
};

/** Where to go instead: a path with the reader's defaults, or null. */
async function withDefaults(request: NextRequest, path: string): Promise<string | null> {
  if (!isSilent(path)) return null;
  const { zone, weekStart, bots } = await readDefaults(request.headers);
  return withReaderDefaults(path, {
    zone: zone ?? (request.cookies.get(ZONE_COOKIE)?.value || process.env.DEFAULT_TIMEZONE),
    weekStart,
    bots,
  });
}

/**
 * Runs before pages. Sends people without a session cookie to the sign-in, unless a proxy signs them in; pages check whether it is valid. Adds the
 * reader's time zone and week start and the installation's bots filter to URLs that lack them: URLs are the only view
 * state. Sets a Content Security Policy. Share links have their own check, and sites that may embed them.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const path = `${pathname}${search}`;
  const shared = /^\/share\/([^/]+)/.exec(pathname)?.[1];
  if (
    !OPEN_PATHS.includes(pathname) &&
    shared === undefined &&
    (request.method === "GET" || request.method === "HEAD")
  ) {
    const hasSession = sessionCookies(process.env.SECRET_KEY ?? "").some((name) => request.cookies.has(name));
    const target =
      hasSession || proxyName(request.headers) !== null ? await withDefaults(request, path) : loginPath(path);
    if (target) return NextResponse.redirect(new URL(target, request.url));
  }
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const embedOn = shared === undefined ? [] : await readEmbedders(shared);
  const policy = contentPolicy(nonce, process.env.NODE_ENV === "development", embedOn);
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, path);
  headers.set(CONTENT_POLICY, policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set(CONTENT_POLICY, policy);
  return response;
}
