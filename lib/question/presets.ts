import type { Interval } from "@/lib/question/question";
import { text } from "@/lib/question/ranges-text";

/** A key that does something as long as nobody is typing: as browsers name it, as it is shown, and what it does. */
export type Shortcut = { key: string; shown: string; does: string };

/** One range that the picker offers, in groups: what it is called and the letter that leads there. */
export type Preset = { interval: Interval; label: string; key: string | null };

/** The ranges that the picker offers. Letters are Dub's where Dub has the range, else those of Plausible,
 * else free ones. */
export const PRESETS: readonly (readonly Preset[])[] = [
  [
    { interval: "today", label: text.intervals.today, key: "N" },
    { interval: "yesterday", label: text.intervals.yesterday, key: "E" },
    { interval: "24h", label: text.intervals["24h"], key: "D" },
  ],
  [
    { interval: "7d", label: text.intervals["7d"], key: "W" },
    { interval: "30d", label: text.intervals["30d"], key: "T" },
    { interval: "90d", label: text.intervals["90d"], key: "3" },
    { interval: "1y", label: text.intervals["1y"], key: "L" },
  ],
  [
    { interval: "wtd", label: text.intervals.wtd, key: "H" },
    { interval: "mtd", label: text.intervals.mtd, key: "M" },
    { interval: "qtd", label: text.intervals.qtd, key: "Q" },
    { interval: "ytd", label: text.intervals.ytd, key: "Y" },
  ],
  [
    { interval: "lastWeek", label: text.intervals.lastWeek, key: "G" },
    { interval: "lastMonth", label: text.intervals.lastMonth, key: "P" },
    { interval: "lastQuarter", label: text.intervals.lastQuarter, key: "U" },
    { interval: "lastYear", label: text.intervals.lastYear, key: "O" },
  ],
  [{ interval: "all", label: text.intervals.all, key: "A" }],
];

/** Keys of what is no range: of the controls that name them as their `aria-keyshortcuts`. */
export const CONTROL_KEYS = { custom: "C", back: "ArrowLeft", forward: "ArrowRight", compare: "X" } as const;

/** All keyboard shortcuts of the toolbar, for the help. */
export const RANGE_SHORTCUTS: readonly Shortcut[] = [
  ...PRESETS.flat().flatMap(({ key, label }) => (key ? [{ key, shown: key, does: label }] : [])),
  { key: CONTROL_KEYS.custom, shown: "C", does: text.choose },
  { key: CONTROL_KEYS.back, shown: "←", does: text.keys.before },
  { key: CONTROL_KEYS.forward, shown: "→", does: text.keys.after },
  { key: CONTROL_KEYS.compare, shown: "X", does: text.keys.compareKey },
];
