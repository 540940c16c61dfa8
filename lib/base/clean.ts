/** What senders and analytics write for "no value", in any case. */
const NO_VALUE = /^(?:|unknown|\(direct\)|\(none\)|\(not set\))$/i;

/** Whether text means "no value" or is empty. */
export const isNoValue = (text: string): boolean => NO_VALUE.test(text.trim());

/** Much deeper than anything sent. Deeper values are dropped: Postgres and the call stack have limits. */
export const MAX_DEPTH = 32;

/** Nearly all text: nothing to clean. */
const PLAIN = /^[\x20-\x7E]*$/;

/** Text that Postgres can hold: NUL and lone surrogates become U+FFFD. */
export function cleanText(text: string): string {
  return PLAIN.test(text) ? text : text.replaceAll("\0", "\uFFFD").replaceAll(/\p{Cs}/gu, "\uFFFD");
}

/** A copy of parsed JSON with clean text in keys and values, without `password` at any depth. */
export function cleanJson(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return cleanText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key.toLowerCase() !== "password")
      .map(([key, item]) => [cleanText(key), cleanJson(item, depth + 1)]),
  );
}

/** Invisible format characters. Joiners and tags stay: words and emoji need them. */
const INVISIBLE = /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g;
const SPACES = /[\s\p{Cc}]+/gu;
/** Marks, format characters and letters without ink. */
const NOTHING_TO_SEE = /^[\p{Z}\p{Cc}\p{Cf}\p{M}\u115F\u1160\u2800\u3164\uFFA0]*$/u;

/** Nearly all text: nothing to normalise. */
const TIDY = /^[\x21-\x7E]+(?: [\x21-\x7E]+)*$/;

/**
 * Normalises text for people: NFC, trimmed, single spaces, no invisible characters. Empty when nothing is visible. Used
 * for stored values and for those in questions.
 */
export function tidyText(text: string): string {
  if (TIDY.test(text)) return text;
  const composed = cleanText(text).replace(INVISIBLE, "").replace(SPACES, " ").normalize("NFC").trim();
  return NOTHING_TO_SEE.test(composed) ? "" : composed;
}

/** Normalises a search text; null when it is empty. Text of invisible characters stays as it is, and matches nothing. */
export function freeText(text: string | null | undefined): string | null {
  const given = text ?? "";
  return tidyText(given) || cleanText(given).trim() || null;
}
