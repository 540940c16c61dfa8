/** Texts of parts that many pages use: lists, tables, dialogs, buttons. */
export const text = {
  close: "Close",
  closeWithKey: "Close (Esc)",
  copied: "Copied",
  tryAgain: "Try again",
  looking: "Loading…",
  loadingOf: (what: string) => `Loading ${what}`,
  serverAway: "The server isn’t responding. Check your connection and try again.",
  legend: { name: "Clicks by shade", none: "none", from: "from" },
  pager: { name: "Pages", previous: "Previous", next: "Next" },
  filterBy: (what: string, value: string) => `Filter by ${what}: ${value}`,
  onlyThese: "Only these clicks",
  open: (what: string) => `Open ${what}`,
  openInTab: "Open in a new tab",
  copy: (what: string) => `Copy ${what}`,
} as const;
