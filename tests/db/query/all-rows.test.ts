import { beforeEach, expect, test } from "vitest";
import type { DimensionKey } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { ALL_ROWS, question, type RowsPart } from "@/lib/question/question";
import { click, insertClicks, insertLinks, OWNER } from "./rows";

const NOW = new Date("2026-08-15T12:00:00Z");

async function rows(key: DimensionKey, part: Partial<RowsPart> = {}) {
  const filters = filtersFromParams(new URLSearchParams("interval=all"), NOW);
  const found = await answer(question(OWNER, { kind: "rows", key, rows: { ...ALL_ROWS, ...part } }, filters));
  return {
    rows: found.rows.map(({ value, clicks }) => [value, clicks]),
    rowCount: found.rowCount,
    total: found.total,
  };
}

const BY_NAME = { by: "value", descending: false } as const;

beforeEach(async () => {
  await insertLinks([
    { id: "a", domain: "dub.sh", key: "zebra", shortLink: "https://dub.sh/zebra", title: "Summer Sale" },
    { id: "z", domain: "dub.sh", key: "apple", shortLink: "https://dub.sh/apple", title: "Winter Sale" },
  ]);
  await insertClicks([
    click({ linkId: "a", country: "DE", browser: "Chrome" }),
    click({ linkId: "a", country: "DE", browser: "Firefox" }),
    click({ linkId: "a", country: "AT", browser: "Firefox" }),
    click({ linkId: "z", country: "CH", browser: "firefox focus" }),
    click({ linkId: "z" }),
  ]);
});

test("countries are sorted and found by their names, not their codes; what has no name is last", async () => {
  expect((await rows("country", { order: BY_NAME })).rows).toEqual([
    ["AT", 1],
    ["DE", 2],
    ["CH", 1],
    [null, 1],
  ]);
  expect(await rows("country", { search: "ERMAN" })).toEqual({ rows: [["DE", 2]], rowCount: 1, total: 5 });
});

test("links are sorted by their address, and found by it and by their title", async () => {
  expect((await rows("linkId", { order: BY_NAME })).rows.map(([id]) => id)).toEqual(["z", "a"]);
  expect((await rows("linkId", { search: "summer" })).rows).toEqual([["a", 3]]);
  expect((await rows("linkId", { search: "apple" })).rows).toEqual([["z", 2]]);
  expect((await rows("linkId", { search: "sale" })).rowCount).toBe(2);
});

test("a page is a part of what was found, whoever cuts it", async () => {
  for (const key of ["country", "browser"] as const) {
    const all = await rows(key, { order: BY_NAME });
    const pages = await Promise.all([0, 2].map((offset) => rows(key, { order: BY_NAME, limit: 2, offset })));
    expect(pages.flatMap((page) => page.rows)).toEqual(all.rows);
    expect(pages.map(({ rowCount }) => rowCount)).toEqual([all.rowCount, all.rowCount]);
  }
  expect(await rows("browser", { search: "fire", limit: 1, offset: 1 })).toEqual({
    rows: [["firefox focus", 1]],
    rowCount: 2,
    total: 5,
  });
});
