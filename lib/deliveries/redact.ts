/** A letter, plain or escaped in any way that JSON allows. */
function letter(char: string): string {
  const hex = char.charCodeAt(0).toString(16);
  return `(?:${char}|\\\\u00${hex.replace(/[a-f]/, (digit) => `[${digit}${digit.toUpperCase()}]`)})`;
}

/** Passwords of short links, which come in the clear, and names and addresses of people, which nobody needs here. */
const NAMES = ["password", "customer", "partner"];

/** One of these keys in JSON, up to where its value begins. */
const KEY = new RegExp(`"(?:${NAMES.map((name) => [...name].map(letter).join("")).join("|")})"\\s*:\\s*`, "g");
/** A JSON string, or the rest of the text when it is cut off. */
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)/sy;
const SCALAR = /[^\s,\]}]*/y;

function endOfMatch(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

/** Where the JSON value that begins at `start` ends; a value that is cut off ends with the text. */
function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfMatch(STRING, text, start);
  if (text[start] !== "{" && text[start] !== "[") return endOfMatch(SCALAR, text, start);
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const char = text[at];
    if (char === '"') {
      at = endOfMatch(STRING, text, at);
      continue;
    }
    if (char === "{" || char === "[") depth++;
    if (char === "}" || char === "]") depth--;
    at++;
    if (depth === 0) break;
  }
  return at;
}

/**
 * The bytes of a body with every value of a key `password`, `customer` or `partner` replaced by `null`. All other bytes
 * stay, and the body need not be JSON to its end.
 */
export function redacted(body: Buffer): Buffer {
  // One character a byte, so that bytes which are not UTF-8 survive.
  const text = body.toString("latin1");
  let kept = "";
  let from = 0;
  for (const { 0: key, index } of text.matchAll(KEY)) {
    const start = index + key.length;
    if (start <= from) continue;
    kept += `${text.slice(from, start)}null`;
    from = endOfValue(text, start);
  }
  return Buffer.from(kept + text.slice(from), "latin1");
}
