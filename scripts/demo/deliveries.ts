import { BOTS, CLIENTS, DIRECT, PLACES, SOURCES } from "@/scripts/demo/audience";
import { LINKS } from "@/scripts/demo/links";
import { type DemoClick, linkClicked, linkCreated } from "@/scripts/demo/payload";
import { createRandom, type Random } from "@/scripts/demo/random";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How much is clicked in each hour of a local day; 1 is the busiest. */
const HOURS = [
  ...[0.16, 0.1, 0.07, 0.05, 0.06, 0.12, 0.27, 0.48, 0.7, 0.86, 0.93, 0.9],
  ...[0.95, 0.91, 0.86, 0.84, 0.83, 0.85, 0.9, 0.98, 1, 0.87, 0.6, 0.33],
];
/** How much is clicked on each day of a week, from Sunday. */
export const WEEKDAYS = [0.62, 0.93, 1, 0.98, 0.95, 0.84, 0.6];

/** Posts and mailings: many clicks of one link from one source, most of them in the first hours. */
const BURSTS = [
  { weight: 5, linkKey: "autumn", referer: "mail.google.com", dayBefore: 20, hour: 8, fadeHours: 5 },
  { weight: 4, linkKey: "launch", referer: "youtube.com", dayBefore: 12, hour: 16, fadeHours: 9 },
  { weight: 3, linkKey: "guide", referer: "news.ycombinator.com", dayBefore: 6, hour: 14, fadeHours: 4 },
  { weight: 3, linkKey: "sale", referer: "mail.google.com", dayBefore: 3, hour: 8, fadeHours: 4 },
];

/** A moment of an ordinary day between two instants, as people with these clocks click. */
function ordinaryMoment(random: Random, from: number, to: number, hoursFromUtc: number): number {
  for (;;) {
    const moment = from + random.next() * (to - from);
    const local = new Date(moment + hoursFromUtc * HOUR);
    if (random.chance((HOURS[local.getUTCHours()] ?? 0) * (WEEKDAYS[local.getUTCDay()] ?? 0))) return moment;
  }
}

const BURST_SHARE = 0.22;
const BOT_SHARE = 0.03;
/** Of all deliveries: sent again as they were, and sent again under a new event id. */
const [RETRY_SHARE, RESEND_SHARE] = [0.015, 0.01];

/** How long after the click a repetition arrives at most. */
const LATEST_REPEAT = 6 * 60 * 60_000;

/** What to send, and the clicks among it; `bodies` holds some of them more than once. */
export type Demo = { clicks: DemoClick[]; bodies: object[] };

/** One click at a moment that `momentOf` chooses for its place. */
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

/** A click of somebody who followed a mailing or a post. It may lie outside of the span that the demo covers. */
function makeBurstClick(random: Random, end: number): DemoClick {
  const { linkKey, referer, dayBefore, hour, fadeHours } = random.pick(BURSTS);
  const start = Math.floor(end / DAY) * DAY - dayBefore * DAY + hour * HOUR;
  const click = makeClick(random, () => start - Math.log(1 - random.next()) * fadeHours * HOUR);
  const link = LINKS.find(({ key }) => key === linkKey) ?? click.link;
  const source = SOURCES.find((entry) => entry.referer === referer) ?? click.source;
  return { ...click, link, source, qr: false };
}

/**
 * A past that ends at `end` (epoch milliseconds): links first, then clicks in order of time, a few of them sent twice.
 * The same arguments give the same deliveries, ids included.
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

/** One click that happens now. */
export function liveDelivery(random: Random, now: number): object {
  const click = makeClick(random, () => now);
  return linkClicked(click, 0, random);
}
