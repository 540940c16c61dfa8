import type { Random } from "./random";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How much is clicked in each hour of a local day; 1 is the busiest. */
const HOURS = [
  ...[0.16, 0.1, 0.07, 0.05, 0.06, 0.12, 0.27, 0.48, 0.7, 0.86, 0.93, 0.9],
  ...[0.95, 0.91, 0.86, 0.84, 0.83, 0.85, 0.9, 0.98, 1, 0.87, 0.6, 0.33],
];
/** From Sunday. */
const WEEKDAYS = [0.62, 0.93, 1, 0.98, 0.95, 0.84, 0.6];

/** A post or a mailing: many clicks of one link from one source, most of them in the first hours. */
type Burst = {
  weight: number;
  linkKey: string;
  referer: string;
  dayBefore: number;
  hour: number;
  fadeHours: number;
};

export const BURSTS: readonly Burst[] = [
  { weight: 5, linkKey: "autumn", referer: "mail.google.com", dayBefore: 20, hour: 8, fadeHours: 5 },
  { weight: 4, linkKey: "launch", referer: "youtube.com", dayBefore: 12, hour: 16, fadeHours: 9 },
  { weight: 3, linkKey: "guide", referer: "news.ycombinator.com", dayBefore: 6, hour: 14, fadeHours: 4 },
  { weight: 3, linkKey: "sale", referer: "mail.google.com", dayBefore: 3, hour: 8, fadeHours: 4 },
];

/** A moment of an ordinary day between two instants, as people with these clocks click. */
export function ordinaryMoment(random: Random, from: number, to: number, hoursFromUtc: number): number {
  for (;;) {
    const moment = from + random.next() * (to - from);
    const local = new Date(moment + hoursFromUtc * HOUR);
    if (random.chance((HOURS[local.getUTCHours()] ?? 0) * (WEEKDAYS[local.getUTCDay()] ?? 0))) return moment;
  }
}

/** A moment of a burst. It may lie outside of the span that the demo covers. */
export function burstMoment(random: Random, { dayBefore, hour, fadeHours }: Burst, to: number): number {
  const start = Math.floor(to / DAY) * DAY - dayBefore * DAY + hour * HOUR;
  return start - Math.log(1 - random.next()) * fadeHours * HOUR;
}
