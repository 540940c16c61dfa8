import { domainToASCII, domainToUnicode } from "node:url";
import { cleanText } from "@/lib/base/clean";
import { parseUrl } from "@/lib/base/urls";

/** Scripts that are written together. Letters of two others in one label may imitate each other. */
const WRITTEN_TOGETHER = [
  ...["Latin", "Greek", "Cyrillic", "Armenian", "Georgian", "Hebrew", "Arabic", "Devanagari", "Bengali", "Gurmukhi"],
  ...["Gujarati", "Oriya", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Thai", "Lao", "Tibetan", "Myanmar"],
  ...["Khmer", "Ethiopic", "Mongolian", "Thaana"],
].map((script) => new RegExp(`^[\\p{Script=${script}}\\p{Script=Common}\\p{Script=Inherited}]*$`, "u"));
const EAST_ASIAN =
  /^[a-z\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Common}\p{Script=Inherited}]*$/u;
/** Cyrillic and Greek letters that look like Latin ones: a word of only these is meant to deceive. */
const LOOKS_LATIN = /^[аԁеһіјӏорԛѕԝхуъьҽпгѵѡсоαικνορτυωο0-9-]+$/u;

/** Whether a Unicode label can't be mistaken for another. */
function isPlain(label: string): boolean {
  if (LOOKS_LATIN.test(label) && /\P{ASCII}/u.test(label)) return false;
  return EAST_ASIAN.test(label) || WRITTEN_TOGETHER.some((script) => script.test(label));
}

function shownLabel(label: string): string {
  if (!label.startsWith("xn--")) return label;
  const shown = domainToUnicode(label).normalize("NFC");
  // A name must convert back to the same host.
  return shown !== "" && isPlain(shown) && domainToASCII(shown) === label ? shown : label;
}

/** Converts every `xn--` label in text to Unicode where that is safe. */
export const withoutPunycode = (text: string): string =>
  text.replace(/(?<![\p{L}\p{N}-])xn--[a-z0-9-]+/giu, (label) => {
    const shown = shownLabel(label.toLowerCase());
    return shown.startsWith("xn--") ? label : shown;
  });

/** Normalises a host: lower case, no final dot, Unicode unless it could be mistaken for another; null if invalid. */
export function spellHost(text: string): string | null {
  const bare = text.replace(/\.+$/, "");
  if (/^\[[\da-f:.]+\]$/i.test(bare)) return parseUrl(`http://${bare}/`)?.hostname ?? bare.toLowerCase();
  // No host contains these, and the functions below stop at some of them.
  if (bare === "" || /[\s/?#@:%\\|^<>[\]"`{}]/.test(bare)) return null;
  const ascii = domainToASCII(cleanText(bare)).replace(/\.+$/, "");
  return ascii === "" ? null : ascii.split(".").map(shownLabel).join(".");
}
