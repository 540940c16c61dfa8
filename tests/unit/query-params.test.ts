import { expect, test } from "vitest";
import type { AppError } from "@/lib/base/errors";
import { DIMENSIONS } from "@/lib/click/dimensions";
import { type Endpoint, questionOf } from "@/lib/question/codec/parameters";
import { queryString } from "@/lib/question/codec/query-string";
import { assertAnswerable, filtersFromParams, unknownParams } from "@/lib/question/codec/read";

/** Fields with a closed list of values. */
const CLOSED = ["bot", "hour", "weekday"];

const NOW = new Date("2026-08-15T12:00:00Z");
const filters = (query: string) => filtersFromParams(new URLSearchParams(query), NOW);

test("nothing given is the last 30 days of everything, in UTC", () => {
  expect(filters("")).toEqual({
    range: { interval: "30d", from: new Date("2026-07-17T00:00:00Z"), to: new Date("2026-08-16T00:00:00Z") },
    zone: "UTC",
    weekStart: "monday",
    granularity: null,
    comparison: null,
    bots: "include",
    conditions: [],
    anyOf: [],
    problems: [],
    now: NOW,
  });
});

test("every dimension and every property of a link is a condition", () => {
  const fields = [...DIMENSIONS.map(({ key }) => key), "key", "title"].filter((key) => !CLOSED.includes(key));
  for (const field of fields) {
    expect(filters(`${field}=-a,b`)).toMatchObject({
      conditions: [{ field, op: "isNot", values: ["a", "b"] }],
      problems: [],
    });
  }
});

test("a dimension takes its own word for no value and no other's", () => {
  expect(filters("country=Unknown&referer=(direct)&utm_source=(none)").conditions).toEqual([
    { field: "country", op: "is", values: [null] },
    { field: "referer", op: "is", values: [null] },
    { field: "utm_source", op: "is", values: [null] },
  ]);
  expect(filters("country=(direct)&referer=(none)&utm_source=Unknown").conditions).toEqual([
    { field: "country", op: "is", values: ["(direct)"] },
    { field: "referer", op: "is", values: ["(none)"] },
    { field: "utm_source", op: "is", values: ["Unknown"] },
  ]);
});

test("a condition given twice holds twice, of a repeated setting the last counts, an empty one is not given", () => {
  expect(filters("country=US&country=-DE").conditions).toEqual([
    { field: "country", op: "is", values: ["US"] },
    { field: "country", op: "isNot", values: ["DE"] },
  ]);
  expect(filters("bots=only&bots=exclude").bots).toBe("exclude");
  expect(filters("country=&customerId=&nonsense=&bots=&granularity=")).toEqual(filters(""));
});

test("a list without a value is a problem, so that it does not widen the result", () => {
  expect(filters("country=-&city=,").problems).toEqual([
    { param: "country", value: "-", message: "Add a value." },
    { param: "city", value: ",", message: "Add a value." },
  ]);
});

test("parts of text, emptiness and groups of which one holds have parameters of their own", () => {
  expect(filters("referer.contains=goo,bing&title.contains=-sale").conditions).toEqual([
    { field: "referer", op: "contains", values: ["goo", "bing"] },
    { field: "title", op: "notContains", values: ["sale"] },
  ]);
  expect(filters("utm_source.empty=true&country.empty=false").conditions).toEqual([
    { field: "utm_source", op: "is", values: [null] },
    { field: "country", op: "isNot", values: [null] },
  ]);
  expect(filters("any.country=DE&any2.os=iOS&any.device.contains=mob&hour=9,10&weekday=-sat,sun")).toMatchObject({
    conditions: [
      { field: "hour", op: "is", values: ["9", "10"] },
      { field: "weekday", op: "isNot", values: ["sat", "sun"] },
    ],
    anyOf: [
      [
        { field: "country", op: "is", values: ["DE"] },
        { field: "device", op: "contains", values: ["mob"] },
      ],
      [{ field: "os", op: "is", values: ["iOS"] }],
    ],
    problems: [],
  });
});

test("deprecated parameters mean what they meant", () => {
  expect(filters("qr=true").conditions).toEqual([{ field: "trigger", op: "is", values: ["qr"] }]);
  expect(filters("qr=false")).toEqual(filters(""));
  expect(filters("tagIds=a,b").conditions).toEqual([{ field: "tagId", op: "is", values: ["a", "b"] }]);
  expect(filters("event=clicks")).toEqual(filters(""));
});

test("root is true or false", () => {
  expect(filters("root=true").conditions).toEqual([{ field: "root", op: "is", values: ["true"] }]);
  expect(filters("root=false").conditions).toEqual([{ field: "root", op: "is", values: ["false"] }]);
});

test.each([
  ["event=leads", "event", "Use clicks."],
  ["granularity=minute", "granularity", "Use quarterHour or hour or day or week or month."],
  ["bots=maybe", "bots", "Use include or exclude or only."],
  ["root=1", "root", "Use true or false."],
  ["qr=1", "qr", "Use true or false."],
  ["hour=24", "hour", "Use 0 to 23."],
  ["weekday=Monday", "weekday", "Use mon to sun."],
  ["bot=maybe", "bot", "Use bot or human."],
  ["archived=yes", "archived", "Use true or false."],
  ["tagId.contains=x", "tagId.contains", "Use the whole value: tagId=…."],
  ["country.empty=yes", "country.empty", "Use true or false."],
  ["hour.empty=true", "hour.empty", "This is never empty."],
  ["country.like=x", "country.like", "Unknown parameter. Remove it."],
  ["any.contry=x", "any.contry", "Unknown parameter. Remove it."],
  ["all.country=x", "all.country", "Unknown parameter. Remove it."],
  ["compare=yesterday", "compare", "Use previous or year or custom."],
  ["compare=custom", "compare", "Add compareStart and compareEnd."],
  ["compareStart=2026-01-01", "compareStart", "Add compare=custom."],
  ["compare=previous&compareAlign=month", "compareAlign", "Use weekday."],
  ["compare=custom&compareStart=2026-02-01&compareEnd=2026-01-01", "compareEnd", "The end must be after the start."],
  ["customerId=1", "customerId", "Footfall doesn’t record this. Remove it."],
  ["query=x", "query", "Footfall doesn’t record this. Remove it."],
  ["contry=US", "contry", "Unknown parameter. Remove it."],
  ["toString=1", "toString", "Unknown parameter. Remove it."],
  ["__proto__=1", "__proto__", "Unknown parameter. Remove it."],
])("%j is a problem", (query, param, message) => {
  expect(filters(query).problems).toMatchObject([{ param, message }]);
});

test.each<[Endpoint, string]>([
  [
    "overview",
    "links=top_urls&sources=referers&places=cities&devices=triggers&show=places&find=x&by=name&page=2&view=plain",
  ],
  ["link", "browsers=os&campaigns=utm_terms&show=places"],
  ["links", "q=x&sort=name&page=2"],
  ["events", "click=7"],
  ["compare", "align=first&q=x"],
  ["api/v1/analytics", "groupBy=count&search=a&limit=5&offset=5&sortBy=value&sortOrder=asc&saleUnit=cents"],
  ["api/v1/events", "limit=5&before=1-1&words=true&sortOrder=asc&order=asc"],
  ["api/export", "bom=true"],
  ["api/export/events", "bom=true&columns=time,os"],
  ["api/why", "groupBy=count"],
  ["api/values", "search=a"],
])("%s reads parameters of its own, which change nothing there and are a problem elsewhere", (endpoint, query) => {
  const params = new URLSearchParams(query);
  expect(filtersFromParams(params, NOW, endpoint)).toEqual(filters(""));
  const unknown = [...params].map(([param, value]) => ({ param, value, message: "Unknown parameter. Remove it." }));
  for (const other of ["api/live", null] as const)
    expect(filtersFromParams(params, NOW, other).problems).toEqual(unknown);
});

test.each<[Endpoint, string, string]>([
  ["overview", "devices=Mobile", "Use one of devices, triggers."],
  ["overview", "view=mine", "Use one of plain."],
  ["overview", "click=7", "Unknown parameter. Remove it."],
  ["overview", "id=x", "Unknown parameter. Remove it."],
  ["overview", "link=nosuch", "Unknown parameter. Remove it."],
  ["links", "places=cities", "Unknown parameter. Remove it."],
  ["api/v1/analytics", "link=nosuch", "Unknown parameter. Remove it."],
  ["api/v1/analytics", "devices=Mobile", "Unknown parameter. Remove it."],
  ["api/v1/analytics", "page=2", "Unknown parameter. Remove it."],
  ["api/export", "columns=os", "Unknown parameter. Remove it."],
  ["api/export", "bom=yes", "Use one of true, false."],
  ["api/live", "constructor=1", "Unknown parameter. Remove it."],
  ["api/live", "hasOwnProperty=1", "Unknown parameter. Remove it."],
  ["overview", "__proto__=1", "Unknown parameter. Remove it."],
])("%s cannot use %j", (endpoint, query, message) => {
  const [param, value] = query.split("=");
  expect(filtersFromParams(new URLSearchParams(query), NOW, endpoint).problems).toEqual([{ param, value, message }]);
});

test.each(["_rsc", "fbclid", "gclid", "msclkid", "ttclid", "mc_cid", "mc_eid", "_hsenc", "_hsmi", "FBCLID", "twclid"])(
  "%s, which others append, changes nothing anywhere",
  (name) => {
    for (const endpoint of ["overview", "events", "deliveries", "api/v1/analytics", "api/live", null] as const)
      expect(filtersFromParams(new URLSearchParams({ [name]: "abc" }), NOW, endpoint)).toEqual(filters(""));
    expect(unknownParams(new URLSearchParams({ [name]: "abc" }), "deliveries")).toEqual([]);
  },
);

test("a campaign stays a filter, however a platform appended it", () => {
  expect(filters("utm_source=mail").conditions).toEqual([{ field: "utm_source", op: "is", values: ["mail"] }]);
});

test("a page asks other places its question without what only it understands, and with what nobody does", () => {
  const params = new URLSearchParams("places=cities&show=places&page=2&country=DE&interval=7d&contry=FR&id=x");
  expect(queryString(questionOf(params, "/"))).toBe("country=DE&interval=7d&contry=FR&id=x");
  expect(queryString(questionOf(params, "/links/a%20b"))).toBe("country=DE&interval=7d&contry=FR&id=x");
  expect(queryString(questionOf(new URLSearchParams("q=a&sort=name&id=x"), "/links"))).toBe("id=x");
});

test("a NUL is what it is in storage", () => {
  expect(filters("city=a%00b").conditions).toEqual([{ field: "city", op: "is", values: ["a\uFFFDb"] }]);
});

test("the strict reader names the first problem", () => {
  expect(() => assertAnswerable(filters("country=US"))).not.toThrow();
  expect(() => assertAnswerable(filters("bots=maybe&root=1"))).toThrow(
    expect.objectContaining<Partial<AppError>>({
      code: "unprocessable_entity",
      message: "bots: Use include or exclude or only.",
    }),
  );
});
