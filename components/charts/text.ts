/** Texts of the charts themselves. The page that draws a chart supplies its title. */
export const text = {
  time: "Time",
  clicks: "Clicks",
  comparedWith: "Compared with",
  clicksThen: "Clicks before",
  notYet: "not yet",
  nothing: "nothing",
  notInRange: "Not in this range",
  withNote: (clicks: string, note: string) => `${clicks}, ${note}`,
  /** Shown beside the number, styled differently. */
  clicksUnit: (n: number) => (n === 1 ? "click" : "clicks"),
  insteadOfClicks: (bucket: string, reason: string) => `${bucket}: ${reason}`,
  partly: {
    "so far": (bucket: string) => `${bucket} (so far)`,
    "in part": (bucket: string) => `${bucket} (partial)`,
  },
  selection: (from: string, to: string) => `${from} – ${to}`,
  downtime: {
    part: "no data received for part of it",
    whole: "no data received",
    late: "received later",
  },
  zoomOut: "Zoom out",
} as const;
