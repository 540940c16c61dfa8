import { count } from "@/lib/base/format";

/** Texts that explain a figure: what it counts, which clicks, and which engine answered. */
export const text = {
  meaning: {
    name: "What it counts",
    count:
      "Clicks: all clicks that match the filters, each counted once. Visitors: unique visitors, recognised by a hash of IP address and browser; clicks with neither aren’t included. Links clicked: links with at least one of these clicks.",
    timeseries:
      "Clicks by the time they happened, not the time they arrived. Buckets follow the calendar of the time zone.",
    heatmap: "Clicks by hour and weekday in the time zone.",
    byBot: "Clicks by humans and by bots, which are recognised by their user agent. Shares are of all clicks.",
    byTag: (label: string, none: string) =>
      `Clicks by ${label}. Clicks without one are in the row “${none}”. A click counts for every tag of its link, so rows can add up to more than the total.`,
    by: (label: string, none: string) =>
      `Clicks by ${label}. Clicks without one are in the row “${none}”, so the rows add up to the total. Shares are of all clicks.`,
  },
  range: {
    name: "Range",
    inZone: (dates: string, zone: string) => `${dates}, in ${zone}`,
  },
  comparedWith: "Compared with",
  filters: {
    name: "Filters",
    none: "None: all clicks in the range.",
    condition: (subject: string, verb: string, object: string) => `${subject} ${verb} ${object}`,
    anyOf: (conditions: readonly string[]) => conditions.join(", or "),
    allOf: (groups: readonly string[]) => groups.join("; and "),
  },
  bots: {
    name: "Bots",
    include: (n: number) => (n === 1 ? "Includes 1 click by a bot." : `Includes ${count(n)} clicks by bots.`),
    exclude: (n: number) => (n === 1 ? "Excludes 1 click by a bot." : `Excludes ${count(n)} clicks by bots.`),
    only: (n: number) =>
      n === 1 ? "Counts only the 1 click by a bot." : `Counts only the ${count(n)} clicks by bots.`,
  },
  neverCounted: {
    name: "Never counted",
    what: "Test events, duplicate deliveries, and deliveries that couldn’t be read. They are listed under Deliveries.",
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
    newest: (ago: string) => `Includes every click stored until now. The newest was stored ${ago}.`,
    none: "No clicks stored yet.",
  },
} as const;
