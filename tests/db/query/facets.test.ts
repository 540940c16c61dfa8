import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { exportFile } from "@/lib/api/export";
import { answerAnalytics } from "@/lib/api/v1/analytics";
import { whyFacts } from "@/lib/api/why";
import { db } from "@/lib/base/db";
import { DIMENSIONS, type DimensionKey, dimension } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import { remainderOf } from "@/lib/question/answer-types";
import { hasOwn, withoutOwn } from "@/lib/question/codec/facets";
import { filtersFromParams } from "@/lib/question/codec/read";
import { linksParam } from "@/lib/question/codec/write";
import { ALL_ROWS, question, type Scope } from "@/lib/question/question";
import { addressOf, arbitraries, withEntries } from "../../naive/asked";
import { naiveBreakdown } from "../../naive/breakdown";
import { hostileClicks, hostileLinks, NOW } from "../../naive/clickstream";
import { randomCondition, written } from "../../naive/conditions";
import { createRandom } from "../../naive/random";
import { createWorld, type World } from "../../naive/world";
import { OWNER } from "./rows";

const SEED = 20_261_129;
const NAMES = { links: new Map(), tags: new Map(), folders: new Map() };

let world: World;

beforeEach(async () => {
  await db().link.createMany({ data: hostileLinks(SEED) });
  await db().click.createMany({ data: hostileClicks(300, SEED) });
  world = createWorld(await db().click.findMany(), await db().link.findMany());
});

const read = (params: URLSearchParams) => filtersFromParams(params, NOW);
const { asked } = arbitraries(() => world);

/** A question with, more often than not, a condition on the dimension itself. */
const facet = fc.record({
  asked,
  key: fc.constantFrom(...DIMENSIONS.map(({ key }) => key)),
  own: fc.nat().map((seed) => createRandom(seed)),
});

function paramsOf({
  asked,
  key,
  own,
}: {
  asked: Parameters<typeof addressOf>[0];
  key: DimensionKey;
  own: ReturnType<typeof createRandom>;
}) {
  const params = addressOf(asked, { compare: "previous" });
  for (let tries = 0; tries < 40; tries++) {
    const condition = randomCondition(own, world);
    if (condition.field === key) return withEntries(params, written(condition, ""));
  }
  return params;
}

test("a card, its file, its “why” and the API count the same, without the card's own conditions", async () => {
  let own = 0;
  const property = fc.asyncProperty(facet, async (one) => {
    const params = paramsOf(one);
    const filters = read(params);
    const { key } = one;
    const card = await answer(question(OWNER, { kind: "breakdown", key, facet: true }, filters));
    expect(card).toEqual(naiveBreakdown(world, withoutOwn(filters, key), key, ALL_ROWS));
    const { groupBy } = dimension(key);
    const api = await answerAnalytics(OWNER, filters, new URLSearchParams({ groupBy, facets: "true", limit: "5000" }));
    expect(api).toEqual({ ...card, remainder: remainderOf(card) });
    const file = await exportFile(OWNER, filters, `${groupBy}.csv`, { facet: true });
    const lines: { clicks: string }[] = parse(await file.text(), { columns: true });
    expect(lines.map(({ clicks }) => Number(clicks))).toEqual(card.rows.map(({ clicks }) => clicks));
    const why = await answer(question(OWNER, { kind: "why", figure: key, facet: true }, filters));
    expect(why.matching).toBe(card.total);
    const told = whyFacts(key, filters, why, NAMES, true).find(({ name }) => name === "Filters")?.text ?? "";
    expect(told.includes("doesn’t apply to this card")).toBe(hasOwn(filters, key));
    if (hasOwn(filters, key)) own++;
  });
  await fc.assert(property, { numRuns: 80, seed: SEED });
  expect(own).toBeGreaterThan(40);
}, 240_000);

test("a facet drops its own conditions, never those of the scope", async () => {
  const first = world.clicks[0]?.linkId ?? "";
  const scope: Scope = { ...OWNER, links: [{ field: "linkId", op: "is", values: [first] }] };
  const filters = read(new URLSearchParams({ interval: "all", linkId: linksParam([first]) }));
  const { rows } = await answer(question(scope, { kind: "breakdown", key: "linkId", facet: true }, filters));
  expect(rows.map(({ value }) => value)).toEqual([first]);
  const everything = await answer(question(OWNER, { kind: "breakdown", key: "linkId", facet: true }, filters));
  expect(everything.rows.length).toBeGreaterThan(1);
});
