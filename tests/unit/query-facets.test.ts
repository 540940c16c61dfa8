import { expect, test } from "vitest";
import {
  canAdd,
  choiceOf,
  hasOwn,
  withMore,
  withoutChoice,
  withoutOwn,
  withoutOwnParams,
} from "@/lib/question/codec/facets";
import { queryString } from "@/lib/question/codec/query-string";
import { filtersFromParams } from "@/lib/question/codec/read";

const filters = (query: string) => filtersFromParams(new URLSearchParams(query), new Date("2026-11-29T12:00:00Z"));
const params = (query: string) => new URLSearchParams(query);

test("a dimension's own conditions are those about it and about finer ones; mixed alternatives stay", () => {
  const asked = filters("country=DE&region=DE-BE&city=Berlin&device=Mobile&any.country=FR&any.os=iOS&any2.country=US");
  expect(withoutOwn(asked, "country")).toMatchObject({ conditions: [{ field: "device" }], anyOf: [[{}, {}]] });
  expect(withoutOwn(asked, "city").conditions.map(({ field }) => field)).toEqual(["country", "region", "device"]);
  expect([hasOwn(asked, "country"), hasOwn(asked, "browser")]).toEqual([true, false]);
  expect(queryString(withoutOwnParams(params("city=Berlin&os=iOS&country=DE"), "country"))).toBe("os=iOS");
});

test.each([
  ["country=DE,FR", "country", "DE", "is"],
  ["country=de", "country", "DE", "is"],
  ["country=-DE", "country", "DE", "isNot"],
  ["country=FR", "country", "DE", null],
  ["country=Unknown", "country", null, "is"],
  ["region=BE", "region", "DE-BE", "is"],
  ["url=https://shop.example/", "url", "https://shop.example/?a=1", "is"],
  ["referer.contains=news", "referer", "news", null],
  ["tagId=a,b", "tagId", "b", "is"],
] as const)("?%s: %s %s is %s", (query, key, value, choice) => {
  expect(choiceOf(filters(query), key, value)).toBe(choice);
});

test.each([
  ["country=DE", true],
  ["country=DE&os=iOS", true],
  ["", false],
  ["region=US-CA", false],
  ["country=DE&region=DE-BE&city=Berlin", false],
  ["country=-FR", false],
  ["country=DE&country=-FR", false],
  ["any.country=DE&any.country=FR", false],
])("to ?%s a country can be added: %s", (query, can) => {
  expect(canAdd(filters(query), "country")).toBe(can);
});

test("values are added, excluded and taken back one by one, and other conditions stay", () => {
  const more = (query: string, op: "is" | "isNot", value: string | null) =>
    queryString(withMore(params(query), "country", op, value));
  expect(more("country=DE&os=iOS", "is", "FR")).toBe("country=DE,FR&os=iOS");
  expect(more("os=iOS", "isNot", "FR")).toBe("os=iOS&country=-FR");
  expect(more("country=-FR", "isNot", null)).toBe("country=-FR,Unknown");
  const less = (query: string, value: string | null) => queryString(withoutChoice(params(query), "country", value));
  expect(less("country=DE,FR&os=iOS", "DE")).toBe("country=FR&os=iOS");
  expect(less("country=DE&region=DE-BE&city=Berlin&os=iOS", "DE")).toBe("os=iOS");
  expect(less("country=-DE&city=Paris", "DE")).toBe("city=Paris");
  expect(less("country=DE&country=-FR", "DE")).toBe("country=-FR");
  expect(less("country=DE", "FR")).toBe("country=DE");
});
