const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** From here on nobody multiplies in their head: "×12" says it. */
const TIMES_FROM = 10;

/**
 * How a number differs from what it was: "+12 %", "−3.4 %", "×12", "new" when there was nothing, "0 %" only when they are
 * equal, "≈0 %" when they nearly are, and "−100 %" only when nothing is left.
 */
export function change(now: number, before: number): string {
  if (now === before) return "0\u00A0%";
  if (before === 0) return "new";
  const ratio = now / before;
  if (ratio >= TIMES_FROM) return `×${WHOLE.format(Math.floor(ratio))}`;
  const percent = Math.abs(ratio - 1) * 100;
  if (percent < 0.05) return "≈0\u00A0%";
  return `${ratio > 1 ? "+" : "−"}${size(percent, now)}\u00A0%`;
}

function size(percent: number, now: number): string {
  if (percent < 9.95) return TENTHS.format(percent);
  // What is left is not nothing.
  return now > 0 && percent > 99.4 && percent < 100 ? "99.9" : WHOLE.format(percent);
}
