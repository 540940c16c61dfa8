import { NO_CONDITIONS, type Range } from "@/scripts/bench/ranges";
import type { Answer } from "./ask-all";
import type { Measured } from "./measure-size";
import type { PageAnswer } from "./pages";

/** A subject's measurements over all clicks, and over fewer ones where these were measured. */
export type Results = { whole: Measured; tenth?: Measured | undefined; small?: Measured | undefined };

export type Unit = "ms" | "s" | "B" | "kB" | "MB" | "×" | "/s";

/**
 * What is to be reached. `before`: what version 0.1.0 had where the aim was set; times differ between machines, so beside
 * another checkout the ratio of the two decides. `of`: what was found; undefined where it wasn't measured.
 */
export type Aim = {
  what: string;
  unit: Unit;
  reach: number;
  before?: number | undefined;
  /** More is better. */
  isRate?: boolean;
  of: (results: Results) => number | undefined;
};

/** Times differ between machines, sizes don't. */
const MACHINE_UNITS: readonly Unit[] = ["ms", "s", "/s"];

type Part = "firstByte" | "firstCard" | "end";
const WORDS = { firstByte: "first byte", firstCard: "first card", end: "whole page" };

function page(name: string, range: Range, reach: number, before?: number, part: Part = "end"): Aim {
  const isIt = (found: PageAnswer) => found.page === name && found.range === range;
  return {
    ...{ what: `${name}, ${range}: ${WORDS[part]}`, unit: "ms", reach, before },
    of: ({ whole }) => whole.pages.find(isIt)?.[part].p50,
  };
}

const most = (values: readonly number[]) => (values.length > 0 ? Math.max(...values) : undefined);

const visitors = (conditions: string, reach: number, before?: number): Aim => ({
  ...{ what: `exact visitors, 365d, all links, conditions ${conditions}`, unit: "ms", reach, before },
  of: ({ whole: { answers } }) =>
    answers.find((answer) => {
      const { question, scope, range } = answer;
      return question === "count" && scope === "all links" && range === "365d" && answer.conditions === conditions;
    })?.server.p50,
});

const processor = (size: "whole" | "small", part: "remembered" | "fresh", reach: number, before: number): Aim => ({
  what: `processor time of an overview, ${size === "small" ? "few" : "all"} clicks, answers ${part === "fresh" ? "not " : ""}remembered`,
  ...{ unit: "ms", reach, before },
  of: (results) => results[size]?.processor?.[part],
});

const catchUp = (question: string, before: number): Aim => ({
  ...{ what: `a click in the next answer, ${question}`, unit: "ms", reach: 50, before },
  of: ({ whole }) =>
    whole.catchUps
      .filter((found) => found.question === question)
      .map(({ fresh, idle }) => Math.max(0, fresh.p50 - idle.p50))[0],
});

/** Questions measured over both sets of clicks: milliseconds of each, and their ratio. */
export function growths({ whole, tenth }: Results) {
  const keyOf = ({ question, range, scope, conditions }: Answer) => [question, range, scope, conditions].join();
  return (tenth?.answers ?? []).flatMap((answer) => {
    const large = whole.answers.find((found) => keyOf(found) === keyOf(answer))?.server.p50;
    const { question, conditions, server } = answer;
    return large ? [{ question, conditions, small: server.p50, large, factor: large / server.p50 }] : [];
  });
}

const growth = (what: string, isIn: (conditions: string) => boolean, reach: number, before?: number): Aim => ({
  ...{ what: `ten times the clicks, the worst question ${what}`, unit: "×", reach, before },
  of: (results) => most(growths(results).flatMap(({ conditions, factor }) => (isIn(conditions) ? factor : []))),
});

/** The most memory of any phase. */
export const peakOf = ({ memory }: Measured) => Math.max(...Object.values(memory));

const mb = (bytes: number | undefined) => (bytes === undefined ? undefined : bytes / 1e6);
const memory = (reach: number, before?: number): Aim => ({
  ...{ what: "server memory at most", unit: "MB", reach, before },
  of: ({ whole }) => mb(peakOf(whole)),
});

const disk = (what: string, reach: number, before: number, bytes: (measured: Measured) => number): Aim => ({
  ...{ what: `disk, a click: ${what}`, unit: "B", reach, before },
  of: ({ whole }) => bytes(whole) / whole.clicks,
});

/** Aims for ten million clicks on two cores. */
const TEN_MILLION: readonly Aim[] = [
  page("overview", "24h", 120, 164),
  page("overview", "30d", 120, 217),
  page("overview", "365d", 120, 1_492),
  page("overview", "all", 120),
  page("overview without bots", "30d", 120),
  page("overview without bots", "365d", 120),
  page("overview, one condition", "365d", 300),
  page("overview, three conditions", "365d", 500),
  {
    ...{ what: "first byte of any page", unit: "ms", reach: 50, before: 155 },
    of: ({ whole }) => most(whole.pages.map(({ firstByte }) => firstByte.p50)),
  },
  page("busiest link", "365d", 150, 819),
  page("middling link", "365d", 80, 564),
  visitors(NO_CONDITIONS, 30, 1_112),
  visitors("country", 400),
  ...(["whole", "small"] as const).flatMap((size) => [
    processor(size, "remembered", 40, 121),
    processor(size, "fresh", 70, 351),
  ]),
  {
    ...{ what: "HTML of an overview, before compression", unit: "kB", reach: 150, before: 399 },
    of: ({ whole }) => most(whole.pages.flatMap(({ page, bytes }) => (page === "overview" ? bytes.p50 / 1e3 : []))),
  },
  {
    ...{ what: "overviews to 16 readers at once, fresh ranges", unit: "/s", reach: 20, before: 6, isRate: true },
    of: ({ whole }) => whole.readers,
  },
  memory(1_000, 1_550),
  catchUp("the last hour", 23),
  catchUp("all clicks", 142),
  growth("without conditions", (conditions) => conditions === NO_CONDITIONS, 3, 14),
  growth("with conditions", (conditions) => conditions !== NO_CONDITIONS, 10),
  disk("Postgres, table and indexes", 350, 813, ({ postgres }) => postgres.table + postgres.indexes),
  disk("mirror", 80, 44, ({ mirror }) => mirror),
  { ...{ what: "mirror filled", unit: "s", reach: 90, before: 72 }, of: ({ whole }) => whole.fillMs / 1_000 },
];

/** Aims for a hundred million. */
const HUNDRED_MILLION: readonly Aim[] = [
  ...(["24h", "30d", "365d", "all"] as const).map((range) => page("overview", range, 400)),
  page("overview, one condition", "365d", 2_000),
  page("overview, one condition", "365d", 300, undefined, "firstCard"),
  memory(2_000),
  {
    ...{ what: "server memory while the mirror is filled", unit: "MB", reach: 2_000 },
    of: ({ whole }) => mb(whole.memory.filling),
  },
];

/**
 * An aim, what was found, and whether that reaches it. `allowed`: the ratio to the other checkout that is aimed at;
 * `isRelative`: whether it decides.
 */
export type Finding = Aim & {
  found: number;
  other?: number;
  ratio?: number;
  allowed: number | undefined;
  isRelative: boolean;
  isMet: boolean;
};

/** Compares what was measured with the aims, and with another checkout. */
export function judge(own: Results, other?: Results): Finding[] {
  const aims = own.whole.clicks >= 100_000_000 ? HUNDRED_MILLION : TEN_MILLION;
  return aims.flatMap((aim) => {
    const found = aim.of(own);
    if (found === undefined || Number.isNaN(found)) return [];
    const theirs = other && aim.of(other);
    const ratio = theirs ? found / theirs : undefined;
    const allowed = aim.before === undefined ? undefined : aim.reach / aim.before;
    const isRelative = ratio !== undefined && allowed !== undefined && MACHINE_UNITS.includes(aim.unit);
    const [value, limit] = isRelative ? [ratio, allowed] : [found, aim.reach];
    const compared = { ...(theirs !== undefined && { other: theirs }), ...(ratio !== undefined && { ratio }) };
    const isMet = aim.isRate ? value >= limit : value <= limit;
    return [{ ...aim, found, ...compared, allowed, isRelative, isMet }];
  });
}
