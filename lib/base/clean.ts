/** What senders and analytics write for "no value", in any case. */
const NO_VALUE = /^(?:|unknown|\(direct\)|\(none\)|\(not set\))$/i;

/** Whether text says that there is no value, besides being empty. */
export const isNoValue = (text: string): boolean => NO_VALUE.test(text.trim());

/** Far deeper than anything that is sent; what lies below is dropped, because Postgres and the call stack have limits. */
const MAX_DEPTH = 32;

/** What nearly all text is: nothing to clean. */
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
      .filter(([key]) => key !== "password")
      .map(([key, item]) => [cleanText(key), cleanJson(item, depth + 1)]),
  );
}

/** Format characters without a picture of their own. Joiners stay, and tags: words and emoji are written with them. */
const INVISIBLE = /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/g;
const SPACES = /[\s\p{Cc}]+/gu;
/** Marks, format characters and the letters that are drawn as nothing. */
const NOTHING_TO_SEE = /^[\p{Z}\p{Cc}\p{Cf}\p{M}\u115F\u1160\u2800\u3164\uFFA0]*$/u;

/** Text that needs no cleaning, which is almost all of it. */
const TIDY = /^[\x21-\x7E]+(?: [\x21-\x7E]+)*$/;

/**
 * The one spelling of text that people read: in Unicode's composed form, without space around it or characters that
 * nobody sees, and with one space where there were several. Empty when there is nothing to see. What is stored and what
 * is asked for both go through here.
 */
export function tidyText(text: string): string {
  if (TIDY.test(text)) return text;
  const composed = cleanText(text).replace(INVISIBLE, "").replace(SPACES, " ").normalize("NFC").trim();
  return NOTHING_TO_SEE.test(composed) ? "" : composed;
}

/**
 * The one reader of text that somebody types to search for; null when there is nothing to look for. Characters that
 * nobody sees are something to look for, and are never found.
 */
export function freeText(text: string | null | undefined): string | null {
  const given = text ?? "";
  return tidyText(given) || cleanText(given).trim() || null;
}
