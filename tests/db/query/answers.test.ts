import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { DIMENSIONS, type DimensionKey, dimension, isLinkDimension } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import { remainderOf } from "@/lib/question/answer-types";
import { formatValues } from "@/lib/question/codec/conditions";
import { filtersFromParams } from "@/lib/question/codec/read";
import { withCity, withValue } from "@/lib/question/codec/write";
import { question } from "@/lib/question/question";
import { insertClicks, insertLinks, manyClicks, OWNER } from "./rows";

const NOW = new Date("2026-11-15T12:00:00Z");
const CLICKS = manyClicks();
const KEYS = DIMENSIONS.map(({ key }) => key);
const QUERIES = [
  "interval=all",
  "interval=all&bots=exclude",
  "interval=all&country=-US",
  "interval=7d&timezone=America/New_York",
  "interval=all&domain=-one.example&device=mobile,Unknown",
];

const filters = (query: string | URLSearchParams) => filtersFromParams(new URLSearchParams(query), NOW);
const total = async (query: string | URLSearchParams) =>
  (await answer(question(OWNER, { kind: "totals" }, filters(query)))).clicks;

beforeEach(async () => {
  await insertLinks([
    { id: "a", domain: "one.example", key: "x" },
    { id: "b", domain: "two.example", key: "_root", folderId: "f", tags: [{ id: "t", name: "Tea, hot" }] },
  ]);
  await insertClicks(CLICKS);
});

test("all clicks are counted, bots by choice", async () => {
  const bots = CLICKS.filter(({ bot }) => bot).length;
  expect(bots).toBeGreaterThan(0);
  expect([
    await total("interval=all"),
    await total("interval=all&bots=only"),
    await total("interval=all&bots=exclude"),
  ]).toEqual([600, bots, 600 - bots]);
});

test("rows of every dimension add up to the total, with and without filters", async () => {
  for (const query of QUERIES) {
    const clicks = await total(query);
    for (const key of KEYS) {
      const { rows, ...sums } = await answer(question(OWNER, { kind: "breakdown", key }, filters(query)));
      expect({ key, query, ...sums, sum: rows.reduce((sum, row) => sum + row.clicks, 0) }).toEqual({
        key,
        query,
        total: clicks,
        rowCount: rows.length,
        sum: clicks,
      });
    }
  }
});

test("a series adds up to the total, by every granularity, with and without filters", async () => {
  for (const query of QUERIES) {
    const clicks = await total(query);
    expect(clicks).toBeGreaterThan(0);
    for (const granularity of ["hour", "day", "week", "month"]) {
      const { points } = await answer(
        question(OWNER, { kind: "series" }, filters(`${query}&granularity=${granularity}`)),
      );
      expect(points.reduce((sum, point) => sum + point.clicks, 0)).toBe(clicks);
    }
  }
});

test("a breakdown that is cut short still knows the whole", async () => {
  const whole = await answer(question(OWNER, { kind: "breakdown", key: "utm_term" }, filters("interval=all")));
  const short = await answer(
    question(OWNER, { kind: "breakdown", key: "utm_term", rows: { limit: 2 } }, filters("interval=all")),
  );
  expect(short).toEqual({ rows: whole.rows.slice(0, 2), rowCount: whole.rows.length, total: 600 });
});

test("the filter of every row of every dimension has exactly that row's clicks", async () => {
  for (const query of QUERIES.slice(0, 2)) {
    const params = new URLSearchParams(query);
    for (const key of KEYS) {
      const { rows } = await answer(question(OWNER, { kind: "breakdown", key }, filters(params)));
      expect(rows.length).toBeGreaterThan(isLinkDimension(key) || key === "bot" ? 0 : 1);
      const filtered = rows.map(({ value, place }) =>
        place ? withCity(params, { ...place, city: value }) : withValue(params, key, value),
      );
      const found = await Promise.all(filtered.map(total));
      expect({ key, found }).toEqual({ key, found: rows.map(({ clicks }) => clicks) });
    }
  }
});

test("a filter and its opposite add up to everything", async () => {
  for (const key of KEYS) {
    const { rows } = await answer(question(OWNER, { kind: "breakdown", key }, filters("interval=all")));
    const values = rows.map(({ value }) => value).filter((_, index) => index % 2 === 0);
    const [is, isNot] = (["is", "isNot"] as const).map((op) => {
      const params = new URLSearchParams("interval=all");
      params.set(key, formatValues(op, values, dimension(key).none));
      return params;
    });
    expect({ key, sum: (await total(is ?? "")) + (await total(isNot ?? "")) }).toEqual({ key, sum: 600 });
  }
});

test("adding a condition never adds clicks", async () => {
  const values = new Map<DimensionKey, (string | null)[]>();
  for (const key of KEYS) {
    const { rows } = await answer(question(OWNER, { kind: "breakdown", key }, filters("interval=all")));
    values.set(key, [...rows.map(({ value }) => value), "nothing like it"]);
  }
  const condition = fc.constantFrom(...KEYS).chain((key) =>
    fc.record({
      key: fc.constant(key),
      op: fc.constantFrom("is" as const, "isNot" as const),
      values: fc.uniqueArray(fc.constantFrom(...(values.get(key) ?? [])), { minLength: 1, maxLength: 3 }),
    }),
  );
  const conditions = fc.uniqueArray(condition, { selector: ({ key }) => key, minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(conditions, async (list) => {
      const params = new URLSearchParams("interval=all");
      let before = 600;
      for (const { key, op, values: chosen } of list) {
        params.set(key, formatValues(op, chosen, dimension(key).none));
        const after = await total(params);
        expect(after).toBeLessThanOrEqual(before);
        before = after;
      }
    }),
    { numRuns: 60, seed: 1 },
  );
});

test("a comparison of too many buckets is refused like a range of too many", async () => {
  const query = "interval=24h&compare=custom&compareStart=1970-01-01&compareEnd=2999-12-31";
  const refusal = /More than 10,000 hours/;
  await expect(answer(question(OWNER, { kind: "series" }, filters(query)))).rejects.toThrow(refusal);
  await expect(answer(question(OWNER, { kind: "linkSeries", ids: ["a"] }, filters(query)))).rejects.toThrow(refusal);
});

test("the rest of a list of tags is what its other rows have", async () => {
  const tags = Array.from({ length: 9 }, (_, index) => ({ id: `t${index}`, name: `Tag ${index}` }));
  await insertLinks([{ id: "c", tags }]);
  const breakdown = await answer(
    question(OWNER, { kind: "breakdown", key: "tagId", rows: { limit: 8 } }, filters("interval=all&linkId=c")),
  );
  expect(breakdown.rowCount).toBe(9);
  expect(remainderOf(breakdown)).toEqual({ clicks: breakdown.total });
});

test("what could not be understood matches nothing", async () => {
  const broken = filters("interval=all&contry=US");
  expect(await answer(question(OWNER, { kind: "totals" }, broken))).toEqual({
    clicks: 0,
    visitors: 0,
    withheld: 0,
    links: 0,
  });
  expect(await answer(question(OWNER, { kind: "breakdown", key: "country" }, broken))).toEqual({
    rows: [],
    rowCount: 0,
    total: 0,
  });
  expect(await answer(question(OWNER, { kind: "series" }, broken))).toEqual({
    granularity: "day",
    zone: "UTC",
    points: [],
  });
});
