import fc from "fast-check";
import { expect, test } from "vitest";
import { readDestination } from "@/lib/click/destination";
import type { ClickDimensionKey } from "@/lib/click/dimensions";
import { filtersFromParams } from "@/lib/question/codec/read";
import { withValue } from "@/lib/question/codec/write";
import { matchOf } from "@/lib/question/plan";

const testsOf = (key: ClickDimensionKey, ...values: (string | null)[]) => matchOf(key, "is", values).anyOf;

test("device, browser and system are found in any case and under their other names", () => {
  expect(testsOf("device", "desktop", "DESKTOP")).toEqual([{ key: "device", in: ["Desktop"] }]);
  expect(testsOf("os", "ios", "Mac", "windows")).toEqual([{ key: "os", in: ["iOS", "Mac OS", "Windows"] }]);
});

test("places are found in any case and under their other codes", () => {
  expect(testsOf("country", "us", "UK", "DE")).toEqual([{ key: "country", in: ["US", "GB", "DE"] }]);
  expect(testsOf("region", "us-ca")).toEqual([{ key: "region", in: ["US-CA"] }]);
  expect(testsOf("continent", "eu")).toEqual([{ key: "continent", in: ["EU"] }]);
});

test("a value that is none asks for the clicks without one", () => {
  expect(testsOf("country", "XX")).toEqual([{ key: "country", absent: true }]);
  expect(testsOf("device", "unknown", "mobile")).toEqual([
    { key: "device", in: ["Mobile"] },
    { key: "device", absent: true },
  ]);
});

test("text is compared as it is stored", () => {
  expect(testsOf("utm_source", " news  letter ", "Sa\u0303o")).toEqual([
    { key: "utm_source", in: ["news letter", "São"] },
  ]);
  expect(testsOf("referer", "https://www.News.example:80/x")).toEqual([{ key: "referer", in: ["news.example"] }]);
  expect(matchOf("city", "contains", ["sa\u0303o ", " "]).anyOf).toEqual([
    { key: "city", contains: "são" },
    { key: "city", contains: " " },
  ]);
  expect(matchOf("referer", "contains", ["xn--bcher-kva"]).anyOf).toEqual([{ key: "referer", contains: "bücher" }]);
});

test("a bare region is any country's", () => {
  expect(testsOf("region", "NY")).toEqual([
    { key: "region", in: ["NY"] },
    { key: "region", endsWith: "-NY" },
  ]);
});

test("a region after a hyphen is that of an unknown country", () => {
  expect(testsOf("region", "-ny")).toEqual([{ key: "region", in: ["NY"] }]);
});

test("a destination without a query is meant with any, one with a query as a whole", () => {
  expect(testsOf("url", "https://a.example/x")).toEqual([{ key: "baseUrl", in: ["https://a.example/x"] }]);
  expect(testsOf("url", "https://a.example/x#top")).toEqual([{ key: "baseUrl", in: ["https://a.example/x"] }]);
  expect(testsOf("url", "https://a.example/x?y=1")).toEqual([{ key: "url", in: ["https://a.example/x?y=1"] }]);
  expect(testsOf("url", "https://a.example/x?")).toEqual([{ key: "url", in: ["https://a.example/x"] }]);
});

test.each([
  ["https://a.example/x?dub_id=1", "https://a.example/x"],
  ["https://a.example/x?y=1&dub_id=1&fbclid=2&z=%20+", "https://a.example/x?y=1&z=%20+"],
  ["https://A.example:443/x?via=bob#top", "https://a.example/x?via=bob#top"],
  ["https://a.example/x?trivia=1&viaduct=2&dub_idx=3", "https://a.example/x?trivia=1&viaduct=2&dub_idx=3"],
  ["https://a.example/x?y=1#a#b?via=2", "https://a.example/x?y=1#a#b?via=2"],
  ["https://a.example/x?#top", "https://a.example/x#top"],
  ["https://a.example/x?y=1#?dub_id=1", "https://a.example/x?y=1#?dub_id=1"],
])("the destination %j is looked for as it is stored", (given, stored) => {
  expect(testsOf("url", given)).toEqual([{ key: "url", in: [stored] }]);
});

const address = fc
  .array(fc.constantFrom("?", "#", "&", "=", "/", "-", "dub_id", "via", "y", "1", "%20", "https://a.example/x"))
  .map((parts) => parts.join(""));

test("whatever a destination looks like, its row's filter asks for exactly what is stored", () => {
  fc.assert(
    fc.property(address, (raw) => {
      const { url } = readDestination(raw || null);
      const params = withValue(new URLSearchParams(), "url", url);
      const { conditions } = filtersFromParams(params, new Date(0));
      const expected = url === null ? { key: "url", absent: true } : { key: "url", in: [url] };
      expect(conditions.map(({ values }) => testsOf("url", ...values))).toEqual([[expected]]);
    }),
  );
});

test("whatever a region looks like, its row's filter asks for exactly what is stored", () => {
  fc.assert(
    fc.property(fc.constantFrom("US-CA", "CA", "-CA", "SFO1", "-X", "--X", "13"), (region) => {
      const { conditions } = filtersFromParams(withValue(new URLSearchParams(), "region", region), new Date(0));
      expect(conditions.map(({ values }) => testsOf("region", ...values))).toEqual([[{ key: "region", in: [region] }]]);
    }),
  );
});

test("a referer is looked for without query and fragment", () => {
  expect(testsOf("refererUrl", "https://b.example/p?q=1#f", "https://b.example/r#f")).toEqual([
    { key: "refererUrl", in: ["https://b.example/p", "https://b.example/r"] },
  ]);
});

test("no value is a test of its own", () => {
  expect(testsOf("referer", null)).toEqual([{ key: "referer", absent: true }]);
  expect(testsOf("url", null)).toEqual([{ key: "url", absent: true }]);
  expect(matchOf("utm_term", "isNot", ["Shoes", null])).toEqual({
    negated: true,
    anyOf: [
      { key: "utm_term", in: ["Shoes"] },
      { key: "utm_term", absent: true },
    ],
  });
});
