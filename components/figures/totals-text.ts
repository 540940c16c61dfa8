import type { Counts } from "@/lib/question/answers";

/** Texts of the totals and of the chart below them. */
export const text = {
  clicks: "Clicks",
  loadingTotals: "Loading the totals",
  loadingChart: "Loading clicks over time",
  totals: {
    clicks: { label: "Clicks", meaning: "All clicks that match the filters" },
    visitors: {
      label: "Visitors",
      meaning: "Unique visitors, recognised by a hash of IP address and browser",
    },
    links: { label: "Links clicked", meaning: "Links with at least one matching click" },
  } satisfies Record<keyof Counts, { label: string; meaning: string }>,
  allTotals: "Clicks, visitors and links",
  from: (before: string) => `from ${before}`,
  before: (before: string) => `Before: ${before}`,
  spokenBefore: (before: string) => `, before ${before}`,
  variation: {
    usual: "within normal variation",
    unusual: "unusual",
    reason: (weeks: number, margin: string) =>
      `Normal week-to-week variation is ±${margin} clicks (95 %, from the ${weeks} weeks before).`,
    spoken: (reason: string) => `. ${reason}`,
  },
  usualGranularity: "Use default granularity",
} as const;
