/** Number of shades of a map or grid, without the one for zero. */
export const SHADES = 5;

/**
 * Lower bounds of shades, each for about as many of the counts. Ascending; fewer than `SHADES` when few counts differ.
 */
export function quantileShades(counts: readonly number[]): number[] {
  const sorted = counts.filter((count) => count > 0).sort((a, b) => a - b);
  return starts((part) => sorted[Math.floor(sorted.length * part)]);
}

/** Lower bounds that grow by a constant factor, for counts such as those of countries, where few have most clicks. */
export function growingShades(largest: number): number[] {
  if (largest < 1) return [];
  return starts((part) => rounded(largest ** part)).filter((start) => start <= largest);
}

function starts(startAt: (part: number) => number | undefined): number[] {
  const all = Array.from({ length: SHADES }, (_, index) => startAt(index / SHADES) ?? []);
  return [...new Set(all.flat())];
}

/** Rounds to one significant digit, for a legend that is easy to read. */
function rounded(value: number): number {
  const digit = 10 ** Math.floor(Math.log10(value));
  return Math.round(value / digit) * digit;
}

/** The shade of a count: 1 to `SHADES`, or 0 for none. The strongest is always in use. */
export function shadeOf(clicks: number, shades: readonly number[]): number {
  if (clicks <= 0) return 0;
  const place = shades.findLastIndex((start) => start <= clicks);
  return SHADES - shades.length + place + 1;
}
