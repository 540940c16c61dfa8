/** Passwords of short links, which are sent in the clear, and names and addresses of people, which nobody needs here. */
const REMOVED = ["password", "customer", "partner"];
const REMOVED_KEY = new RegExp(`"(?:${REMOVED.join("|")})"\\s*:`, "i");
/** JSON allows a key's letters to be escaped. */
const ESCAPED_LETTER = /\\u00[4-7]/i;

/**
 * A body in which every `password`, `customer` and `partner` is null, at any depth. One without them is unchanged to the
 * byte; one that isn't JSON ends before the first of them.
 */
export function redacted(body: Buffer): Buffer {
  // One character for each byte, so that bytes that aren't UTF-8 survive.
  const text = body.toString("latin1");
  if (!REMOVED_KEY.test(text) && !ESCAPED_LETTER.test(text)) return body;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body), (key, item: unknown) =>
      REMOVED.includes(key) ? null : item,
    );
    return Buffer.from(JSON.stringify(value));
  } catch {
    return Buffer.from(text.split(REMOVED_KEY, 1)[0] ?? "", "latin1");
  }
}
