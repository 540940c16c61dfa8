import { type NextRequest, NextResponse } from "next/server";
import { loginPath } from "@/lib/access/next-path";
import { PATH_HEADER } from "@/lib/access/path-header";
import { SESSION_COOKIES } from "@/lib/access/session-cookie";
import { ZONE_COOKIE, zonedPath } from "@/lib/access/zone";

export const config = {
  matcher: [
    {
      source: "/((?!api/|_next/|flags/|login$|setup$|icon\\.svg$|favicon\\.ico$|robots\\.txt$).*)",
      // A redirected prefetch is never read to its end by the router, and would keep its connection.
      missing: [{ type: "header", key: "next-router-prefetch" }],
    },
  ],
};

/**
 * Runs before pages. Whether a session is real is for the page to ask; here only somebody without any cookie is sent to
 * the sign-in, and the reader's time zone is put into addresses that name none, which stay the only view state.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const path = `${pathname}${search}`;
  if (request.method === "GET" || request.method === "HEAD") {
    const target = SESSION_COOKIES.some((name) => request.cookies.has(name))
      ? zonedPath(path, request.cookies.get(ZONE_COOKIE)?.value)
      : loginPath(path);
    if (target) return NextResponse.redirect(new URL(target, request.url));
  }
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, path);
  return NextResponse.next({ request: { headers } });
}
