/** What replaying says, in the browser too: numbers come in words, so that their formats stay on the server. */
export const text = {
  replay: "Replay",
  replayAll: "Replay all",
  replayThis: "Replay this delivery",
  stop: "Stop",
  stopped: "Stopped.",
  replayed: "Replayed",
  doneOf: (done: string, total: string) => `${done} of ${total}`,
  settled: (settled: string) => `${settled} settled.`,
  settledAndKept: (settled: string, kept: string) => `${settled} settled, ${kept} still in quarantine.`,
} as const;
