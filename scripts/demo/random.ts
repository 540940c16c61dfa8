import { CLICK_FIELDS } from "@/lib/click/fields";

/** A source of chance that repeats itself: the same seed gives the same numbers. */
export type Random = {
  /** From 0 up to, but not, 1. */
  next(): number;
  /** Whether something with this probability happens. */
  chance(probability: number): boolean;
  /** One entry, each as likely as its weight says. */
  pick<T extends { weight: number }>(entries: readonly T[]): T;
  /** Letters and digits, as ids have them. */
  id(length: number): string;
};

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Mulberry32: small, and good enough for a demo. */
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

/** Fields whose values are drawn from the samples in the table of fields. */
export const SAMPLED = CLICK_FIELDS.flatMap(({ column, sent, dimension }) =>
  dimension?.samples ? [{ column, sent, samples: dimension.samples }] : [],
);

/** One of the samples, each as likely as the others. */
export const sampleOf = (samples: readonly string[], random: Random): string =>
  samples[Math.floor(random.next() * samples.length)] ?? "";
