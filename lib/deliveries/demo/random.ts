import { CLICK_FIELDS } from "@/lib/click/fields";

/** A seeded random number generator. */
export type Random = {
  /** A number in [0, 1). */
  next(): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** A random entry, by weight. */
  pick<T extends { weight: number }>(entries: readonly T[]): T;
  /** A random ID of letters and digits. */
  id(length: number): string;
};

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    pick: (entries) => {
      let left = next() * entries.reduce((sum, { weight }) => sum + weight, 0);
      for (const entry of entries) {
        left -= entry.weight;
        if (left < 0) return entry;
      }
      const last = entries.at(-1);
      if (!last) throw new RangeError("nothing to pick from");
      return last;
    },
    id: (length) => Array.from({ length }, () => LETTERS[Math.floor(next() * LETTERS.length)]).join(""),
  };
}

/** Fields with sample values in the table of fields. */
export const SAMPLED = CLICK_FIELDS.flatMap(({ column, sent, dimension }) =>
  dimension?.samples ? [{ column, sent, samples: dimension.samples }] : [],
);

/** A random sample. */
export const sampleOf = (samples: readonly string[], random: Random): string =>
  samples[Math.floor(random.next() * samples.length)] ?? "";
