/** Characters of a value shown in lists; the panel and exports have the whole value. */
const MOST_LETTERS = 300;
/** Longer values are replaced by a name in URLs, whose length is limited. */
export const LONGEST_VALUE = 500;

const NAME = /^~(\d{3,9})-([0-9a-f]{32})$/;

/** Identifies a value by its length in characters and its MD5, which both engines compute alike. */
export type LongName = { length: number; md5: string };

/** Parses the name of a long value; null for any other text. */
export function parseLongName(text: string): LongName | null {
  const [, length, md5] = NAME.exec(text) ?? [];
  return length && md5 ? { length: Number(length), md5 } : null;
}

/** The name of a long value in a URL. */
export const formatLongName = ({ length, md5 }: LongName): string => `~${length}-${md5}`;

/** Truncates a text for a list. */
export function cutText(text: string): string {
  if (text.length <= MOST_LETTERS) return text;
  // Never split a surrogate pair.
  return `${text.slice(0, MOST_LETTERS).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
