import type { Interval } from "@/lib/question/question";

/** Names of the ranges. */
export const INTERVAL_WORDS: Record<Interval, string> = {
  today: "Today",
  yesterday: "Yesterday",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
  "1y": "Last 12 months",
  wtd: "This week",
  mtd: "This month",
  qtd: "This quarter",
  ytd: "This year",
  lastWeek: "Last week",
  lastMonth: "Last month",
  lastQuarter: "Last quarter",
  lastYear: "Last year",
  all: "All time",
};

export const CHOOSE_RANGE = "Choose a range";

/** Dub's letters, for the ranges that people use every day. */
const INTERVAL_KEYS: Partial<Record<Interval, string>> = {
  "24h": "D",
  "7d": "W",
  "30d": "T",
  mtd: "M",
  ytd: "Y",
  all: "A",
};

/** A range in the picker: name and key. */
export type Preset = { interval: Interval; label: string; key: string | null };

const GROUPS: readonly (readonly Interval[])[] = [
  ["today", "yesterday", "24h"],
  ["7d", "30d", "90d", "1y"],
  ["wtd", "mtd", "qtd", "ytd"],
  ["lastWeek", "lastMonth", "lastQuarter", "lastYear"],
  ["all"],
];

/** The ranges of the picker, in groups. */
export const PRESETS: readonly (readonly Preset[])[] = GROUPS.map((group) =>
  group.map((interval) => ({ interval, label: INTERVAL_WORDS[interval], key: INTERVAL_KEYS[interval] ?? null })),
);

/** Keys of the other controls, for their `aria-keyshortcuts`. */
export const CONTROL_KEYS = { back: "ArrowLeft", forward: "ArrowRight", compare: "X" } as const;

/** The question bar's shortcuts: the key as browsers name it, as it is shown, and what it does. */
export const RANGE_SHORTCUTS: readonly { key: string; shown: string; does: string }[] = [
  ...PRESETS.flat().flatMap(({ key, label }) => (key ? [{ key, shown: key, does: label }] : [])),
  { key: CONTROL_KEYS.back, shown: "←", does: "Previous range" },
  { key: CONTROL_KEYS.forward, shown: "→", does: "Next range" },
  { key: CONTROL_KEYS.compare, shown: "X", does: "Turn comparison on or off" },
];
