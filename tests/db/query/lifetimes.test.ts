import { isDeepStrictEqual } from "node:util";
import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { question } from "@/lib/question/question";
import { hostileClicks, hostileLinks, LINK_IDS, NOW } from "../../naive/clickstream";
import { naiveAligned, naiveBand, naiveLives } from "../../naive/lifetimes";
import { type Mirrored, startMirror } from "../../naive/mirrored";
import { randomQuestion } from "../../naive/question";
import { createRandom } from "../../naive/random";
import { createWorld } from "../../naive/world";
import { click, insertClicks, OWNER } from "./rows";

const SEED = Number(process.env.DIFFERENTIAL_SEED || 20_261_115);
const QUESTIONS = Number(process.env.DIFFERENTIAL_QUESTIONS || 150);
const CLICKS = 640;
const TIMEOUT = 300_000;
const HOUR = 60 * 60 * 1000;

let mirrored: Mirrored | null = null;

afterEach(async () => {
  await mirrored?.stop();
  mirrored = null;
});

/** A question whose answer nobody could read. */
function refused(error: unknown): null {
  if (error instanceof AppError && error.code === "unprocessable_entity") return null;
  throw error;
}

/** Asks about a few links at a time, each time of other clicks. @returns how many questions found a link */
async function askEverything(): Promise<number> {
  const world = createWorld(await db().click.findMany(), await db().link.findMany());
  const random = createRandom(SEED);
  let found = 0;
  let bands = 0;
  for (let number = 0; number < QUESTIONS; number += 1) {
    const { query } = randomQuestion(random, world);
    const ids = random.some([...LINK_IDS, "unclicked"], 1 + random.below(6));
    const filters = filtersFromParams(new URLSearchParams(query), NOW);
    const lifetimes = await answer(question(OWNER, { kind: "lifetimes", ids }, filters));
    const aligned = await answer(question(OWNER, { kind: "alignedSeries", ids }, filters)).catch(refused);
    const early = {
      id: ids[0] ?? "",
      step: random.pick(["hour", "day", "week"] as const),
      steps: 1 + random.below(12),
    };
    // Most filters leave too few links.
    const wide = number % 3 === 0 ? { ...filters, conditions: [], anyOf: [] } : filters;
    const band = await answer(question(OWNER, { kind: "band", ...early }, wide));
    const expected = {
      lifetimes: naiveLives(world, filters, ids),
      aligned: naiveAligned(world, filters, ids),
      band: naiveBand(world, wide, early),
    };
    // Rows come in no order.
    if (!isDeepStrictEqual({ lifetimes, aligned, band }, expected)) {
      const title = `DIFFERENTIAL_SEED=${SEED}, question ${number}, ${ids} of ?${query}, ${JSON.stringify(early)}`;
      expect({ lifetimes, aligned, band }, title).toEqual(expected);
    }
    if (lifetimes.size > 0) found += 1;
    if (band) bands += 1;
  }
  expect(bands / QUESTIONS).toBeGreaterThan(0.1);
  return found;
}

test("Postgres tells the lifetimes of links as plain loops over the clicks do", { timeout: TIMEOUT }, async () => {
  await db().link.createMany({ data: hostileLinks(SEED) });
  await db().click.createMany({ data: hostileClicks(CLICKS, SEED) });
  expect((await askEverything()) / QUESTIONS).toBeGreaterThan(0.4);
});

test("the mirror tells the lifetimes of links as plain loops over the clicks do", { timeout: TIMEOUT }, async () => {
  await db().link.createMany({ data: hostileLinks(SEED) });
  await db().click.createMany({ data: hostileClicks(CLICKS, SEED) });
  mirrored = await startMirror();
  expect((await askEverything()) / QUESTIONS).toBeGreaterThan(0.4);
  expect(mirrored.tally).toEqual({ answered: expect.any(Number), refused: 0, complaints: [] });
});

test("a half-life is to the millisecond, and ends with the click that completes the half", async () => {
  const start = Date.parse("2026-11-01T10:07:00.001Z");
  const after = (ms: number, linkId = "a") => click({ linkId, clickedAt: new Date(start + ms) });
  const late = Date.parse("2026-11-14T12:07:31.123Z") - start;
  const ofA = [0, 5, 7_321, 24 * HOUR - 1, 24 * HOUR, late].map((ms) => after(ms));
  await insertClicks([...ofA, after(3 * HOUR, "b"), after(3 * HOUR, "other")]);
  const filters = filtersFromParams(new URLSearchParams("interval=all"), NOW);
  expect(await answer(question(OWNER, { kind: "lifetimes", ids: ["a", "b", "nobody’s"] }, filters))).toEqual(
    new Map([
      ["a", { clicks: 6, first: new Date(start), halfLife: 7_321, firstDay: 4, lastDay: 1 }],
      ["b", { clicks: 1, first: new Date(start + 3 * HOUR), halfLife: 0, firstDay: 1, lastDay: 0 }],
    ]),
  );
});

test("lines begin with each link's own first click and end with the present, not all at once", async () => {
  const at = (linkId: string, clickedAt: string) => click({ linkId, clickedAt: new Date(clickedAt) });
  await insertClicks([
    ...[at("old", "2026-11-13T09:50:00Z"), at("old", "2026-11-13T09:59:00Z"), at("old", "2026-11-15T09:50:00Z")],
    ...[at("new", "2026-11-15T10:59:59.999Z"), at("new", "2026-11-15T11:45:00Z")],
  ]);
  const ask = (query: string) =>
    answer(
      question(
        OWNER,
        { kind: "alignedSeries", ids: ["new", "old", "none"] },
        filtersFromParams(new URLSearchParams(query), NOW),
      ),
    );
  expect(await ask("interval=all&granularity=day")).toEqual({
    step: "day",
    links: new Map([
      ["new", [2]],
      ["old", [2, 0, 1]],
    ]),
  });
  const hours = await ask("interval=7d&granularity=hour");
  expect(hours.links.get("new")).toEqual([1, 1]);
  expect(hours.links.get("old")).toHaveLength(51);
  expect(await ask("start=2026-11-14&end=2026-11-14")).toEqual({ step: "day", links: new Map() });
});
