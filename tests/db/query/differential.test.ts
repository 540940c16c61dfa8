import { isDeepStrictEqual } from "node:util";
import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { type Filters, question } from "@/lib/question/question";
import { naiveBreakdown } from "../../naive/breakdown";
import { naiveOrder, naivePage } from "../../naive/clicks";
import { hostileClicks, hostileLinks, NOW } from "../../naive/clickstream";
import { naiveHeatMap, naiveSameValues, naiveTotals } from "../../naive/counts";
import { type Mirrored, startMirror } from "../../naive/mirrored";
import { type Ask, type Question, randomQuestion } from "../../naive/question";
import { createRandom } from "../../naive/random";
import { naiveLinkSeries, naiveSeries } from "../../naive/series";
import { createWorld, type World } from "../../naive/world";
import { OWNER } from "./rows";

const SEED = Number(process.env.DIFFERENTIAL_SEED || 20_261_115);
/** More with the variable: each kind of question and each dimension comes many times. */
const QUESTIONS = Number(process.env.DIFFERENTIAL_QUESTIONS || 800);
const CLICKS = 640;
const TIMEOUT = 300_000;
/** Asked at the same time. */
const BATCH = 8;

let mirrored: Mirrored | null = null;

afterEach(async () => {
  await mirrored?.stop();
  mirrored = null;
});

const clicks = hostileClicks(CLICKS, SEED);

async function stored(): Promise<World> {
  return createWorld(await db().click.findMany(), await db().link.findMany());
}

function cursors(world: World, filters: Filters, { towards, place }: Extract<Ask, { kind: "clicks" }>) {
  const found = naiveOrder(world, filters);
  const click = found[Math.floor(place * found.length)];
  const cursor = click ? { clickedAt: click.clickedAt, seq: String(click.seq) } : null;
  return { before: towards === "before" ? cursor : null, after: towards === "after" ? cursor : null };
}

function expected(world: World, filters: Filters, ask: Ask): unknown {
  switch (ask.kind) {
    case "totals":
      return naiveTotals(world, filters);
    case "series":
      return naiveSeries(world, filters);
    case "linkSeries":
      return naiveLinkSeries(world, filters, ask.ids);
    case "heatMap":
      return naiveHeatMap(world, filters);
    case "sameValues":
      return naiveSameValues(world, filters);
    case "breakdown":
      return naiveBreakdown(world, filters, ask.key, ask.rows, ask.visitors);
    case "clicks":
      return naivePage(world, filters, { limit: ask.limit, ...cursors(world, filters, ask) });
  }
}

/** A question whose answer nobody could read. */
function refused(error: unknown): null {
  if (error instanceof AppError && error.code === "unprocessable_entity") return null;
  throw error;
}

async function given(world: World, filters: Filters, ask: Ask): Promise<unknown> {
  switch (ask.kind) {
    case "totals":
      return answer(question(OWNER, { kind: "totals" }, filters));
    case "series":
      return answer(question(OWNER, { kind: "series" }, filters)).catch(refused);
    case "linkSeries":
      return answer(question(OWNER, { kind: "linkSeries", ids: ask.ids }, filters)).catch(refused);
    case "heatMap":
      return answer(question(OWNER, { kind: "heatMap" }, filters));
    case "sameValues":
      return answer(question(OWNER, { kind: "sameValues" }, filters));
    case "breakdown":
      return answer(question(OWNER, ask, filters));
    case "clicks": {
      const places = cursors(world, filters, ask);
      const { rows, newer, older } = await answer(
        question(OWNER, { kind: "clicks", limit: ask.limit, ...places }, filters),
      );
      return { seqs: rows.map(({ seq }) => seq), newer, older };
    }
  }
}

type Failure = { title: string; given: unknown; expected: unknown };

/** Asks one question, and for the totals with it. */
async function failuresOf(world: World, { query, ask, conditions, anyOf }: Question, number: number) {
  const filters = filtersFromParams(new URLSearchParams(query), NOW);
  const title = (what: unknown) =>
    `DIFFERENTIAL_SEED=${SEED}, question ${number}, ${JSON.stringify(what)} of ?${query}`;
  const failures: Failure[] = [];
  const compare = (what: unknown, answer: unknown, right: unknown) => {
    if (!isDeepStrictEqual(answer, right)) failures.push({ title: title(what), given: answer, expected: right });
  };
  const { problems } = filters;
  const read = { conditions: filters.conditions, anyOf: filters.anyOf, problems };
  compare("the conditions", read, { conditions, anyOf, problems: [] });
  for (const what of [{ kind: "totals" } as const, ask]) {
    const answer = await given(world, filters, what).catch((error: unknown) => ({ error }));
    compare(what, answer, expected(world, filters, what));
  }
  return { failures, clicks: naiveTotals(world, filters).clicks };
}

/** Asks every question of whoever answers now. */
async function askEverything(world: World): Promise<void> {
  const random = createRandom(SEED);
  const questions = Array.from({ length: QUESTIONS }, () => randomQuestion(random, world));
  const failures: Failure[] = [];
  let withClicks = 0;
  for (let start = 0; start < questions.length; start += BATCH) {
    const batch = questions.slice(start, start + BATCH);
    for (const answer of await Promise.all(batch.map((question, at) => failuresOf(world, question, start + at)))) {
      failures.push(...answer.failures);
      if (answer.clicks > 0) withClicks += 1;
    }
  }
  const [first] = failures;
  if (first) {
    const count = `${failures.length} answers of ${questions.length} questions are wrong, the first: ${first.title}`;
    expect(first.given, count).toEqual(first.expected);
    throw new Error(count);
  }
  // Questions that find nothing prove little.
  expect(withClicks / questions.length).toBeGreaterThan(0.4);
}

test("Postgres answers every question as plain loops over the clicks do", { timeout: TIMEOUT }, async () => {
  await db().link.createMany({ data: hostileLinks(SEED) });
  await db().click.createMany({ data: clicks });
  await askEverything(await stored());
});

test("the mirror answers every question as plain loops over the clicks do", { timeout: TIMEOUT }, async () => {
  await db().link.createMany({ data: hostileLinks(SEED) });
  await db().click.createMany({ data: clicks.slice(0, CLICKS / 2) });
  // Some are settled, some recent.
  mirrored = await startMirror({ step: 150 });
  // It has these to fetch when the first question comes.
  await db().click.createMany({ data: clicks.slice(CLICKS / 2) });
  await askEverything(await stored());
  expect(mirrored.tally).toEqual({ answered: expect.any(Number), refused: 0, complaints: [] });
  expect(mirrored.tally.answered).toBeGreaterThan(QUESTIONS);
});
