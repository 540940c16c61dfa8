import fc from "fast-check";
import { expect, test } from "vitest";
import { readDestination } from "@/lib/destination";
import type { ClickDimensionKey } from "@/lib/dimensions";
import { withValue } from "@/lib/query/address";
import { matchOf } from "@/lib/query/match";
import { filtersFromParams } from "@/lib/query/search-params";

const testsOf = (key: ClickDimensionKey, ...values: (string | null)[]) => matchOf(key, "is", values).anyOf;

test("device, browser and system may start in lower case, and exact spellings stay", () => {
  expect(testsOf("device", "desktop")).toEqual([{ key: "device", in: ["desktop", "Desktop"] }]);
  expect(testsOf("os", "iOS", "Windows")).toEqual([{ key: "os", in: ["iOS", "IOS", "Windows"] }]);
});

test("places may be in lower case", () => {
  expect(testsOf("country", "us", "DE")).toEqual([{ key: "country", in: ["us", "US", "DE"] }]);
  expect(testsOf("region", "us-ca")).toEqual([{ key: "region", in: ["us-ca", "US-CA"] }]);
  expect(testsOf("continent", "eu")).toEqual([{ key: "continent", in: ["eu", "EU"] }]);
});

test("a bare region is any country's", () => {
  expect(testsOf("region", "NY")).toEqual([
    { key: "region", in: ["NY"] },
    { key: "region", endsWith: "-NY" },
  ]);
});

test("a region after a hyphen is that of an unknown country, to the letter", () => {
  expect(testsOf("region", "-ny")).toEqual([{ key: "region", in: ["ny"] }]);
});

test("a destination without a query is meant with any, one with a query to the letter", () => {
  expect(testsOf("url", "https://a.example/x")).toEqual([{ key: "baseUrl", in: ["https://a.example/x"] }]);
  expect(testsOf("url", "https://a.example/x#top")).toEqual([{ key: "baseUrl", in: ["https://a.example/x"] }]);
  expect(testsOf("url", "https://a.example/x?y=1")).toEqual([{ key: "url", in: ["https://a.example/x?y=1"] }]);
  expect(testsOf("url", "https://a.example/x?")).toEqual([{ key: "url", in: ["https://a.example/x"] }]);
});

test.each([
  ["https://a.example/x?dub_id=1", "https://a.example/x"],
  ["https://a.example/x?y=1&dub_id=1&via=bob&z=%20+", "https://a.example/x?y=1&z=%20+"],
  ["https://a.example/x?via=bob#top", "https://a.example/x#top"],
  ["https://a.example/x?trivia=1&viaduct=2&dub_idx=3", "https://a.example/x?trivia=1&viaduct=2&dub_idx=3"],
  ["https://a.example/x?y=1#a#b?via=2", "https://a.example/x?y=1#a#b?via=2"],
  ["https://a.example/x?#top", "https://a.example/x?#top"],
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
    fc.property(fc.constantFrom("US-CA", "CA", "-CA", "sfo1", "-", "--x", "13"), (region) => {
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
