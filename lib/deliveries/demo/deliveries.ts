import { BOTS, CLIENTS, DIRECT, PLACES, SOURCES } from "@/lib/deliveries/demo/audience";
import { LINKS } from "@/lib/deliveries/demo/links";
import { type DemoClick, linkClicked, linkCreated } from "@/lib/deliveries/demo/payload";
import { createRandom, type Random } from "@/lib/deliveries/demo/random";

/** What `npm run demo` and the button on the overview add. */
export const DEMO = { seed: 1, days: 30, clicks: 12_000 } as const;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Relative clicks by hour of the local day; 1 is the busiest. */
const HOURS = [
  ...[0.16, 0.1, 0.07, 0.05, 0.06, 0.12, 0.27, 0.48, 0.7, 0.86, 0.93, 0.9],
  ...[0.95, 0.91, 0.86, 0.84, 0.83, 0.85, 0.9, 0.98, 1, 0.87, 0.6, 0.33],
];
/** Relative clicks by day of the week, from Sunday. */
export const WEEKDAYS = [0.62, 0.93, 1, 0.98, 0.95, 0.84, 0.6];

/** Posts and newsletters: many clicks on one link from one source, most in the first hours. */
const BURSTS = [
  { weight: 5, linkKey: "autumn", referer: "mail.google.com", dayBefore: 20, hour: 8, fadeHours: 5 },
  { weight: 4, linkKey: "launch", referer: "youtube.com", dayBefore: 12, hour: 16, fadeHours: 9 },
  { weight: 3, linkKey: "guide", referer: "news.ycombinator.com", dayBefore: 6, hour: 14, fadeHours: 4 },
  { weight: 3, linkKey: "sale", referer: "mail.google.com", dayBefore: 3, hour: 8, fadeHours: 4 },
];

/** A random time between two instants, following the daily pattern in the local time of a place. */
function ordinaryMoment(random: Random, from: number, to: number, hoursFromUtc: number): number {
  for (;;) {
    const moment = from + random.next() * (to - from);
    const local = new Date(moment + hoursFromUtc * HOUR);
    if (random.chance((HOURS[local.getUTCHours()] ?? 0) * (WEEKDAYS[local.getUTCDay()] ?? 0))) return moment;
  }
}

/** The usual end of the past clicks: two demos within an hour have the same. */
export const startOfHour = (now: number): number => Math.floor(now / HOUR) * HOUR;

const BURST_SHARE = 0.22;
const BOT_SHARE = 0.03;
/** Shares of deliveries that are repeated with the same event ID, and with a new one. */
const [RETRY_SHARE, RESEND_SHARE] = [0.015, 0.01];

/** Maximum delay of a repetition in milliseconds. */
const LATEST_REPEAT = 6 * 60 * 60_000;

/** The clicks and the bodies to send; some clicks are sent twice. */
export type Demo = { clicks: DemoClick[]; bodies: object[] };

/** A click; `momentOf` chooses its time by place. */
function makeClick(random: Random, momentOf: (hoursFromUtc: number) => number): DemoClick {
  const link = random.pick(LINKS);
  const place = random.pick(PLACES);
  const bot = random.chance(BOT_SHARE);
  const qr = random.chance(link.qr);
  return {
    id: random.id(16),
    at: Math.floor(momentOf(place.hours)),
    link,
    place,
    client: random.pick(bot ? BOTS : CLIENTS),
    source: qr || bot ? DIRECT : random.pick(SOURCES),
    qr,
    ip: place.hidden ? "" : `203.0.113.${Math.floor(random.next() * 256)}`,
    bot,
  };
}

/** A click after a post or newsletter. Its time may lie outside the period of the demo. */
function makeBurstClick(random: Random, end: number): DemoClick {
  const { linkKey, referer, dayBefore, hour, fadeHours } = random.pick(BURSTS);
  const start = Math.floor(end / DAY) * DAY - dayBefore * DAY + hour * HOUR;
  const click = makeClick(random, () => start - Math.log(1 - random.next()) * fadeHours * HOUR);
  const link = LINKS.find(({ key }) => key === linkKey) ?? click.link;
  const source = SOURCES.find((entry) => entry.referer === referer) ?? click.source;
  return { ...click, link, source, qr: false };
}

/**
 * Deliveries of the days before `end` (epoch milliseconds): links first, then clicks by time, a few of them twice. The
 * same arguments give the same deliveries, including IDs.
 */
export function demoDeliveries({ seed, days, clicks, end }: Record<"seed" | "days" | "clicks" | "end", number>): Demo {
  const random = createRandom(seed);
  const start = end - days * DAY;
  const made: DemoClick[] = [];
  while (made.length < clicks) {
    const click = random.chance(BURST_SHARE)
      ? makeBurstClick(random, end)
      : makeClick(random, (hours) => ordinaryMoment(random, start, end, hours));
    if (click.at >= start && click.at < end) made.push(click);
  }
  made.sort((a, b) => a.at - b.at);
  const counts = new Map<string, number>();
  const due: { at: number; body: object }[] = [];
  for (const click of made) {
    const count = (counts.get(click.link.id) ?? 0) + 1;
    counts.set(click.link.id, count);
    const body = linkClicked(click, count, random);
    due.push({ at: click.at, body });
    const again = click.at + random.next() * LATEST_REPEAT;
    if (random.chance(RETRY_SHARE)) due.push({ at: again, body });
    else if (random.chance(RESEND_SHARE)) due.push({ at: again, body: { ...body, id: `evt_${random.id(25)}` } });
  }
  const bodies = due.sort((a, b) => a.at - b.at).map(({ body }) => body);
  return { clicks: made, bodies: [...LINKS.map(linkCreated), ...bodies] };
}

/** A click that happens now. */
export function liveDelivery(random: Random, now: number): object {
  const click = makeClick(random, () => now);
  return linkClicked(click, 0, random);
}
