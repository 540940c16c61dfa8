/** Passwords of short links, which are sent in the clear, and names and addresses of people, which nobody needs here. */
const REMOVED = ["password", "customer", "partner"];
const REMOVED_KEY = `"(?:${REMOVED.join("|")})"\\s*:`;
/** JSON allows the letters of a key to be escaped. */
const ESCAPED_LETTER = "\\\\u00[4-7]";
const SUSPECT = new RegExp(`${REMOVED_KEY}|${ESCAPED_LETTER}`, "i");

/**
 * A body in which every `password`, `customer` and `partner` is null, at any depth. A body that can't contain one is
 * unchanged to the byte; another is written anew as JSON. One that isn't JSON ends where the first of them may be.
 */
export function redacted(body: Buffer): Buffer {
  // One character for each byte, so that bytes that aren't UTF-8 survive.
  const text = body.toString("latin1");
  const suspect = text.search(SUSPECT);
  if (suspect === -1) return body;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body), (key, item: unknown) =>
      REMOVED.includes(key) ? null : item,
    );
    return Buffer.from(JSON.stringify(value));
  } catch {
    return body.subarray(0, suspect);
  }
}
