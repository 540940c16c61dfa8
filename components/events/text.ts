/** Texts of the page Events. Numbers are passed in formatted: `lib/question/format` stays on the server. */
export const text = {
  title: "Events",
  loadingRows: "clicks",
  counting: "Counting",
  total: (n: number, count: string) => (n === 1 ? `${count} click` : `${count} clicks`),
  empty: {
    notUnderstood: "Nothing matches because part of the URL is invalid. Remove it above.",
    noMatch: "No clicks match. Change the range or a filter.",
    noClicks: "No clicks in this range.",
  },
  csv: "CSV",
  csvTitle: "All clicks in this list, with all columns",
  newClicks: "New clicks",
  grid: {
    label: "Clicks, newest first",
    click: "Click",
    /** Read by screen readers after the time of a click. */
    onLink: (link: string) => ` on ${link}`,
    only: (column: string, value: string) => `Only ${column}: ${value}`,
  },
  filterBy: (column: string, value: string) => `Filter by ${column}: ${value}`,
  foot: {
    all: (n: number, count: string) => (n === 1 ? `${count} click in total` : `${count} clicks in total`),
    loaded: (count: string) => `${count} loaded`,
    tryAgain: "Try again",
    loading: "Loading…",
    loadMore: "Load more",
  },
  problems: {
    signedOut: "Your session has ended. Reload the page to sign in again.",
    failed: "Couldn’t load more clicks. Try again.",
    unreachable: "Couldn’t reach the server. Try again.",
  },
  columns: {
    title: "Columns",
    shown: "Shown, in this order",
    notShown: "Hidden",
    place: (column: string, place: number, of: number) => `${column} is column ${place} of ${of}`,
    hidden: (column: string) => `${column} is hidden`,
    download: "Download CSV with these columns",
    downloadForExcel: "Download for Excel",
    usual: "Reset to default columns",
    up: { label: (column: string) => `Move ${column} up`, title: "Move up" },
    down: { label: (column: string) => `Move ${column} down`, title: "Move down" },
  },
} as const;
