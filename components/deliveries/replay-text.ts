/** Texts of replaying, also loaded in the browser: numbers are passed in formatted. */
export const text = {
  replay: "Replay",
  replayAll: "Replay all",
  replayThis: "Replay this delivery",
  stop: "Stop",
  stopped: "Stopped.",
  replayed: "Replayed",
  doneOf: (done: string, total: string) => `${done} of ${total}`,
  settled: (settled: string) => `${settled} processed.`,
  settledAndKept: (settled: string, kept: string) => `${settled} processed, ${kept} still quarantined.`,
} as const;
