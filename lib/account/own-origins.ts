import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";

/**
 * Possible origins of this server's pages: people open it as localhost, by IP address, or through a proxy that may
 * end TLS. No foreign page can set these headers, so comparing `Origin` with them is safe.
 */
export function ownOrigins(request: Request): string[] {
  const forwarded = request.headers.get("x-forwarded-host")?.split(",")[0]?.trim();
  const host = request.headers.get("host") ?? new URL(request.url).host;
  return [forwarded, host].flatMap((name) => (name ? origins(name) : []));
}

function origins(host: string): string[] {
  // Also excludes wildcards, which would be used as a pattern.
  if (!/^[\w.\-:[\]]+$/.test(host)) return [];
  return ["http", "https"]
    .map((scheme) => `${scheme}://${host}`)
    .filter((text) => URL.canParse(text))
    .map((text) => new URL(text).origin);
}

const originOf = (address: string): string => (URL.canParse(address) ? new URL(address).origin : "null");

/**
 * Origin of the page that sent a request; `null` as text if the browser hides it. Null for a program: browsers name the
 * origin of requests that could change something. Nobody can trick a program into sending somebody's cookies.
 */
export function pageOrigin({ headers }: Request): string | null {
  const named = headers.get("origin") ?? headers.get("referer");
  if (named !== null) return originOf(named);
  const site = headers.get("sec-fetch-site");
  return site === null || site === "same-origin" || site === "none" ? null : "null";
}

/** Rejects requests that a page of another site sends with the reader's cookies. @throws AppError forbidden */
export function assertOwnOrigin(request: Request, publicUrl: string | undefined): void {
  const origin = pageOrigin(request);
  if (origin === null || ownOrigins(request).includes(origin)) return;
  if (publicUrl === undefined || origin !== originOf(publicUrl)) throw new AppError("forbidden", words.entry.refused);
}

const LOOPBACK = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/**
 * For addresses that only programs use: rejects what comes from a page, unless it is one of PUBLIC_URL or of this very
 * host. A name that somebody has pointed at this server names itself as the host, so that proves nothing here.
 *
 * @throws AppError forbidden
 */
export function assertProgram(request: Request, publicUrl: string | undefined): void {
  const origin = pageOrigin(request);
  if (origin === null || (publicUrl !== undefined && origin === originOf(publicUrl))) return;
  if (!LOOPBACK.test(origin) || !ownOrigins(request).includes(origin)) throw new AppError("forbidden", words.keys.page);
}
