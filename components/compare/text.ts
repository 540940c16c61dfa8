import { count } from "@/lib/base/format";

/** What the comparison of links says. */
export const text = {
  title: "Compare links",
  allLinks: "All links",
  loading: "Loading the comparison",
  ofRange: "First clicks, half-lives and first days are of the clicks in the range.",
  wholeLives: "Show whole lives",
  noLinks: (most: number) =>
    `No links are chosen yet. Add up to ${most} below, or tick them in the {list} and press Compare.`,
  listOfLinks: "list of links",
  add: {
    title: "Add a link",
    link: (name: string) => `Add ${name}`,
    noMatch: "No other link matches.",
    noOthers: "There are no other links.",
    tooMany: (most: number, chosen: number) =>
      `At most ${most} links are compared at once: these are the first of the ${count(chosen)} that were chosen.`,
    most: (most: number) => `${most} links are compared, which is the most. Remove one to add another.`,
  },
  chart: {
    label: "Clicks of each link",
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
    caption: "How each link was clicked",
    link: "Link",
    clicks: "Clicks",
    firstClick: "First click",
    halfLife: "Half-life",
    firstDay: "First 24 h",
    lastDay: "Last 24 h",
    remove: (name: string) => `Remove ${name}`,
    removeTitle: "Take it out of the comparison",
  },
} as const;
