/** Letters that Unicode does not take apart into a letter and a mark, but people do. Each becomes one letter. */
export const PLAIN_LETTERS = { from: "øłđðħıŧſς", to: "olddhitsσ" } as const;
/** The same for those that become two. */
export const PLAIN_PAIRS: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", œ: "oe", þ: "th" };

const PLAIN = new Map<string, string>([
  ...Array.from(PLAIN_LETTERS.from, (letter, at) => [letter, PLAIN_LETTERS.to[at] ?? letter] as const),
  ...Object.entries(PLAIN_PAIRS),
]);
const SPECIAL = new RegExp(`[${[...PLAIN.keys()].join("")}]`, "g");
const MARKS = /[\u0300-\u036F]/g;
const isAscii = (text: string) => /^[\0-\x7F]*$/.test(text);

/**
 * Text for finding parts of it in any case and with or without accents. Postgres and the mirror have a function of the
 * same name that does the same (`prisma/migrations`, `lib/engines/duckdb/columns`): letter by letter, whatever the locale,
 * and only the marks of European writing, because in other scripts marks are vowels.
 */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  const lower = Array.from(text, (letter) => Array.from(letter.toLowerCase())[0] ?? letter).join("");
  const plain = lower.normalize("NFD").replace(MARKS, "").normalize("NFC");
  return plain.replace(SPECIAL, (letter) => PLAIN.get(letter) ?? letter);
}
