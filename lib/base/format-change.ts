const WHOLE = { maximumFractionDigits: 0 };
const TENTHS = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** Makes the reader's number formats. Server and browser find the locale in different ways. */
type Formats = (options: Intl.NumberFormatOptions) => Intl.NumberFormat;

/** Factors of fewer earlier clicks mean little. */
const FEW = 30;

/** From this factor on, "×12" is easier to read than "+1,100 %". */
const TIMES_FROM = 10;

/** Relative change: "+12 %", "−3.4 %", "×12"; "+386" after few or none. "0 %" and "−100 %" only when exact; else "≈0 %". */
export function change(now: number, before: number, formats: Formats): string {
  if (now === before) return "0\u00A0%";
  const ratio = now / before;
  if (ratio >= TIMES_FROM && before < FEW) return `+${formats(WHOLE).format(now - before)}`;
  if (ratio >= TIMES_FROM) return `×${formats(WHOLE).format(Math.floor(ratio))}`;
  const percent = Math.abs(ratio - 1) * 100;
  if (percent < 0.05) return "≈0\u00A0%";
  return `${ratio > 1 ? "+" : "−"}${size(percent, now, formats)}\u00A0%`;
}

function size(percent: number, now: number, formats: Formats): string {
  if (percent < 9.95) return formats(TENTHS).format(percent);
  // "−100 %" would mean that nothing is left.
  return now > 0 && percent > 99.4 && percent < 100 ? formats(TENTHS).format(99.9) : formats(WHOLE).format(percent);
}
