const WHOLE = { maximumFractionDigits: 0 };
const TENTHS = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** The reader's format of numbers: the server and the browser know it from different places. */
type Formats = (options: Intl.NumberFormatOptions) => Intl.NumberFormat;

/** From here on nobody multiplies in their head: "×12" says it. */
const TIMES_FROM = 10;

/** A difference: "+12 %", "−3.4 %", "×12", "new" after nothing; "0 %", "≈0 %" and "−100 %" only when they are true. */
export function change(now: number, before: number, formats: Formats): string {
  if (now === before) return "0\u00A0%";
  if (before === 0) return "new";
  const ratio = now / before;
  if (ratio >= TIMES_FROM) return `×${formats(WHOLE).format(Math.floor(ratio))}`;
  const percent = Math.abs(ratio - 1) * 100;
  if (percent < 0.05) return "≈0\u00A0%";
  return `${ratio > 1 ? "+" : "−"}${size(percent, now, formats)}\u00A0%`;
}

function size(percent: number, now: number, formats: Formats): string {
  if (percent < 9.95) return formats(TENTHS).format(percent);
  // What is left is not nothing.
  return now > 0 && percent > 99.4 && percent < 100 ? formats(TENTHS).format(99.9) : formats(WHOLE).format(percent);
}
