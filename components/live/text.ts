/** Texts of the live stream. Numbers are passed in formatted: `lib/question/format` stays on the server. */
export const text = {
  live: "Live",
  switchTitle: "Show new clicks as they arrive",
  newClicks: "New clicks",
  newestClicks: "Newest clicks",
  bot: "Bot",
  onTheWay: "Delay",
  goOn: "Resume",
  pause: "Pause",
  connecting: "Connecting…",
  paused: "Paused",
  waiting: (n: number, count: string) =>
    n === 1 ? `Paused, ${count} click waiting` : `Paused, ${count} clicks waiting`,
  waitingForNext: "Waiting for the next click",
  atOnce: (n: number, count: string) =>
    n === 1 ? `${count} click so far, usually instant` : `${count} clicks so far, usually instant`,
  delayed: (n: number, count: string, delay: string) =>
    n === 1 ? `${count} click so far, usually ${delay} late` : `${count} clicks so far, usually ${delay} late`,
} as const;
