import type { Granularity } from "@/lib/base/time";
import type { Interval } from "@/lib/question/question";

/** Texts of the toolbar: range, comparison, time zone, bots and export. */
export const text = {
  range: "Range",
  intervals: {
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
  } satisfies Record<Interval, string>,
  keys: { before: "Previous range", after: "Next range", compareKey: "Turn comparison on or off" },
  spokenRange: "Range: ",
  choose: "Choose a range",
  ranges: "Ranges",
  back: "Back",
  forward: "Forward",
  stepTo: (step: string, range: string) => `${step} to ${range}`,
  zone: "Time zone",
  compare: {
    none: "Compare",
    title: "Compare with",
    choices: "Comparisons",
    no: "No comparison",
    previous: "Previous period",
    year: "Previous year",
    // On a phone the last part is only read by screen readers.
    withPrevious: "vs previous{period}",
    period: " period",
    withYear: "vs previous year",
    with: (dates: string) => `vs ${dates}`,
    matchWeekdays: "Match weekdays",
    weekdaysOn: "On: compares Mondays with Mondays",
    weekdaysOff: "Off: compares dates with dates",
    noStart: "All time has no previous period. Choose the dates to compare with.",
    from: "Compare from",
    to: "Compare to",
    submit: "Compare with these days",
  },
  bots: { label: "Bots", include: "Bots included", exclude: "Bots excluded", only: "Only bots" },
  since: (date: string) => `Since ${date}`,
  until: (date: string) => `Until ${date}`,
  exportAll: "Export all",
  exportHint: "A ZIP with one CSV per card",
  exportForExcel: "For Excel",
  exportForExcelHint: "The same ZIP, with CSVs that Excel opens as UTF-8",
  granularity: "Granularity",
  granularities: {
    quarterHour: "15 min",
    hour: "Hours",
    day: "Days",
    week: "Weeks",
    month: "Months",
  } satisfies Record<Granularity, string>,
} as const;

/** A key that does something as long as nobody is typing: as browsers name it, as it is shown, and what it does. */
type Shortcut = { key: string; shown: string; does: string };

/** Letters are Dub's where Dub has the range, else those of Plausible, else free ones. */
// biome-ignore format: one line a group
const INTERVAL_KEYS: readonly (readonly [Interval, key: string][])[] = [
  [["today", "N"], ["yesterday", "E"], ["24h", "D"]],
  [["7d", "W"], ["30d", "T"], ["90d", "3"], ["1y", "L"]],
  [["wtd", "H"], ["mtd", "M"], ["qtd", "Q"], ["ytd", "Y"]],
  [["lastWeek", "G"], ["lastMonth", "P"], ["lastQuarter", "U"], ["lastYear", "O"]],
  [["all", "A"]],
];

/** One range that the picker offers: what it is called and the letter that leads there. */
export type Preset = { interval: Interval; label: string; key: string };

/** The ranges that the picker offers, in groups. */
export const PRESETS: readonly (readonly Preset[])[] = INTERVAL_KEYS.map((group) =>
  group.map(([interval, key]) => ({ interval, label: text.intervals[interval], key })),
);

/** Keys of what is no range: of the controls that name them as their `aria-keyshortcuts`. */
export const CONTROL_KEYS = { custom: "C", back: "ArrowLeft", forward: "ArrowRight", compare: "X" } as const;

/** All keyboard shortcuts of the toolbar, for the help. */
export const RANGE_SHORTCUTS: readonly Shortcut[] = [
  ...PRESETS.flat().map(({ key, label }) => ({ key, shown: key, does: label })),
  { key: CONTROL_KEYS.custom, shown: "C", does: text.choose },
  { key: CONTROL_KEYS.back, shown: "←", does: text.keys.before },
  { key: CONTROL_KEYS.forward, shown: "→", does: text.keys.after },
  { key: CONTROL_KEYS.compare, shown: "X", does: text.keys.compareKey },
];
