/** Windows-1252's characters where Latin-1 has control characters, from 0x80 on. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";
const ESCAPES = /(?:%[\da-f]{2})+/gi;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Length in bytes of a UTF-8 character that starts with this byte; 0 if none does. */
function lengthFrom(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

function characterAt(bytes: Buffer, at: number): string | null {
  const length = lengthFrom(bytes[at] ?? 0);
  try {
    return length > 0 && at + length <= bytes.length ? utf8.decode(bytes.subarray(at, at + length)) : null;
  } catch {
    return null;
  }
}

/** Replaces each escaped character by `read`, which gets null for a byte that isn't UTF-8. */
const replaceEscapes = (text: string, read: (character: string | null, bytes: Buffer) => string): string =>
  text.replace(ESCAPES, (escapes) => {
    const bytes = Buffer.from(escapes.replaceAll("%", ""), "hex");
    let replaced = "";
    for (let at = 0; at < bytes.length; ) {
      const character = characterAt(bytes, at);
      const length = character === null ? 1 : lengthFrom(bytes[at] ?? 0);
      replaced += read(character, bytes.subarray(at, at + length));
      at += length;
    }
    return replaced;
  });

const legacy = (byte: number): string => (byte < 0xa0 ? (WINDOWS_1252[byte - 0x80] ?? "") : String.fromCharCode(byte));

/**
 * Decodes a parameter's name or value. Escapes that aren't UTF-8 are read as Windows-1252, which old pages and mailers
 * still write, and `%u00e9` as JavaScript's `escape` wrote it.
 */
export function decodeParameter(text: string): string {
  if (!/[%+]/.test(text)) return text;
  const decoded = replaceEscapes(text.replaceAll("+", " "), (character, [byte = 0]) => character ?? legacy(byte));
  return decoded.replace(/%u([\da-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const UNRESERVED = /^[A-Za-z0-9._~-]$/;
/** Letters, digits, marks and symbols beyond ASCII. Spaces and invisible characters stay escaped. */
const READABLE = /^[\p{L}\p{N}\p{M}\p{S}\p{P}]$/u;
/** What a path or query can't contain unescaped. */
const ILLEGAL = /[\0-\x20"<>\\`{}\x7F]/g;
/** Whatever may have another notation. */
const UNUSUAL = /[\0-\x20"%<>\\`{}\x7F]|\P{ASCII}/u;
/** A mark behind an escape would combine with the escape's last letter. */
const MARKED_ESCAPE = /(?<=%[\dA-F]{2})\p{M}+/gu;

const escapeByte = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
const utf8Escapes = (text: string): string => Array.from(new TextEncoder().encode(text), escapeByte).join("");
const isReadable = (character: string): boolean =>
  UNRESERVED.test(character) || (READABLE.test(character) && /\P{ASCII}/u.test(character.normalize("NFC")));

/** Normalises the escapes of a path or query: readable letters, other escapes in capitals. */
export function spellEscapes(text: string): string {
  if (!UNUSUAL.test(text)) return text;
  const spelled = replaceEscapes(text, (character, bytes) =>
    character !== null && isReadable(character) ? character : Array.from(bytes, escapeByte).join(""),
  )
    .replace(ILLEGAL, utf8Escapes)
    .replace(/\P{ASCII}/gu, (character) => (isReadable(character) ? character : utf8Escapes(character)));
  return spelled.replace(MARKED_ESCAPE, utf8Escapes).normalize("NFC");
}
