import type { Counts } from "@/lib/question/answers";

/** What the totals say, and the lines around the chart below them. */
export const text = {
  clicks: "Clicks",
  loadingTotals: "Loading the totals",
  loadingChart: "Loading clicks over time",
  totals: {
    clicks: { label: "Clicks", meaning: "Every click that the filters let through" },
    visitors: {
      label: "Visitors",
      meaning: "Told apart by a hash of address and browser; clicks with neither have none",
    },
    links: { label: "Links clicked", meaning: "Links with at least one of these clicks" },
  } satisfies Record<keyof Counts, { label: string; meaning: string }>,
  allTotals: "Clicks, visitors and links",
  from: (before: string) => `from ${before}`,
  before: (before: string) => `Before: ${before}`,
  spokenBefore: (before: string) => `, before ${before}`,
  variation: {
    usual: "within normal variation",
    unusual: "unusual",
    reason: (weeks: number, margin: string) =>
      `In the ${weeks} weeks before, the same weekdays differed so much that up to ${margin} clicks more or less are usual, in 19 of 20 cases.`,
    spoken: (reason: string) => `. ${reason}`,
  },
  usualGranularity: "Use the usual granularity",
} as const;
