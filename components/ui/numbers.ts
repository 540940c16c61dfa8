// For what only the browser renders: its tables may differ from the server's, and what both render must be equal.

const LATIN = "-u-nu-latn";

/** The reader's number format, like `numberFormat` of `lib/base/locale` on the server. */
export function browserFormat(options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const { language } = navigator;
  return new Intl.NumberFormat(language.includes("-u-") ? language : `${language}${LATIN}`, options);
}

/** A number in the reader's format: "1,234" or "1.234". On the server only below a thousand, where all are equal. */
export const inFull = (n: number): string => (typeof navigator === "undefined" ? String(n) : browserFormat().format(n));

/** The same for an axis, short from ten thousand: "9,000", "12K". */
export const compact = (n: number): string =>
  n < 10_000 ? browserFormat().format(n) : browserFormat({ notation: "compact" }).format(n);

/** "1 click", "1,234 clicks", in the reader's format. */
export const countedInFull = (n: number, one: string, many = `${one}s`): string =>
  `${inFull(n)} ${n === 1 ? one : many}`;

/** Clicks and uncounted deliveries that are stored, in words. */
export const storedInFull = ({ clicks, deliveries }: { clicks: number; deliveries: number }): string =>
  `${countedInFull(clicks, "click")} and ${countedInFull(deliveries, "stored delivery", "stored deliveries")}`;
