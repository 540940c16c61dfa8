/** Carries the path and query of a page request from proxy.ts, since a server component is not told them. */
export const PATH_HEADER = "x-footfall-path";

/** Reserved for nobody: relative paths are read against it to see whether they stay. */
const HERE = "http://footfall.invalid";

// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop some of them, so that "/\t/evil" leaves the site
const UNSAFE = /[\\\u0000-\u001f\u007f-\u009f]/;

/** Pages that send a signed-in person elsewhere, and addresses that are no pages. */
const NOT_AFTER_SIGN_IN = /^\/(login|setup|api)(\/|$)/i;

/**
 * Where to go after sign-in: `next` when it is a path of this site, normalised; else `/`. Refuses what a browser or a
 * proxy could read as another site, and what would lead back to the sign-in.
 */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith("/") || UNSAFE.test(next) || !URL.canParse(next, HERE)) return "/";
  const url = new URL(next, HERE);
  const path = decoded(url.pathname);
  if (url.origin !== HERE || path === null || path.includes("//") || UNSAFE.test(path)) return "/";
  // Encoded twice: somebody on the way may decode once more.
  if (/%(2f|5c|0|1|7f)/i.test(path) || NOT_AFTER_SIGN_IN.test(path)) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}

/** Address of the sign-in page that leads to `next` afterwards. */
export function loginPath(next: string | null): string {
  const target = safeNext(next);
  return target === "/" ? "/login" : `/login?next=${encodeURIComponent(target)}`;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
