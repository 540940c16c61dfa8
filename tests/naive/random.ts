/** Numbers that look random and are the same for the same seed. */
export type Random = {
  /** From 0 to 1, without 1. */
  fraction(): number;
  /** A whole number from 0 to `choices`, without `choices`. */
  below(choices: number): number;
  chance(probability: number): boolean;
  pick<T>(values: readonly T[]): T;
  /** Several different values, in any order. */
  some<T>(values: readonly T[], count: number): T[];
};

export function createRandom(seed: number): Random {
  let state = seed | 0;
  // Mulberry32.
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (choices: number) => Math.floor(fraction() * choices);
  const pick = <T>(values: readonly T[]): T => {
    if (values.length === 0) throw new RangeError("nothing to pick from");
    return values[below(values.length)] as T;
  };
  return {
    fraction,
    below,
    chance: (probability) => fraction() < probability,
    pick,
    some: (values, count) => [...new Set(Array.from({ length: count }, () => pick(values)))],
  };
}
