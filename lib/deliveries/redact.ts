import { MAX_DEPTH } from "@/lib/base/clean";

/** Passwords of short links, which are sent in the clear, and names and addresses of people, which nobody needs here. */
const REMOVED = ["password", "customer", "partner"];
const REMOVED_KEY = `"(?:${REMOVED.join("|")})"\\s*:`;
/** JSON allows the letters of a key to be escaped. */
const ESCAPED_LETTER = "\\\\u00[4-7]";
const SUSPECT = new RegExp(`${REMOVED_KEY}|${ESCAPED_LETTER}`, "i");

/** A copy of parsed JSON with null instead of what is removed, and of what `cleanJson` drops for its depth. */
function withNulls(value: unknown, depth = 0): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth === MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => withNulls(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      REMOVED.includes(key.toLowerCase()) ? null : withNulls(item, depth + 1),
    ]),
  );
}

/**
 * A body in which every `password`, `customer` and `partner` is null, at any depth. A body that can't contain one is
 * unchanged to the byte; another is written anew as JSON. One that isn't JSON ends where the first of them may be.
 */
export function redacted(body: Buffer): Buffer {
  // One character for each byte, so that bytes that aren't UTF-8 survive.
  const suspect = body.toString("latin1").search(SUSPECT);
  if (suspect === -1) return body;
  try {
    return Buffer.from(JSON.stringify(withNulls(JSON.parse(new TextDecoder().decode(body)))));
  } catch {
    return body.subarray(0, suspect);
  }
}
