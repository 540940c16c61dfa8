import { percentDecoded } from "@/lib/base/urls";

/** Header with the path and query of a page request, set by proxy.ts: server components don't know them. */
export const PATH_HEADER = "x-footfall-path";

/** Pages for people without a session. */
export const ENTRY_PATHS: readonly string[] = ["/login", "/code", "/setup", "/join", "/reset", "/forgot"];

/** Those, and what everybody may read. */
export const OPEN_PATHS: readonly string[] = [...ENTRY_PATHS, "/docs/api"];

/** A reserved host: base for relative paths. */
const HERE = "http://footfall.invalid";

// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop some of them, so that "/\t/evil" leaves the site
const UNSAFE = /[\\\u0000-\u001f\u007f-\u009f]/;

/** Pages that redirect signed-in people, and addresses that aren't pages. */
const NOT_AFTER_SIGN_IN = /^\/(login|code|setup|join|reset|forgot|api)(\/|$)/i;

/**
 * Where to go after sign-in: `next`, normalised, if it is a path of this site, else `/`. Rejects what a browser or
 * proxy could take for another site, and what would lead back to the sign-in.
 */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith("/") || UNSAFE.test(next) || !URL.canParse(next, HERE)) return "/";
  const url = new URL(next, HERE);
  const path = percentDecoded(url.pathname);
  if (url.origin !== HERE || path === null || path.includes("//") || UNSAFE.test(path)) return "/";
  // Double encoding: a proxy may decode once more.
  if (/%(2f|5c|0|1|7f)/i.test(path) || NOT_AFTER_SIGN_IN.test(path)) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}

/** URL of the sign-in page that leads to `next` afterwards. */
export function loginPath(next: string | null): string {
  const target = safeNext(next);
  return target === "/" ? "/login" : `/login?next=${encodeURIComponent(target)}`;
}
