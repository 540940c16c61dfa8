/** What the list of clicks says. Numbers come formatted: `lib/question/format` stays on the server. */
export const text = {
  title: "Events",
  loadingRows: "clicks",
  counting: "Counting",
  total: (n: number, count: string) => (n === 1 ? `${count} click` : `${count} clicks`),
  empty: {
    notUnderstood: "Nothing is listed, because a part of the address is not understood. Remove it above.",
    noMatch: "No click matches. Change the range or a filter.",
    noClicks: "No clicks in this range.",
  },
  csv: "CSV",
  csvTitle: "Every click of this list with every column",
  newClicks: "New clicks",
  grid: {
    label: "Clicks, newest first",
    click: "Click",
    /** Heard after the time of a click. */
    onLink: (link: string) => ` on ${link}`,
    only: (column: string, value: string) => `Only ${column}: ${value}`,
  },
  filterBy: (column: string, value: string) => `Filter by ${column}: ${value}`,
  foot: {
    all: (n: number, count: string) => (n === 1 ? `${count} click, all of them` : `${count} clicks, all of them`),
    loaded: (count: string) => `${count} loaded`,
    tryAgain: "Try again",
    loading: "Loading…",
    loadMore: "Load more",
  },
  problems: {
    signedOut: "Your session has ended. Reload the page to sign in again.",
    failed: "More clicks could not be loaded.",
    unreachable: "The server could not be reached.",
  },
  columns: {
    title: "Columns",
    shown: "Shown, in this order",
    notShown: "Not shown",
    place: (column: string, place: number, of: number) => `${column} is column ${place} of ${of}`,
    hidden: (column: string) => `${column} is not shown`,
    download: "Download CSV with these columns",
    downloadForExcel: "The same for Excel",
    usual: "Back to the usual columns",
    up: { label: (column: string) => `Move ${column} up`, title: "Move up" },
    down: { label: (column: string) => `Move ${column} down`, title: "Move down" },
  },
} as const;
