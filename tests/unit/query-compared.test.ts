import { expect, test } from "vitest";
import { lifetimeUntil, stepFor, stepsOf } from "@/lib/question/answer/series";
import { filtersFromParams } from "@/lib/question/codec/read";
import { comparedLinks, joinedLinks, withLinks } from "@/lib/question/codec/write";

const NOW = new Date("2026-11-15T12:07:31Z");
const filters = (query: string) => filtersFromParams(new URLSearchParams(query), NOW);

test("links are named in the address, whatever their ids are", () => {
  const ids = ["b", "a,1", "-c", "Unknown", "back\\slash"];
  const params = withLinks(new URLSearchParams("interval=7d&page=3"), ids);
  expect(comparedLinks(filters(params.toString())).ids).toEqual(ids);
  expect(params.get("page")).toBeNull();
  expect(withLinks(params, []).toString()).toBe("interval=7d");
});

test("links that are named are no filter any more; others are", () => {
  const { ids, others } = comparedLinks(filters("linkId=a,b,a&country=DE&any.linkId=c&any.device=Mobile"));
  expect(ids).toEqual(["a", "b"]);
  expect(others.conditions).toEqual([{ field: "country", op: "is", values: ["DE"] }]);
  expect(others.anyOf).toHaveLength(1);
  expect(comparedLinks(filters("linkId=-a")).others.conditions).toHaveLength(1);
});

test("links that a form names one by one are one list", () => {
  const joined = joinedLinks(new URLSearchParams("linkId=a&interval=all&linkId=b%5C,1&linkId=a"));
  expect(joined && comparedLinks(filters(joined.toString())).ids).toEqual(["a", "b,1"]);
  expect(joined?.get("interval")).toBe("all");
  expect(joinedLinks(new URLSearchParams("linkId=a,b"))).toBeNull();
});

test("a life lasts until the range or the present ends, or its last click", () => {
  const extent = { first: 100, last: 200 };
  const now = Math.floor(NOW.getTime() / 900_000);
  expect(lifetimeUntil(extent, filters("interval=all"))).toEqual({ first: 100, last: now });
  expect(lifetimeUntil(extent, filters("interval=30d"))).toEqual({ first: 100, last: now });
  expect(lifetimeUntil(extent, filters("start=2026-01-01&end=2026-01-01"))).toEqual({
    first: 100,
    last: Date.UTC(2026, 0, 2) / 900_000 - 1,
  });
  expect(lifetimeUntil({ first: 100, last: now + 8 }, filters("interval=all")).last).toBe(now + 8);
});

test("steps suit the longest life, and months, which have no length, are weeks", () => {
  const days = (count: number) => ({ first: 0, last: count * 96 - 1 });
  expect([0.25, 2, 60, 120, 700].map((count) => stepFor([days(0.01), days(count)], null))).toEqual([
    "quarterHour",
    "hour",
    "day",
    "week",
    "week",
  ]);
  expect([stepFor([days(60)], "hour"), stepFor([days(60)], "month")]).toEqual(["hour", "week"]);
  expect(() => stepFor([days(700)], "quarterHour")).toThrow(/coarser granularity/);
});

test("steps have no gaps, and a life of one slot is one step", () => {
  const rows = [
    { age: 8, clicks: 2 },
    { age: 0, clicks: 3 },
  ];
  expect(stepsOf(rows, { first: 50, last: 65 }, "hour")).toEqual([3, 0, 2, 0]);
  expect(stepsOf([{ age: 0, clicks: 1 }], { first: 50, last: 50 }, "day")).toEqual([1]);
});
