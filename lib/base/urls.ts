/**
 * An address taken apart, or null when it is none. Not `URL.canParse`: once Node 20 has optimised it, it refuses addresses
 * with letters beyond ASCII.
 */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** The address when it leads to a web page, else null: a payload may hold `javascript:` or worse. */
export function safeHref(url: string | null): string | null {
  return url && /^https?:\/\//i.test(url) && parseUrl(url) ? url : null;
}
