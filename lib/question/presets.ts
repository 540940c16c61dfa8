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

/** Dub's letters where Dub has the range, else Plausible's, else free ones. */
// biome-ignore format: one line a group
const INTERVAL_KEYS: readonly (readonly [Interval, key: string][])[] = [
  [["today", "N"], ["yesterday", "E"], ["24h", "D"]],
  [["7d", "W"], ["30d", "T"], ["90d", "3"], ["1y", "L"]],
  [["wtd", "H"], ["mtd", "M"], ["qtd", "Q"], ["ytd", "Y"]],
  [["lastWeek", "G"], ["lastMonth", "P"], ["lastQuarter", "U"], ["lastYear", "O"]],
  [["all", "A"]],
];

/** A range in the picker: name and key. */
export type Preset = { interval: Interval; label: string; key: string };

/** The ranges of the picker, in groups. */
export const PRESETS: readonly (readonly Preset[])[] = INTERVAL_KEYS.map((group) =>
  group.map(([interval, key]) => ({ interval, label: INTERVAL_WORDS[interval], key })),
);

/** Keys of the other controls, for their `aria-keyshortcuts`. */
export const CONTROL_KEYS = { custom: "C", back: "ArrowLeft", forward: "ArrowRight", compare: "X" } as const;

/** The toolbar's shortcuts: the key as browsers name it, as it is shown, and what it does. */
export const RANGE_SHORTCUTS: readonly { key: string; shown: string; does: string }[] = [
  ...PRESETS.flat().map(({ key, label }) => ({ key, shown: key, does: label })),
  { key: CONTROL_KEYS.custom, shown: "C", does: CHOOSE_RANGE },
  { key: CONTROL_KEYS.back, shown: "←", does: "Previous range" },
  { key: CONTROL_KEYS.forward, shown: "→", does: "Next range" },
  { key: CONTROL_KEYS.compare, shown: "X", does: "Turn comparison on or off" },
];
