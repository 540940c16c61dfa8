import { filtersFromParams } from "@/lib/question/codec/read";
import { type Engine, timeStraight } from "@/scripts/bench/engines";
import { OTHER_DIMENSIONS, QUESTIONS, type Question } from "@/scripts/bench/questions";
import { type FreshRange, NO_CONDITIONS, type Range } from "@/scripts/bench/ranges";
import { alternate, type Timing, timingOf } from "@/scripts/bench/timing";
import { createProgress } from "@/scripts/demo/sender";
import type { Subject } from "./subject";

/** Number of runs on Postgres: one for slow questions, because it is only a comparison. */
const postgresRuns = (milliseconds: number): number => (milliseconds > 1_000 ? 1 : 5);

/** One link's clicks, or all. */
type Scope = { name: string; id: string | null };

/** A set of conditions. */
type Conditions = readonly [name: string, query: string];
const NONE: Conditions = [NO_CONDITIONS, ""];
const COUNTRY: Conditions = ["country", "&country=US"];
const CONDITIONS = [NONE, COUNTRY, ["country, browser", "&country=US&browser=Chrome"]] as const;
/** More conditions, measured only over all links and thirty days. */
const OTHER_CONDITIONS: readonly Conditions[] = [
  ["part of the referer", "&referer.contains=site-1"],
  ["tag", "&tagId=tag_3"],
  ["weekday, hour", "&weekday=mon,tue,wed,thu,fri&hour=9,10,11,12,13,14,15,16"],
  ["country or browser", "&any.country=DE&any.browser=Firefox"],
];

type Case = { question: Question; scope: Scope; range: Range; conditions: Conditions };

/** Timings of a question; floor and Postgres only where they were asked. */
export type Answer = { question: string; range: Range; scope: string; conditions: string; server: Timing } & Partial<
  Record<"floor" | "postgres", Timing>
>;

export type Straight = Record<"floor" | "postgres", Engine>;

function cross(
  questions: readonly Question[],
  scopes: readonly Scope[],
  ranges: readonly Range[],
  sets: readonly Conditions[],
): Case[] {
  return scopes.flatMap((scope) =>
    questions
      .filter(({ ofLink }) => ofLink || scope.id === null)
      .flatMap((question) =>
        ranges.flatMap((range) => sets.map((conditions) => ({ question, scope, range, conditions }))),
      ),
  );
}

/** `all` questions, those over all links and the longest range (`year`), or only exact visitors of these (`visitors`). */
export type Selection = "all" | "year" | "visitors";

function casesOf(selection: Selection, links: readonly { name: string; id: string }[]): Case[] {
  const all: Scope[] = [{ name: "all links", id: null }];
  if (selection === "year") return cross(QUESTIONS, all, ["365d"], CONDITIONS);
  const count = QUESTIONS.filter(({ name }) => name === "count");
  if (selection === "visitors") return cross(count, all, ["365d"], [NONE, COUNTRY]);
  return [
    ...cross(QUESTIONS, [...all, ...links], ["24h", "30d", "365d"], CONDITIONS),
    ...cross(QUESTIONS, all, ["30d"], OTHER_CONDITIONS),
    ...cross(OTHER_DIMENSIONS, all, ["365d"], [NONE]),
  ];
}

/** The first subject and those of the others that know a question; an older version may not. */
async function ableTo(subjects: readonly Subject[], path: string): Promise<readonly Subject[]> {
  const able = subjects.slice(0, 1);
  for (const subject of subjects.slice(1)) {
    const isKnown = await subject.client.get(path).then(
      () => true,
      () => false,
    );
    if (isKnown) able.push(subject);
  }
  return able;
}

/** Asks the subjects and the floor in turn, then Postgres. @returns the answers of those that know the question */
async function measure(
  { question, scope, range, conditions }: Case,
  subjects: readonly Subject[],
  straight: Straight | null,
  fresh: FreshRange,
): Promise<Map<Subject, Answer>> {
  const query = () => `${fresh(range)}${scope.id === null ? "" : `&linkId=${scope.id}`}${conditions[1]}`;
  const able = await ableTo(subjects, `${question.address}&${query()}`);
  const ask = (engine: Engine) => async (text: string) => {
    const filters = filtersFromParams(new URLSearchParams(text), new Date());
    return { ms: await timeStraight((run) => question.ask(filters, run), engine) };
  };
  const servers = able.map(({ client }) => async (text: string) => ({
    ms: (await client.get(`${question.address}&${text}`)).ms,
  }));
  const timings = await alternate([...servers, ...(straight ? [ask(straight.floor)] : [])], query, "ms");
  const compared: Partial<Answer> = {};
  if (straight) {
    const postgres: number[] = [];
    do postgres.push((await ask(straight.postgres)(query())).ms);
    while (postgres.length < postgresRuns(postgres[0] ?? 0));
    Object.assign(compared, { floor: timings.at(-1)?.ms, postgres: timingOf(postgres) });
  }
  const common = { question: question.name, range, scope: scope.name, conditions: conditions[0] };
  return new Map(
    able.flatMap((subject, index) => {
      const server = timings[index]?.ms;
      return server ? [[subject, { ...common, server, ...(index === 0 && compared) }]] : [];
    }),
  );
}

/**
 * Measures questions of every scope, range and set of conditions; other conditions and dimensions once.
 *
 * @param straight engines that the first subject's statements also run on
 * @returns answers of each subject
 */
export async function askAll(
  selection: Selection,
  links: readonly { name: string; id: string }[],
  subjects: readonly Subject[],
  straight: Straight | null,
  fresh: FreshRange,
  signal: AbortSignal,
): Promise<Answer[][]> {
  const cases = casesOf(selection, links);
  const progress = createProgress(cases.length);
  const found: Answer[][] = subjects.map(() => []);
  for (const [index, entry] of cases.entries()) {
    signal.throwIfAborted();
    const answers = await measure(entry, subjects, straight, fresh);
    for (const [place, subject] of subjects.entries()) found[place]?.push(...[answers.get(subject) ?? []].flat());
    progress.tell(index + 1);
  }
  return found;
}
