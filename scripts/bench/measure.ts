import { filtersFromParams } from "@/lib/question/codec/read";
import type { Client } from "@/scripts/bench/client";
import { type Engine, timeStraight } from "@/scripts/bench/engines";
import { OTHER_DIMENSIONS, QUESTIONS, type Question } from "@/scripts/bench/questions";
import { createProgress } from "@/scripts/demo/sender";

/** Milliseconds of several runs of one thing. */
export type Timing = { p50: number; p95: number; runs: number };

/** The value below which this share lies, as one of those measured: the nearest rank. */
function quantile(sorted: readonly number[], share: number): number {
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new RangeError("nothing was measured");
  return value;
}

export function timingOf(milliseconds: readonly number[]): Timing {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), runs: sorted.length };
}

/** How often something is measured that takes so long: often when it is quick, since then noise weighs more. */
export const repetitions = (milliseconds: number): number => (milliseconds > 1_000 ? 5 : milliseconds > 300 ? 7 : 15);

const DAY = 86_400_000;

/**
 * Exact ranges that end shortly before an instant, each a millisecond earlier than the last: the server remembers
 * answers, so nothing may be asked twice.
 */
export function createRanges(end: number): (days: number) => { start: string; end: string } {
  let asked = 0;
  return (days) => ({
    start: new Date(end - days * DAY).toISOString(),
    end: new Date(end - ++asked).toISOString(),
  });
}

export type Ranges = ReturnType<typeof createRanges>;

/** One question as it was measured, all in milliseconds. */
export type Answer = {
  question: string;
  range: Range;
  scope: string;
  conditions: string;
  server: Timing;
  floor: Timing;
  postgres: Timing;
};

/** The same question as it was measured over other clicks. */
export function sameAmong(answers: readonly Answer[], { question, range, scope, conditions }: Answer) {
  return answers.find(
    (answer) =>
      answer.question === question &&
      answer.range === range &&
      answer.scope === scope &&
      answer.conditions === conditions,
  );
}

/** A zone whose clocks change, which is the harder case. */
const ZONE = "Europe/Berlin";
export const RANGES = { "24h": 1, "30d": 30, "365d": 365 } as const;
export type Range = keyof typeof RANGES;

/** Postgres is only there to be compared with: a question that takes it long is asked once. */
const postgresRuns = (milliseconds: number): number => (milliseconds > 1_000 ? 1 : 5);

/** Of which clicks something is asked: a link or all, and conditions on top. */
export type Scope = { name: string; linkId: string | null };
type Conditions = { name: string; query: string };
const NONE: Conditions = { name: "–", query: "" };
const CONDITIONS: readonly Conditions[] = [
  NONE,
  { name: "country", query: "&country=US" },
  { name: "country, browser", query: "&country=US&browser=Chrome" },
];
/** Of other kinds; asked over all links and thirty days. */
const OTHER_CONDITIONS: readonly Conditions[] = [
  { name: "part of the referer", query: "&referer.contains=site-1" },
  { name: "tag", query: "&tagId=tag_3" },
  { name: "weekday, hour", query: "&weekday=mon,tue,wed,thu,fri&hour=9,10,11,12,13,14,15,16" },
  { name: "country or browser", query: "&any.country=DE&any.browser=Firefox" },
];

export type Parties = { client: Client; floor: Engine; postgres: Engine; ranges: Ranges };

/** The query string of a range that was not asked for before. */
export function rangeQuery(ranges: Ranges, range: Range): string {
  const { start, end } = ranges(RANGES[range]);
  return new URLSearchParams({ start, end, timezone: ZONE }).toString();
}

export const filtersOf = (query: string) => filtersFromParams(new URLSearchParams(query), new Date());

type Case = { question: Question; range: Range; scope: Scope; conditions: Conditions };

function casesOf(scopes: readonly Scope[], isReference: boolean): Case[] {
  const ranges = isReference ? (["365d"] as const) : (Object.keys(RANGES) as Range[]);
  const sets = isReference ? [NONE] : CONDITIONS;
  const cases = scopes.flatMap((scope) =>
    QUESTIONS.filter(({ ofLink }) => ofLink || scope.linkId === null).flatMap((question) =>
      ranges.flatMap((range) => sets.map((conditions) => ({ question, range, scope, conditions }))),
    ),
  );
  const [all] = scopes;
  if (isReference || !all) return cases;
  const others = QUESTIONS.flatMap((question) =>
    OTHER_CONDITIONS.map((conditions) => ({ question, range: "30d" as const, scope: all, conditions })),
  );
  const dimensions = OTHER_DIMENSIONS.map((question) => ({
    ...{ question, range: "365d" as const, scope: all, conditions: NONE },
  }));
  return [...cases, ...others, ...dimensions];
}

/** Server, floor and Postgres take turns, so that whatever else the machine does hits all of them alike. */
async function measure({ question, range, scope, conditions }: Case, parties: Parties): Promise<Answer> {
  const { client, floor, postgres, ranges } = parties;
  const link = scope.linkId === null ? "" : `&linkId=${scope.linkId}`;
  const query = () => `${rangeQuery(ranges, range)}${link}${conditions.query}`;
  const straight = async (engine: Engine) => {
    const filters = filtersOf(query());
    return timeStraight((run) => question.ask(filters, run), engine);
  };
  const server = async () => (await client.get(`${question.address}&${query()}`)).ms;

  await straight(floor);
  const runs = repetitions(await server());
  const times = { server: [] as number[], floor: [] as number[], postgres: [] as number[] };
  for (let run = 0; run < runs; run++) {
    times.server.push(await server());
    times.floor.push(await straight(floor));
    if (run < postgresRuns(times.postgres[0] ?? 0)) times.postgres.push(await straight(postgres));
  }
  return {
    ...{ question: question.name, range, scope: scope.name, conditions: conditions.name },
    ...{ server: timingOf(times.server), floor: timingOf(times.floor), postgres: timingOf(times.postgres) },
  };
}

/**
 * Measures every question of every scope, range and set of conditions; other conditions and dimensions once.
 *
 * @param isReference only the longest range, without conditions
 */
export async function askAll(
  scopes: readonly Scope[],
  parties: Parties,
  isReference: boolean,
  signal: AbortSignal,
): Promise<Answer[]> {
  const cases = casesOf(scopes, isReference);
  const progress = createProgress(cases.length);
  const answers: Answer[] = [];
  for (const entry of cases) {
    signal.throwIfAborted();
    answers.push(await measure(entry, parties));
    progress.tell(answers.length);
  }
  return answers;
}
