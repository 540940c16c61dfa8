/** How many shades a map or a grid has, beside the one for nothing. */
export const SHADES = 5;

/**
 * Where each shade begins when shades are equally wide: for counts that do not differ much. Ascending, from 1; fewer
 * than `SHADES` when there are not so many counts.
 */
export function evenShades(largest: number): number[] {
  return starts(largest, (part) => Math.floor(largest * part) + 1);
}

/** The same when each shade is as many times wider than the one before: a few countries have most of the clicks. */
export function growingShades(largest: number): number[] {
  return starts(largest, (part) => rounded(largest ** part));
}

function starts(largest: number, startAt: (part: number) => number): number[] {
  if (largest < 1) return [];
  const all = Array.from({ length: SHADES }, (_, index) => startAt(index / SHADES));
  return [...new Set(all)].filter((start) => start <= largest);
}

/** To one digit that counts: a legend of round numbers is read faster. */
function rounded(value: number): number {
  const digit = 10 ** Math.floor(Math.log10(value));
  return Math.round(value / digit) * digit;
}

/** The shade of a count, from 1 to `SHADES`; 0 of nothing. The strongest is always used, however few there are. */
export function shadeOf(clicks: number, shades: readonly number[]): number {
  if (clicks < 1) return 0;
  const place = shades.findLastIndex((start) => start <= clicks);
  return SHADES - shades.length + place + 1;
}
