/** What charts say by themselves; what they are about is said by the page that draws them. */
export const text = {
  time: "Time",
  clicks: "Clicks",
  comparedWith: "Compared with",
  clicksThen: "Clicks then",
  notYet: "not yet",
  nothing: "nothing",
  notInRange: "Not in this range",
  withNote: (clicks: string, note: string) => `${clicks}, ${note}`,
  /** Stands beside the number, in a look of its own. */
  clicksUnit: (n: number) => (n === 1 ? "click" : "clicks"),
  insteadOfClicks: (bucket: string, reason: string) => `${bucket}: ${reason}`,
  partly: {
    "so far": (bucket: string) => `${bucket} (so far)`,
    "in part": (bucket: string) => `${bucket} (in part)`,
  },
  selection: (from: string, to: string) => `${from} – ${to}`,
  unheard: {
    part: "no data received for a part of it",
    whole: "no data received",
    late: "received later",
  },
  zoomOut: "Zoom out",
} as const;
