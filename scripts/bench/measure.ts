import { filtersFromParams } from "@/lib/question/codec/read";
import type { Client } from "@/scripts/bench/client";
import { type Engine, timeStraight } from "@/scripts/bench/engines";
import { askPage, OTHER_DIMENSIONS, QUESTIONS, type Question } from "@/scripts/bench/questions";
import { createProgress } from "@/scripts/demo/sender";

/** Milliseconds over several runs. */
export type Timing = { p50: number; p95: number; runs: number };

/** Percentiles by nearest rank. */
export function timingOf(milliseconds: readonly number[]): Timing {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { p50: quantile(0.5), p95: quantile(0.95), runs: sorted.length };
}

/** Timings by name of what each run measured. */
export function timingsOf<Name extends string>(runs: readonly Partial<Record<Name, number>>[]): Record<Name, Timing> {
  const names = Object.keys(runs[0] ?? {}) as Name[];
  const timings = names.map((name) => [name, timingOf(runs.flatMap((run) => run[name] ?? []))]);
  return Object.fromEntries(timings);
}

/** Number of runs; more for quick questions, where noise matters more. */
const repetitions = (milliseconds: number): number => (milliseconds > 1_000 ? 5 : milliseconds > 300 ? 7 : 15);

/** Number of runs on Postgres: one for slow questions, because it is only a comparison. */
const postgresRuns = (milliseconds: number): number => (milliseconds > 1_000 ? 1 : 5);

const DAY = 86_400_000;

/** Ranges that end shortly before an instant, each a millisecond earlier than the last, because answers are cached. */
export function createRanges(end: number): (days: number) => { start: string; end: string } {
  let asked = 0;
  return (days) => ({
    start: new Date(end - days * DAY).toISOString(),
    end: new Date(end - ++asked).toISOString(),
  });
}

const RANGES = { "24h": 1, "30d": 30, "365d": 365 } as const;
type Range = keyof typeof RANGES;

/** One link's clicks, or all. */
export type Scope = { name: string; linkId: string | null };

/** A set of conditions. */
type Conditions = readonly [name: string, query: string];
const NONE: Conditions = ["–", ""];
const CONDITIONS: readonly Conditions[] = [
  NONE,
  ["country", "&country=US"],
  ["country, browser", "&country=US&browser=Chrome"],
];
/** More conditions, measured only over all links and thirty days. */
const OTHER_CONDITIONS: readonly Conditions[] = [
  ["part of the referer", "&referer.contains=site-1"],
  ["tag", "&tagId=tag_3"],
  ["weekday, hour", "&weekday=mon,tue,wed,thu,fri&hour=9,10,11,12,13,14,15,16"],
  ["country or browser", "&any.country=DE&any.browser=Firefox"],
];

type Case = { question: Question; scope: Scope; range: Range; conditions: Conditions };

/** Measurements of a question. */
export type Answer = { question: string; range: Range; scope: string; conditions: string } & Record<
  "server" | "floor" | "postgres",
  Timing
>;

/** Measurements of a page. The floor is its statements, one after the other. */
export type PageAnswer = { page: string; range: Range } & Record<"firstByte" | "firstCard" | "end" | "floor", Timing>;

export type Parties = { client: Client; floor: Engine; postgres: Engine; ranges: ReturnType<typeof createRanges> };

const linkQuery = ({ linkId }: Scope): string => (linkId === null ? "" : `&linkId=${linkId}`);

/** Query string of a fresh range in a zone with daylight saving, the harder case. */
const rangeQuery = ({ ranges }: Parties, range: Range): string =>
  new URLSearchParams({ ...ranges(RANGES[range]), timezone: "Europe/Berlin" }).toString();

const filtersOf = (query: string) => filtersFromParams(new URLSearchParams(query), new Date());

function cross(
  questions: readonly Question[],
  scopes: readonly Scope[],
  ranges: readonly Range[],
  sets: readonly Conditions[],
): Case[] {
  return scopes.flatMap((scope) =>
    questions
      .filter(({ ofLink }) => ofLink || scope.linkId === null)
      .flatMap((question) =>
        ranges.flatMap((range) => sets.map((conditions) => ({ question, scope, range, conditions }))),
      ),
  );
}

function casesOf(scopes: readonly Scope[], isReference: boolean): Case[] {
  if (isReference) return cross(QUESTIONS, scopes, ["365d"], [NONE]);
  const all = scopes.slice(0, 1);
  return [
    ...cross(QUESTIONS, scopes, ["24h", "30d", "365d"], CONDITIONS),
    ...cross(QUESTIONS, all, ["30d"], OTHER_CONDITIONS),
    ...cross(OTHER_DIMENSIONS, all, ["365d"], [NONE]),
  ];
}

/** Server, floor and Postgres alternate, so that other load on the machine affects all alike. */
async function measure({ question, scope, range, conditions }: Case, parties: Parties): Promise<Answer> {
  const { client, floor, postgres } = parties;
  const query = () => `${rangeQuery(parties, range)}${linkQuery(scope)}${conditions[1]}`;
  const straight = (engine: Engine) => timeStraight((run) => question.ask(filtersOf(query()), run), engine);
  const server = async () => (await client.get(`${question.address}&${query()}`)).ms;

  await straight(floor);
  const repeated = repetitions(await server());
  const runs: { server: number; floor: number; postgres?: number }[] = [];
  while (runs.length < repeated) {
    const isCompared = runs.length < postgresRuns(runs[0]?.postgres ?? 0);
    runs.push({
      server: await server(),
      floor: await straight(floor),
      ...(isCompared && { postgres: await straight(postgres) }),
    });
  }
  return { question: question.name, range, scope: scope.name, conditions: conditions[0], ...timingsOf(runs) };
}

/**
 * Measures every question of every scope, range and set of conditions; other conditions and dimensions once.
 *
 * @param scopes all links first
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

async function measurePage(scope: Scope, range: Range, parties: Parties): Promise<PageAnswer> {
  const isOfLink = scope.linkId !== null;
  const path = isOfLink ? `/links/${scope.linkId}` : "/";
  const open = () => parties.client.page(`${path}?${rangeQuery(parties, range)}`);
  const straight = () => {
    const filters = filtersOf(`${rangeQuery(parties, range)}${linkQuery(scope)}`);
    return timeStraight((run) => askPage(filters, isOfLink, run), parties.floor);
  };
  await straight();
  const repeated = repetitions((await open()).end);
  const runs = [];
  while (runs.length < repeated) runs.push({ ...(await open()), floor: await straight() });
  return { page: isOfLink ? scope.name : "overview", range, ...timingsOf(runs) };
}

/** Measures the overview over every range, and pages of links over a year. */
export async function openPages(
  scopes: readonly Scope[],
  parties: Parties,
  signal: AbortSignal,
): Promise<PageAnswer[]> {
  const answers: PageAnswer[] = [];
  for (const scope of scopes) {
    for (const range of scope.linkId === null ? (["24h", "30d", "365d"] as const) : (["365d"] as const)) {
      signal.throwIfAborted();
      answers.push(await measurePage(scope, range, parties));
    }
  }
  return answers;
}
