/** Far deeper than anything Dub sends; what lies below is dropped, because Postgres and the call stack have limits. */
const MAX_DEPTH = 32;

/** Text that Postgres can hold: NUL and lone surrogates become U+FFFD. */
export function cleanText(text: string): string {
  return text.replaceAll("\0", "\uFFFD").replaceAll(/\p{Cs}/gu, "\uFFFD");
}

/** A copy of parsed JSON with clean text in keys and values, without `password` at any depth. */
export function cleanJson(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return cleanText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "password")
      .map(([key, item]) => [cleanText(key), cleanJson(item, depth + 1)]),
  );
}
