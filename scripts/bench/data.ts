import { FIELDS, type FieldKey } from "@/lib/click/fields";
import { WEEKDAYS } from "@/lib/deliveries/demo/deliveries";
import { createRandom, type Random, SAMPLED, sampleOf } from "@/lib/deliveries/demo/random";
import { type BenchLink, CITIES, clients, links, places, referers } from "@/scripts/bench/world";

/** Size of a lookup table for weighted draws; weights are rounded to this resolution. */
const TICKETS = 65_536;

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** Letters of six bits in a 32-bit number. */
const LETTERS_PER_NUMBER = 5;

/** A weighted draw. @returns a function that draws an index */
function lottery(weights: readonly number[]): (random: Random) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const tickets = new Uint16Array(TICKETS);
  let sold = 0;
  let sum = 0;
  for (const [index, weight] of weights.entries()) {
    sum += weight;
    for (const end = Math.round((sum / total) * TICKETS); sold < end; sold++) tickets[sold] = index;
  }
  return (random) => tickets[Math.floor(random.next() * TICKETS)] ?? 0;
}

/** Random text in base64url. */
function token(random: Random, length: number): string {
  let text = "";
  while (text.length < length) text += letters(Math.floor(random.next() * 2 ** 32));
  return text.slice(0, length);
}

/** A visitor's ID: 22 letters, always the same for a number. */
function nameOf(number: number): string {
  let text = "";
  for (let part = 1; text.length < 22; part++) text += letters(mix(number, part));
  return text.slice(0, 22);
}

/** A 32-bit hash. */
function mix(number: number, part: number): number {
  let mixed = Math.imul(number ^ Math.imul(part, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function letters(bits: number): string {
  let text = "";
  for (let at = 0; at < LETTERS_PER_NUMBER; at++) text += BASE64URL[(bits >>> (at * 6)) & 63];
  return text;
}

const HOUR = 3_600_000;
export const DAYS = 365;
const SLOT_S = 900;
const LINES_PER_CHUNK = 1_000;

const DIRECT = 0.4;
const QR = 0.1;
const BOTS = 0.03;
const TAGGED = 0.5;
const NEW_VISITORS = 0.6;

/** A reproducible set of clicks. */
export type DataPlan = { seed: number; clicks: number /** Epoch milliseconds of the last moment. */; end: number };

/** Fields of a line in order; sampled fields follow. */
const LINE = [
  ...(["linkId", "clickId", "clickedAt", "slot", "receivedAt", "eventId"] as const),
  ...(["continent", "country", "region", "city", "device", "browser", "os", "ua", "trigger"] as const),
  ...(["referer", "refererUrl", "refererUrlRaw", "url", "baseUrl", "urlRaw"] as const),
  ...(["utmSource", "utmMedium", "utmCampaign", "utmTerm", "utmContent"] as const),
  ...(["bot", "ip", "visitor", "visitorEstimated"] as const),
] satisfies FieldKey[];

/** Columns of a line in order. */
export const CLICK_COLUMNS: readonly string[] = [
  ...LINE.map((key) => FIELDS[key].column),
  ...SAMPLED.map(({ column }) => column),
];

/** Links in descending order of popularity. */
export const benchLinks = (seed: number): readonly BenchLink[] => links(seed).entries;

/** Clicks per hour of a year with daily and weekly patterns; the sum is exactly `clicks`. */
function hourly({ clicks, end }: DataPlan): { start: number; clicks: number }[] {
  const starts = Array.from({ length: DAYS * 24 }, (_, hour) => end - (DAYS * 24 - hour) * HOUR);
  const weights = starts.map((start) => {
    const moment = new Date(start);
    const ofDay = 1 + 0.8 * Math.sin(((moment.getUTCHours() - 9) / 24) * 2 * Math.PI);
    return ofDay * (WEEKDAYS[moment.getUTCDay()] ?? 1);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  let done = 0;
  return starts.map((start, index) => {
    sum += weights[index] ?? 0;
    const upTo = Math.round((sum / total) * clicks);
    const hour = { start, clicks: upTo - done };
    done = upTo;
    return hour;
  });
}

/** Lines for COPY by time, in chunks, with constant memory. */
export function* clickLines(plan: DataPlan): Generator<{ text: string; clicks: number }> {
  const random = createRandom(plan.seed);
  const line = lineMaker(plan.seed, random);
  let text = "";
  let lines = 0;
  for (const { start, clicks } of hourly(plan)) {
    for (let index = 0; index < clicks; index++) {
      text += line(start + Math.floor(((index + random.next()) / clicks) * HOUR));
      if (++lines < LINES_PER_CHUNK) continue;
      yield { text, clicks: lines };
      text = "";
      lines = 0;
    }
  }
  if (lines > 0) yield { text, clicks: lines };
}

function lineMaker(seed: number, random: Random): (clickedAt: number) => string {
  const [linkList, place, client, source] = [links(seed), places(), clients(), referers()];
  const draw = {
    link: lottery(linkList.weights),
    country: lottery(place.countries.weights),
    city: lottery(place.cities.weights),
    device: lottery(client.devices.weights),
    browser: lottery(client.browsers.weights),
    system: lottery(client.systems.weights),
    referer: lottery(source.weights),
  };
  let visitors = 0;
  // Most returning visitors return soon.
  const visitor = () => (random.chance(NEW_VISITORS) ? visitors++ : Math.floor(visitors * (1 - random.next() ** 3)));
  const ip = () => `198.51.${Math.floor(random.next() * 256)}.${Math.floor(random.next() * 256)}`;

  return (clickedAt) => {
    const link = linkList.entries[draw.link(random)];
    if (!link) throw new RangeError("there are no links");
    const tagging = random.chance(TAGGED) ? link.tagged[Math.floor(random.next() * link.tagged.length)] : link.plain;
    const receivedAt = clickedAt + 1_000 + Math.floor(random.next() * 59_000);
    const columns = [
      ...[link.id, token(random, 16), new Date(clickedAt).toISOString(), Math.floor(clickedAt / 1000 / SLOT_S)],
      ...[new Date(receivedAt).toISOString(), `evt_${token(random, 25)}`],
      place.cities.entries[draw.country(random) * CITIES + draw.city(random)],
      client.devices.entries[draw.device(random)],
      client.browsers.entries[draw.browser(random)],
      client.systems.entries[draw.system(random)],
      random.chance(QR) ? "qr" : "link",
      random.chance(DIRECT) ? source.none : source.entries[draw.referer(random)],
      tagging,
      ...[random.chance(BOTS) ? "t" : "f", ip(), nameOf(visitor()), "f"],
      ...SAMPLED.map(({ samples }) => sampleOf(samples, random)),
    ];
    return `${columns.join("\t")}\n`;
  };
}
