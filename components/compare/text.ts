import { count } from "@/lib/base/format";

/** Texts of the link comparison. */
export const text = {
  title: "Compare links",
  allLinks: "All links",
  loading: "Loading the comparison",
  ofRange: "First click, half-life and first day use only clicks in this range.",
  wholeLives: "Show all time",
  noLinks: (most: number) =>
    `No links selected. Add up to ${most} below, or select them in the {list} and press Compare.`,
  listOfLinks: "links list",
  add: {
    title: "Add a link",
    link: (name: string) => `Add ${name}`,
    noMatch: "No other links match.",
    noOthers: "There are no other links.",
    tooMany: (most: number, chosen: number) =>
      `You can compare up to ${most} links at once. These are the first of the ${count(chosen)} you selected.`,
    most: (most: number) => `You can compare up to ${most} links. Remove one to add another.`,
  },
  chart: {
    label: "Clicks per link",
    alignment: "Alignment",
    calendar: "Calendar",
    sinceFirst: "Since first click",
    lines: "Lines",
    noClicks: "No clicks in this range.",
    byCalendar: "Clicks over time by link",
    byAge: "Clicks since the first click by link",
    steps: {
      quarterHour: { tick: (n: number) => `¼ hour ${n}`, label: (n: number) => `¼ hour ${n} from the first click` },
      hour: { tick: (n: number) => `Hour ${n}`, label: (n: number) => `Hour ${n} from the first click` },
      day: { tick: (n: number) => `Day ${n}`, label: (n: number) => `Day ${n} from the first click` },
      week: { tick: (n: number) => `Week ${n}`, label: (n: number) => `Week ${n} from the first click` },
    },
  },
  table: {
    caption: "Clicks per link",
    link: "Link",
    clicks: "Clicks",
    firstClick: "First click",
    halfLife: "Half-life",
    firstDay: "First 24 h",
    lastDay: "Last 24 h",
    remove: (name: string) => `Remove ${name}`,
    removeTitle: "Remove from comparison",
  },
} as const;
