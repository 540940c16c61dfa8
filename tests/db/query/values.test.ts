import { beforeEach, expect, test } from "vitest";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { type FieldName, question } from "@/lib/question/question";
import { click, insertClicks, insertLinks, OWNER } from "./rows";

const NOW = new Date("2026-08-15T12:00:00Z");
const filters = (query = "interval=all") => filtersFromParams(new URLSearchParams(query), NOW);

async function values(field: FieldName, search: string | null = null, query?: string, limit = 10) {
  const { rows, ...rest } = await answer(question(OWNER, { kind: "values", field, search, limit }, filters(query)));
  return { rows: rows.map(({ value, text, clicks }) => [value, text, clicks]), ...rest };
}

beforeEach(async () => {
  await insertLinks([
    {
      id: "a",
      domain: "dub.sh",
      key: "alpha",
      shortLink: "https://dub.sh/alpha",
      title: "Summer Sale",
      tags: [{ id: "t1", name: "Newsletter" }, "broken"],
      createdAt: new Date("2026-01-01T00:00:00Z"),
    },
    { id: "b", domain: "dub.sh", key: "_root", title: "Summer Sale", archived: true },
  ]);
  await insertClicks([
    click({ linkId: "a", country: "DE", region: "DE-BE", city: "Berlin", url: "https://x.example/a" }),
    click({ linkId: "a", country: "DE", region: "BE", city: "Berlin", url: "https://x.example/a?b=1" }),
    click({ linkId: "a", country: "US", region: "US-NH", city: "Berlin", referer: "germany.example" }),
    click({ linkId: "b", device: "Mobile", clickedAt: new Date("2026-08-15T09:00:00Z") }),
    click({ linkId: "gone", bot: true }),
  ]);
});

test("values come with their words and clicks, no value too", async () => {
  expect(await values("country")).toEqual({
    rows: [
      ["DE", "Germany", 2],
      [null, "Unknown", 2],
      ["US", "United States", 1],
    ],
    rowCount: 3,
    total: 5,
  });
});

test("they are searched by the words that are shown, and by what is stored", async () => {
  expect((await values("country", "GERM")).rows).toEqual([["DE", "Germany", 2]]);
  expect((await values("country", "us")).rows).toEqual([["US", "United States", 1]]);
  expect((await values("referer", "GERM")).rows).toEqual([["germany.example", "germany.example", 1]]);
  expect((await values("linkId", "summer")).rows).toEqual([
    ["a", "dub.sh/alpha", 3],
    ["b", "b", 1],
  ]);
  expect((await values("bot", "hum")).rows).toEqual([["human", "Human", 4]]);
  expect(await values("country", "atlantis")).toMatchObject({ rows: [], rowCount: 0 });
});

test("a value is named so that a condition on it finds the clicks it was counted by", async () => {
  for (const field of [
    "url",
    "region",
    "city",
    "linkId",
    "title",
    "key",
    "archived",
    "root",
    "hour",
    "tagId",
  ] as const) {
    const { rows } = await answer(question(OWNER, { kind: "values", field, search: null, limit: 20 }, filters()));
    expect(rows.length).toBeGreaterThan(1);
    for (const { value, clicks } of rows) {
      const condition = { field, op: "is" as const, values: [value] };
      const { total } = await answer(
        question(
          OWNER,
          { kind: "values", field: "bot", search: null, limit: 1 },
          { ...filters(), conditions: [condition] },
        ),
      );
      expect(total, `${field} is ${value}`).toBe(clicks);
    }
  }
});

test("cities of one name are one value, since one condition finds them all", async () => {
  expect((await values("city")).rows).toEqual([
    ["Berlin", "Berlin", 3],
    [null, "Unknown", 2],
  ]);
});

test("links are counted by what is known of them", async () => {
  expect((await values("title")).rows).toEqual([
    ["Summer Sale", "Summer Sale", 4],
    [null, "(none)", 1],
  ]);
  expect((await values("archived")).rows).toEqual([
    ["false", "no", 4],
    ["true", "yes", 1],
  ]);
});

test("hours stand in the order of the clock", async () => {
  expect((await values("hour")).rows.map(([value]) => value)).toEqual(["9", "10"]);
});

test("there are no more than asked for, and all are counted", async () => {
  expect(await values("country", null, undefined, 1)).toMatchObject({ rows: [["DE", "Germany", 2]], rowCount: 3 });
});

test("values are those under the other conditions", async () => {
  expect((await values("city", null, "interval=all&country=US")).rows).toEqual([["Berlin", "Berlin", 1]]);
  expect((await values("city", null, "interval=all&contry=US")).rows).toEqual([]);
});

test("a search over everything finds fields by their values, those that begin with it first", async () => {
  const found = await answer(question(OWNER, { kind: "valueSearch", search: "germ" }, filters()));
  expect(found.map(({ field, rows }) => [field, rows.map(({ text }) => text)])).toEqual([
    ["country", ["Germany"]],
    ["referer", ["germany.example"]],
    ["region", ["Berlin, Germany"]],
  ]);
  expect(await answer(question(OWNER, { kind: "valueSearch", search: "%" }, filters()))).toEqual([]);
});

test("links are found by what they are called, the newest first, and tags by their ids", async () => {
  expect(await answer(question(OWNER, { kind: "linkSearch", search: "SUMMER" }))).toMatchObject([
    { id: "a", title: "Summer Sale" },
    { id: "b" },
  ]);
  expect(await answer(question(OWNER, { kind: "linkSearch", search: "%" }))).toEqual([]);
  expect(await answer(question(OWNER, { kind: "tagNames", ids: ["t1", "t2"] }))).toEqual(
    new Map([["t1", "Newsletter"]]),
  );
  expect(await answer(question(OWNER, { kind: "tagNames", ids: [] }))).toEqual(new Map());
});
