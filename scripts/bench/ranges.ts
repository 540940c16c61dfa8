const DAY = 86_400_000;

/** Days of each range; `all` begins long before the first click. */
const RANGES = { "24h": 1, "30d": 30, "365d": 365, all: 1_000 } as const;

/** Name of an empty set of conditions. */
export const NO_CONDITIONS = "–";

export type Range = keyof typeof RANGES;

/** Makes the query string of a range that wasn't asked before. */
export type FreshRange = (range: Range, bots?: "include" | "exclude") => string;

/**
 * Ranges that end shortly before an instant, each a millisecond earlier than the last, because servers remember answers.
 * The zone has daylight saving, the harder case. Bots are always named, else pages redirect to an address that does.
 */
export function createRanges(end: number): FreshRange {
  let asked = 0;
  return (range, bots = "include") =>
    new URLSearchParams({
      start: new Date(end - RANGES[range] * DAY).toISOString(),
      end: new Date(end - ++asked).toISOString(),
      timezone: "Europe/Berlin",
      bots,
    }).toString();
}
