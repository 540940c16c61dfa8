import { count } from "@/lib/base/format";

/** What a figure counts, of which clicks, and who answered. */
export const text = {
  meaning: {
    name: "What it counts",
    count:
      "Clicks: every click that the filters let through, each counted once. Visitors: told apart by a hash of address and browser; clicks with neither have none. Links clicked: links with at least one of these clicks.",
    timeseries:
      "Clicks by the moment when they happened, not when they arrived. Buckets follow the zone's own calendar.",
    heatmap: "Clicks by the hour and weekday that the zone's clocks showed when they happened.",
    byBot: "Clicks by who visited: people, or bots by what they say of themselves. Shares are of all clicks.",
    byTag: (label: string, none: string) =>
      `Clicks by ${label}. Clicks without one are the row “${none}”. A click counts for every tag of its link, so rows may add up to more than all clicks.`,
    by: (label: string, none: string) =>
      `Clicks by ${label}. Clicks without one are the row “${none}”, so that all rows together are all clicks. Shares are of all clicks.`,
  },
  range: {
    name: "Range",
    inZone: (dates: string, zone: string) => `${dates}, in ${zone}`,
  },
  comparedWith: "Compared with",
  filters: {
    name: "Filters",
    none: "None: every click in the range.",
    condition: (subject: string, verb: string, object: string) => `${subject} ${verb} ${object}`,
    anyOf: (conditions: readonly string[]) => conditions.join(", or "),
    allOf: (groups: readonly string[]) => groups.join("; and "),
  },
  bots: {
    name: "Bots",
    include: (n: number) => (n === 1 ? "1 click by a bot is included." : `${count(n)} clicks by bots are included.`),
    exclude: (n: number) => (n === 1 ? "1 click by a bot is left out." : `${count(n)} clicks by bots are left out.`),
    only: (n: number) =>
      n === 1 ? "1 click by a bot is counted alone." : `${count(n)} clicks by bots are counted alone.`,
  },
  neverCounted: {
    name: "Never counted",
    what: "Test events, deliveries that came twice, and those that could not be read. They are listed under Deliveries.",
  },
  answeredBy: {
    name: "Answered by",
    postgres: (ms: number, stored: number, matching: number) =>
      `Postgres answered in ${ms} ms. Of ${count(stored)} stored clicks, ${count(matching)} match.`,
    mirror: (ms: number, stored: number, matching: number) =>
      `The mirror of Postgres, an embedded DuckDB, answered in ${ms} ms. Of ${count(stored)} stored clicks, ${count(matching)} match.`,
  },
  fresh: {
    name: "How fresh",
    newest: (ago: string) => `Every click that was stored until this moment; the newest was stored ${ago}.`,
    none: "No click has been stored yet.",
  },
} as const;
