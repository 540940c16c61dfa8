/** Letters that Unicode doesn't decompose into a letter and a mark, but people do. Each becomes one letter. */
export const PLAIN_LETTERS = { from: "øłđðħıŧſς", to: "olddhitsσ" } as const;
/** The same for letters that become two. */
export const PLAIN_PAIRS: Readonly<Record<string, string>> = { ß: "ss", æ: "ae", œ: "oe", þ: "th" };

const PLAIN = new Map<string, string>([
  ...Array.from(PLAIN_LETTERS.from, (letter, at) => [letter, PLAIN_LETTERS.to[at] ?? letter] as const),
  ...Object.entries(PLAIN_PAIRS),
]);
const SPECIAL = new RegExp(`[${[...PLAIN.keys()].join("")}]`, "g");
const MARKS = /[\u0300-\u036F]/g;
const isAscii = (text: string) => /^[\0-\x7F]*$/.test(text);

/**
 * Folds text for searches that ignore case and accents. Postgres and the mirror have the same function
 * (`prisma/migrations`, `lib/engines/duckdb/columns`): independent of the locale, and only for European marks, as marks
 * in other scripts are vowels.
 */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  const lower = Array.from(text, (letter) => Array.from(letter.toLowerCase())[0] ?? letter).join("");
  const plain = lower.normalize("NFD").replace(MARKS, "").normalize("NFC");
  return plain.replace(SPECIAL, (letter) => PLAIN.get(letter) ?? letter);
}
