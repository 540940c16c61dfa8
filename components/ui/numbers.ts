// For what only the browser draws: the server's tables may differ from the browser's, and what both draw must be the same.

const LATIN = "-u-nu-latn";

/** The reader's format of numbers, as `numberFormat` of `lib/base/locale` is on the server. */
export function browserFormat(options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const { language } = navigator;
  return new Intl.NumberFormat(language.includes("-u-") ? language : `${language}${LATIN}`, options);
}

/** A number as the reader writes it: "1,234" or "1.234". On the server below a thousand only, where all are the same. */
export const inFull = (n: number): string => (typeof navigator === "undefined" ? String(n) : browserFormat().format(n));

/** The same, short: "1.2K". */
export const compact = (n: number): string => browserFormat({ notation: "compact" }).format(n);
