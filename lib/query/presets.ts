import type { Interval } from "@/lib/query/filters";

/** A key that does something as long as nobody is typing: as browsers name it, as it is shown, and what it does. */
export type Shortcut = { key: string; shown: string; does: string };

/** One range that the picker offers, in groups: what it is called and the letter that leads there. */
export type Preset = { interval: Interval; label: string; key: string | null };

/** The ranges that the picker offers. Letters are Dub's where Dub has the range, else those of Plausible. */
export const PRESETS: readonly (readonly Preset[])[] = [
  [
    { interval: "today", label: "Today", key: "N" },
    { interval: "yesterday", label: "Yesterday", key: "E" },
    { interval: "24h", label: "Last 24 hours", key: "D" },
  ],
  [
    { interval: "7d", label: "Last 7 days", key: "W" },
    { interval: "30d", label: "Last 30 days", key: "T" },
    { interval: "90d", label: "Last 90 days", key: "3" },
    { interval: "1y", label: "Last 12 months", key: "L" },
  ],
  [
    { interval: "wtd", label: "This week", key: null },
    { interval: "mtd", label: "This month", key: "M" },
    { interval: "qtd", label: "This quarter", key: "Q" },
    { interval: "ytd", label: "This year", key: "Y" },
  ],
  [
    { interval: "lastWeek", label: "Last week", key: null },
    { interval: "lastMonth", label: "Last month", key: "P" },
    { interval: "lastQuarter", label: "Last quarter", key: null },
    { interval: "lastYear", label: "Last year", key: null },
  ],
  [{ interval: "all", label: "All time", key: "A" }],
];

/** Keys of what is no range: of the controls that name them as their `aria-keyshortcuts`. */
export const CONTROL_KEYS = { custom: "C", back: "ArrowLeft", forward: "ArrowRight", compare: "X" } as const;

/** Every key that the toolbar listens to, for whoever explains keys. */
export const RANGE_SHORTCUTS: readonly Shortcut[] = [
  ...PRESETS.flat().flatMap(({ key, label }) => (key ? [{ key, shown: key, does: label }] : [])),
  { key: CONTROL_KEYS.custom, shown: "C", does: "Choose a range" },
  { key: CONTROL_KEYS.back, shown: "←", does: "The range before" },
  { key: CONTROL_KEYS.forward, shown: "→", does: "The range after" },
  { key: CONTROL_KEYS.compare, shown: "X", does: "Compare with the period before, or no longer" },
];
