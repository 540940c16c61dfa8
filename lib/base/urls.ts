/**
 * Parses a URL; null when it is invalid. Not `URL.canParse`: once optimised, Node 20's rejects URLs with non-ASCII
 * letters.
 */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Percent-decoded text; null when it is invalid. */
export function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The URL if it leads to a web page, else null: a payload may contain `javascript:` or worse. */
export function safeHref(url: string | null): string | null {
  return url && /^https?:\/\//i.test(url) && parseUrl(url) ? url : null;
}
