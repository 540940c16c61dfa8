const WHOLE: Intl.NumberFormatOptions = { maximumFractionDigits: 0 };
const SHARE: Intl.NumberFormatOptions = { style: "percent", maximumFractionDigits: 0 };
const TENTHS: Intl.NumberFormatOptions = { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** Makes the reader's number formats. Server and browser find the locale in different ways. */
type Formats = (options: Intl.NumberFormatOptions) => Intl.NumberFormat;

/** Factors of fewer earlier clicks mean little. */
const FEW = 30;

/** From this factor on, "×12" is easier to read than "+1,100%". */
const TIMES_FROM = 10;

/** Relative change: "+12%", "−3.4%", "×12"; "+386" after few or none. "0%" and "−100%" only when exact; else "≈0%". */
export function change(now: number, before: number, formats: Formats): string {
  if (now === before) return formats(SHARE).format(0);
  const ratio = now / before;
  if (ratio >= TIMES_FROM && before < FEW) return `+${formats(WHOLE).format(now - before)}`;
  if (ratio >= TIMES_FROM) return `×${formats(WHOLE).format(Math.floor(ratio))}`;
  const share = Math.abs(ratio - 1);
  if (share < 0.0005) return `≈${formats(SHARE).format(0)}`;
  return `${ratio > 1 ? "+" : "−"}${size(share, now, formats)}`;
}

function size(share: number, now: number, formats: Formats): string {
  if (share < 0.0995) return formats(TENTHS).format(share);
  // "−100%" would mean that nothing is left.
  return now > 0 && share > 0.994 && share < 1 ? formats(TENTHS).format(0.999) : formats(SHARE).format(share);
}
