/** What the stream of new clicks says. Numbers come formatted: `lib/question/format` stays on the server. */
export const text = {
  live: "Live",
  switchTitle: "Show new clicks as they arrive",
  newClicks: "New clicks",
  newestClicks: "Newest clicks",
  bot: "Bot",
  onTheWay: "Time on the way",
  goOn: "Go on",
  pause: "Pause",
  connecting: "Connecting…",
  paused: "Paused",
  waiting: (n: number, count: string) =>
    n === 1 ? `Paused, ${count} click waiting` : `Paused, ${count} clicks waiting`,
  waitingForNext: "Waiting for the next click",
  atOnce: (n: number, count: string) =>
    n === 1 ? `${count} click so far, usually at once` : `${count} clicks so far, usually at once`,
  delayed: (n: number, count: string, delay: string) =>
    n === 1
      ? `${count} click so far, usually ${delay} after they happened`
      : `${count} clicks so far, usually ${delay} after they happened`,
} as const;
