/** Number of shades of a map or grid, without the one for zero. */
export const SHADES = 5;

/**
 * Lower bounds of shades of equal width, for counts that do not differ much. Ascending, from 1; fewer than `SHADES` when
 * there are fewer counts.
 */
export function evenShades(largest: number): number[] {
  return starts(largest, (part) => Math.floor(largest * part) + 1);
}

/** Lower bounds that grow by a constant factor, for counts such as those of countries, where few have most clicks. */
export function growingShades(largest: number): number[] {
  return starts(largest, (part) => rounded(largest ** part));
}

function starts(largest: number, startAt: (part: number) => number): number[] {
  if (largest < 1) return [];
  const all = Array.from({ length: SHADES }, (_, index) => startAt(index / SHADES));
  return [...new Set(all)].filter((start) => start <= largest);
}

/** Rounds to one significant digit, for a legend that is easy to read. */
function rounded(value: number): number {
  const digit = 10 ** Math.floor(Math.log10(value));
  return Math.round(value / digit) * digit;
}

/** The shade of a count: 1 to `SHADES`, or 0 for none. The strongest is always in use. */
export function shadeOf(clicks: number, shades: readonly number[]): number {
  if (clicks < 1) return 0;
  const place = shades.findLastIndex((start) => start <= clicks);
  return SHADES - shades.length + place + 1;
}
