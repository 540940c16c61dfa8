import { BOTS } from "@/lib/base/bots";
import { GRANULARITIES } from "@/lib/base/time";
import { WEEK_STARTS } from "@/lib/base/week-start";
import {
  type ClickDimensionKey,
  DIMENSIONS,
  type DimensionKey,
  dimension,
  isClickDimension,
} from "@/lib/click/dimensions";
import { INTERVALS, type RowsPart } from "@/lib/question/question";
import { NOW, SAME_MOMENT } from "./clickstream";
import { CLICK_VALUES } from "./columns";
import { type AskedConditions, randomConditions } from "./conditions";
import { HOSTILE } from "./hostile";
import type { Random } from "./random";
import type { World } from "./world";

/** What is asked about the clicks. */
export type Ask =
  | { kind: "totals" | "series" | "heatMap" | "sameValues" }
  | { kind: "linkSeries"; ids: string[] }
  | { kind: "breakdown"; key: DimensionKey; rows: RowsPart; visitors: boolean }
  /** `place`: of the clicks found, by which fraction the cursor stands. */
  | { kind: "clicks"; limit: number; towards: "before" | "after" | null; place: number };

export type Question = AskedConditions & { query: string; ask: Ask };

export const ZONES = [
  ...["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham"],
];
const DAY = 24 * 60 * 60 * 1000;
const KEYS = DIMENSIONS.map(({ key }) => key);

/** A question as an address asks it. */
export function randomQuestion(random: Random, world: World): Question {
  const { chance, pick } = random;
  const params = new URLSearchParams();
  if (chance(0.85)) params.set("timezone", pick(ZONES));
  if (chance(0.4)) params.set("weekStart", pick(WEEK_STARTS));
  addRange(params, random, world);
  if (chance(0.4)) params.set("granularity", pick(GRANULARITIES));
  if (chance(0.3)) params.set("bots", pick(BOTS));
  const { conditions, anyOf, entries } = randomConditions(random, world);
  for (const [name, value] of entries) params.append(name, value);
  return { query: params.toString(), conditions, anyOf, ask: randomAsk(random, world) };
}

function addRange(params: URLSearchParams, random: Random, { clicks }: World): void {
  const { below, chance, pick } = random;
  if (chance(0.35)) params.set("interval", "all");
  else if (chance(0.4)) params.set("interval", pick(INTERVALS));
  else if (chance(0.8)) {
    // Often the very moment of a click, which is inside as a start and outside as an end.
    const moment = chance(0.1) ? SAME_MOMENT : pick(clicks).clickedAt;
    const other = chance(0.5) ? pick(clicks).clickedAt : new Date(moment.getTime() + below(60 * DAY));
    const [from, to] = [Math.min(moment.getTime(), other.getTime()), Math.max(moment.getTime(), other.getTime())];
    const isFar = to - from > 2 * DAY;
    const both = chance(0.3);
    const written = (ms: number, asDate: boolean) => new Date(ms).toISOString().slice(0, asDate ? 10 : undefined);
    params.set("start", written(from, isFar ? chance(0.3) : both));
    if (chance(0.8) || from > NOW.getTime()) {
      params.set("end", to === from && !both ? "2027-02-01" : written(to, isFar ? chance(0.3) : both));
    }
  }
  if (chance(0.4)) addComparison(params, random);
}

function addComparison(params: URLSearchParams, { below, chance, pick }: Random): void {
  const kind = pick(["previous", "year", "custom"]);
  params.set("compare", kind);
  if (kind === "custom") {
    const start = NOW.getTime() - below(400 * DAY);
    const dates = [start, start + 1 + below(chance(0.5) ? DAY : 50 * DAY)].map((ms) => new Date(ms).toISOString());
    const length = chance(0.5) ? 10 : undefined;
    params.set("compareStart", dates[0]?.slice(0, length) ?? "");
    params.set("compareEnd", dates[1]?.slice(0, length) ?? "");
  } else if (chance(0.4)) params.set("compareAlign", "weekday");
}

function randomAsk(random: Random, world: World): Ask {
  const { below, chance, fraction, pick } = random;
  if (chance(0.5)) {
    const key = pick(KEYS);
    return { kind: "breakdown", key, rows: randomRows(random, world, key), visitors: chance(0.5) };
  }
  if (chance(0.5)) return { kind: "series" };
  if (chance(0.3)) return { kind: "heatMap" };
  if (chance(0.3)) return { kind: "sameValues" };
  if (chance(0.3)) return { kind: "linkSeries", ids: random.some([...world.links.keys()], 1 + below(6)) };
  return { kind: "clicks", limit: 1 + below(30), towards: pick(["before", "after", null]), place: fraction() };
}

const valuesOf = (world: World, key: ClickDimensionKey) => [...new Set(world.clicks.map(CLICK_VALUES[key]))];

function randomRows(random: Random, world: World, key: DimensionKey): RowsPart {
  const { below, chance, pick } = random;
  return {
    search: chance(0.35) ? searchFor(random, world, key) : null,
    only: chance(0.15) && isClickDimension(key) ? random.some(valuesOf(world, key), 1 + below(3)) : null,
    order: { by: pick(["clicks", "change", "value"]), descending: chance(0.5) },
    limit: chance(0.5) ? 1 + below(12) : null,
    offset: chance(0.3) ? below(15) : 0,
  };
}

/** A piece of a value, in another case at times. */
function searchFor({ below, chance, pick }: Random, { clicks, links }: World, key: DimensionKey): string {
  const link = pick([...links.values()]);
  const own = Object.hasOwn(CLICK_VALUES, key) ? CLICK_VALUES[key as keyof typeof CLICK_VALUES](pick(clicks)) : null;
  const candidates = [own, own, link.shortLink, link.domain, link.tags[0]?.name, "mon", "1", pick(HOSTILE)];
  const letters = [...(pick(candidates) || dimension(key).none)];
  const start = below(letters.length);
  const part = letters.slice(start, start + 1 + below(5)).join("");
  return chance(0.3) ? part.toUpperCase() : chance(0.3) ? part.toLowerCase() : part;
}
