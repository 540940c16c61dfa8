import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";

/**
 * Origins that a page of this server may have, by the host that was asked for: people open it as localhost, by
 * address, or through a proxy that names the host. Both schemes, since a proxy may have ended TLS. A browser lets no
 * foreign page choose these headers, so they are safe to compare an `Origin` with.
 */
export function ownOrigins(request: Request): string[] {
  const forwarded = request.headers.get("x-forwarded-host")?.split(",")[0]?.trim();
  const host = request.headers.get("host") ?? new URL(request.url).host;
  return [forwarded, host].flatMap((name) => (name ? origins(name) : []));
}

function origins(host: string): string[] {
  // Also keeps out wildcards, which would be taken for a pattern.
  if (!/^[\w.\-:[\]]+$/.test(host)) return [];
  return ["http", "https"]
    .map((scheme) => `${scheme}://${host}`)
    .filter((text) => URL.canParse(text))
    .map((text) => new URL(text).origin);
}

const originOf = (address: string): string => (URL.canParse(address) ? new URL(address).origin : "null");

/**
 * The origin of the page that a request comes from; `null` as text when it hides it, null when there is no page: every
 * browser says where a request comes from that could change something. One that says nothing comes from a program,
 * which nobody can trick into sending somebody's cookies.
 */
export function pageOrigin({ headers }: Request): string | null {
  const named = headers.get("origin") ?? headers.get("referer");
  if (named !== null) return originOf(named);
  const site = headers.get("sec-fetch-site");
  return site === null || site === "same-origin" || site === "none" ? null : "null";
}

/**
 * Refuses what a page of another site sends with the cookies of the person who looks at it.
 *
 * @throws AppError forbidden
 */
export function assertOwnOrigin(request: Request, publicUrl: string | undefined): void {
  const origin = pageOrigin(request);
  if (origin === null || ownOrigins(request).includes(origin)) return;
  if (publicUrl === undefined || origin !== originOf(publicUrl)) throw new AppError("forbidden", words.entry.refused);
}
