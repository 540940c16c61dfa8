import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { GRANULARITIES, type Granularity } from "@/lib/base/time";
import { DIMENSIONS, type DimensionKey } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import type { BreakdownRow } from "@/lib/question/answer-types";
import { filtersFromParams } from "@/lib/question/codec/read";
import { question, type RowsPart } from "@/lib/question/question";
import { addressOf, arbitraries, withEntries } from "../../naive/asked";
import { naiveOrder } from "../../naive/clicks";
import { EDGES, hostileClicks, hostileLinks, NOW } from "../../naive/clickstream";
import { written } from "../../naive/conditions";
import { bucketOf, quarterOf } from "../../naive/local";
import { type Mirrored, startMirror } from "../../naive/mirrored";
import { add, counted, sumOf } from "../../naive/sums";
import { walk } from "../../naive/walk";
import { createWorld, type World } from "../../naive/world";
import { OWNER } from "./rows";

const SEED = Number(process.env.PROPERTIES_SEED || 20_261_115);
const DAY = 24 * 60 * 60 * 1000;
const KEYS = DIMENSIONS.map(({ key }) => key);

let world: World;
let mirrored: Mirrored | null = null;

beforeEach(async () => {
  await db().link.createMany({ data: hostileLinks(SEED) });
  await db().click.createMany({ data: hostileClicks(400, SEED) });
  world = createWorld(await db().click.findMany(), await db().link.findMany());
});

afterEach(async () => {
  await mirrored?.stop();
  mirrored = null;
});

function read(params: URLSearchParams) {
  const filters = filtersFromParams(params, NOW);
  expect(filters.problems).toEqual([]);
  return filters;
}
const totals = (params: URLSearchParams) => answer(question(OWNER, { kind: "totals" }, read(params)));
const clicks = async (params: URLSearchParams) => (await totals(params)).clicks;
const breakdown = (params: URLSearchParams, key: DimensionKey, rows: Partial<RowsPart> = {}) =>
  answer(question(OWNER, { kind: "breakdown", key, rows }, read(params)));
const series = (params: URLSearchParams) => answer(question(OWNER, { kind: "series" }, read(params)));

const { moments, range, condition, asked } = arbitraries(() => world);
const key = fc.constantFrom(...KEYS);
const runs = (numRuns: number) => ({ numRuns, seed: SEED });

test("rows of every dimension, hours of the week and buckets add up to the totals", async () => {
  const property = fc.asyncProperty(asked, async (one) => {
    const params = addressOf(one, { compare: "previous" });
    const { clicks: total, previous } = await totals(params);
    for (const each of KEYS) {
      const { rows, sum, previousSum, ...sums } = await breakdown(params, each);
      const previousTotal = previous?.clicks;
      expect({ each, ...sums }).toEqual({ each, total, rowCount: rows.length, previousTotal });
      const found = [sumOf(rows), add(rows.map((row) => row.previous))];
      // A click counts for every tag of its link.
      if (sum !== undefined) expect({ each, found }).toEqual({ each: "tagId", found: [sum, previousSum] });
      else expect({ each, found }).toEqual({ each, found: [total, previousTotal] });
    }
    const { cells } = await answer(question(OWNER, { kind: "heatMap" }, read(params)));
    const { points } = await series(params);
    expect([add(cells.flat()), sumOf(points)]).toEqual([total, total]);
  });
  await fc.assert(property, runs(20));
});

test("a condition more never adds clicks, an alternative more never takes any away", async () => {
  const property = fc.asyncProperty(asked, condition, condition, async (question, first, second) => {
    const params = addressOf(question);
    const answers = await Promise.all([
      totals(withEntries(params, written(first, ""), written(second, ""))),
      totals(withEntries(params, written(first, ""))),
      totals(withEntries(params, written(first, "any."), written(second, "any."))),
      totals(params),
    ]);
    for (const count of ["clicks", "visitors", "withheld", "links"] as const) {
      const found = answers.map((answer) => answer[count]);
      expect({ count, found }).toEqual({ count, found: [...found].sort((a, b) => a - b) });
    }
  });
  await fc.assert(property, runs(60));
});

test("a condition and its opposite add up to everything", async () => {
  const opposites = { is: "isNot", isNot: "is", contains: "notContains", notContains: "contains" } as const;
  const property = fc.asyncProperty(asked, condition, async (question, one) => {
    const params = addressOf(question);
    const other = { ...one, op: opposites[one.op] };
    const parts = [
      await clicks(withEntries(params, written(one, ""))),
      await clicks(withEntries(params, written(other, ""))),
    ];
    const either = await clicks(withEntries(params, written(one, "any."), written(other, "any.")));
    const all = await clicks(params);
    expect([add(parts), either]).toEqual([all, all]);
  });
  await fc.assert(property, runs(75));
});

test("with and without a value are everything, in every field that may be empty", async () => {
  const fields = [...KEYS.filter((each) => !["bot", "hour", "weekday"].includes(each)), "key", "title"];
  for (const field of fields) {
    const parts = [
      await clicks(new URLSearchParams({ interval: "all", [`${field}.empty`]: "true" })),
      await clicks(new URLSearchParams({ interval: "all", [`${field}.empty`]: "false" })),
    ];
    expect({ field, sum: add(parts) }).toEqual({ field, sum: world.clicks.length });
  }
});

test("the two parts of a range add up to it, wherever it is cut", async () => {
  const property = fc.asyncProperty(asked, moments(3), key, async (question, [a = NOW, b = NOW, c = NOW], each) => {
    const answers = [];
    for (const [from, to] of [
      [a, b],
      [b, c],
      [a, c],
    ] as const) {
      const params = addressOf({ ...question, from, to });
      const { rows } = await breakdown(params, each);
      answers.push({ total: await clicks(params), inSeries: sumOf((await series(params)).points), rows });
    }
    const [first, second, whole] = answers;
    expect(add([first?.total, second?.total])).toEqual(whole?.total);
    expect(answers.map(({ inSeries }) => inSeries)).toEqual(answers.map(({ total }) => total));
    expect(counted([...(first?.rows ?? []), ...(second?.rows ?? [])])).toEqual(counted(whole?.rows ?? []));
  });
  await fc.assert(property, runs(60));
});

test("what a range is compared with is what the same question says of that range", async () => {
  const property = fc.asyncProperty(asked, range, key, async (question, { from, to }, each) => {
    const extra = { compare: "custom", compareStart: from.toISOString(), compareEnd: to.toISOString() };
    const compared = addressOf(question, extra);
    const { comparison } = read(compared);
    const alone = addressOf({ ...question, ...(comparison ?? { from, to }) });
    expect((await totals(compared)).previous).toEqual(await totals(alone));
    const { rows, previousTotal } = await breakdown(compared, each);
    const expected = await breakdown(alone, each);
    const earlier = rows.flatMap(({ previous = 0, ...row }) => (previous > 0 ? { ...row, clicks: previous } : []));
    expect(previousTotal).toBe(expected.total);
    expect(counted(earlier)).toEqual(counted(expected.rows));
  });
  await fc.assert(property, runs(60));
});

test("finer buckets put together are the coarser ones, over every clock change", async () => {
  const pairs: [fine: Granularity, coarse: Granularity][] = [
    ["quarterHour", "hour"],
    ["hour", "day"],
    ["day", "week"],
    ["day", "month"],
  ];
  const around = fc.record({ edge: fc.constantFrom(...EDGES), before: fc.nat(40 * DAY), after: fc.nat(40 * DAY) });
  const property = fc.asyncProperty(asked, around, async (question, { edge, before, after }) => {
    const cut = { ...question, from: new Date(edge - before), to: new Date(edge + after + 1) };
    const all = await clicks(addressOf(cut));
    const points = new Map<Granularity, [start: number, clicks: number][]>();
    for (const granularity of GRANULARITIES) {
      const answer = await series(addressOf(cut, { granularity }));
      expect({ granularity, sum: sumOf(answer.points) }).toEqual({ granularity, sum: all });
      points.set(
        granularity,
        answer.points.map((point) => [point.start, point.clicks]),
      );
    }
    for (const [fine, coarse] of pairs) {
      const folded = new Map<number, number>();
      for (const [start, count] of points.get(fine) ?? []) {
        const bucket = bucketOf(quarterOf(new Date(start)), coarse, question.zone, question.weekStart);
        folded.set(bucket, (folded.get(bucket) ?? 0) + count);
      }
      expect({ fine, coarse, points: [...folded] }).toEqual({ fine, coarse, points: points.get(coarse) });
    }
  });
  await fc.assert(property, runs(25));
});

test("pages of rows put together are all rows", async () => {
  const order = fc.record({ by: fc.constantFrom("clicks", "change", "value"), descending: fc.boolean() });
  const limits = fc.integer({ min: 1, max: 20 });
  const searches = fc.constantFrom(null, null, "a", "É", "%");
  const property = fc.asyncProperty(
    asked,
    key,
    order,
    limits,
    searches,
    async (question, each, sorted, limit, search) => {
      const params = addressOf(question, { compare: "previous" });
      const whole = await breakdown(params, each, { order: sorted, search });
      const pages: BreakdownRow[] = [];
      // One page too many, which is empty and knows as much.
      for (let offset = 0; offset <= whole.rows.length + limit; offset += limit) {
        const { rows, ...sums } = await breakdown(params, each, { order: sorted, search, limit, offset });
        expect({ ...whole, ...sums, offset }).toEqual({ ...whole, offset });
        pages.push(...rows);
      }
      expect(pages).toEqual(whole.rows);
    },
  );
  await fc.assert(property, runs(25));
});

/** How many clicks have come while somebody read. */
let late = 0;

async function twoMoreClicks(): Promise<void> {
  late += 2;
  const data = hostileClicks(2, SEED + late).map((click, index) => ({ ...click, clickId: `late ${late + index}` }));
  await db().click.createMany({ data });
}

test.each(["Postgres", "the mirror"])("%s shows every click once, page by page, while more come", async (engine) => {
  if (engine === "the mirror") mirrored = await startMirror();
  const property = fc.asyncProperty(
    asked,
    fc.integer({ min: 5, max: 40 }),
    fc.boolean(),
    async (question, limit, grows) => {
      const filters = read(addressOf(question));
      const clicksThen = createWorld(await db().click.findMany(), await db().link.findMany());
      const known = naiveOrder(clicksThen, filters).map(({ seq }) => String(seq));
      const ways = await walk(OWNER, filters, { limit, between: grows ? twoMoreClicks : async () => {} });
      for (const [way, rows] of Object.entries(ways)) {
        const seen = rows.map(({ seq }) => seq);
        const inOrder = [...rows].sort(
          (a, b) => b.clickedAt.getTime() - a.clickedAt.getTime() || Number(b.seq) - Number(a.seq),
        );
        expect({ way, seen: new Set(seen).size, rows }).toEqual({ way, seen: seen.length, rows: inOrder });
        expect({ way, seen: seen.filter((seq) => known.includes(seq)) }).toEqual({ way, seen: known });
      }
    },
  );
  await fc.assert(property, runs(15));
  if (mirrored) expect(mirrored.tally).toMatchObject({ refused: 0, complaints: [] });
});
