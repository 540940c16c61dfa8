/** Letters that a list carries of a text; the panel and the files have the whole. */
const MOST_LETTERS = 300;
/** Longer values are named in addresses: a list has hundreds of them, and servers refuse long addresses. */
export const LONGEST_VALUE = 500;

const NAME = /^~(\d{3,9})-([0-9a-f]{32})$/;

/** A value by its length in letters and its MD5, which both engines compute alike. */
export type LongName = { length: number; md5: string };

/** Reads the name that stands for a long value, or null for any other text. */
export function parseLongName(text: string): LongName | null {
  const [, length, md5] = NAME.exec(text) ?? [];
  return length && md5 ? { length: Number(length), md5 } : null;
}

/** The name of a long value as an address carries it. */
export const formatLongName = ({ length, md5 }: LongName): string => `~${length}-${md5}`;

/** The beginning of a text, as much as a list shows. */
export function cutText(text: string): string {
  if (text.length <= MOST_LETTERS) return text;
  // A pair of surrogates is one letter.
  return `${text.slice(0, MOST_LETTERS).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
