import { type NextRequest, NextResponse } from "next/server";
import { contentPolicy } from "@/lib/account/content-policy";
import { loginPath, PATH_HEADER } from "@/lib/account/next-path";
import { withReaderDefaults, ZONE_COOKIE } from "@/lib/account/reader-defaults";
import { sessionCookies } from "@/lib/account/session-cookie";

export const config = {
  matcher: [
    {
      source: "/((?!api$|api/|_next/|flags/|icons/|icon\\.svg$|favicon\\.ico$|robots\\.txt$).*)",
      // A redirected prefetch is never read to its end by the router, and would keep its connection.
      missing: [{ type: "header", key: "next-router-prefetch" }],
    },
  ],
};

/** Pages for those who have no session yet. */
const OPEN: readonly string[] = ["/login", "/setup"];

/**
 * Runs before pages. Whether a session is real is for the page to ask; here only somebody without any cookie is sent to
 * the sign-in, and the reader's time zone and the installation's view of bots are put into addresses that name none,
 * which stay the only view state. Every page gets a policy that lets only its own scripts run.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const path = `${pathname}${search}`;
  if (!OPEN.includes(pathname) && (request.method === "GET" || request.method === "HEAD")) {
    const target = sessionCookies(process.env.SECRET_KEY ?? "").some((name) => request.cookies.has(name))
      ? withReaderDefaults(path, {
          zone: request.cookies.get(ZONE_COOKIE)?.value || process.env.DEFAULT_TIMEZONE,
          bots: process.env.DEFAULT_BOTS,
        })
      : loginPath(path);
    if (target) return NextResponse.redirect(new URL(target, request.url));
  }
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const policy = contentPolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, path);
  // Next gives the nonce that it finds here to its own scripts.
  headers.set("Content-Security-Policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}
