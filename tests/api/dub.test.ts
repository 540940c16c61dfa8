import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { GET as analytics } from "@/app/api/analytics/route";
import { GET as events } from "@/app/api/events/route";
import { db } from "@/lib/base/db";
import { HOSTILE } from "../naive/hostile";
import { madeKey, signedIn } from "./access-helpers";
import { send, sentBefore } from "./dub-clicks";

// What Dub's SDK can't read, or never sends.

const now = new Date();
const sent = sentBefore(now);
let authorization = "";

beforeEach(async () => {
  await send(sent);
  authorization = (await madeKey({ name: "Script", perMinute: 100_000 })).authorization;
});

const ask = (query: string, headers: Record<string, string> = { authorization }) =>
  analytics(new Request(`http://localhost/api/analytics?${query}`, { headers }), {});
const list = (query: string) =>
  events(new Request(`http://localhost/api/events?${query}`, { headers: { authorization } }), {});
const rowsOf = async (query: string) => (await ask(`interval=all&${query}`)).json();
const clicksOf = async (query: string): Promise<number> => (await rowsOf(query)).clicks;

const M = { leads: 0, sales: 0, saleAmount: 0 };
const countOf = (holds: (one: (typeof sent)[number]["data"]) => boolean) =>
  sent.filter(({ data }) => holds(data)).length;
const utm = (name: string, value: string) =>
  countOf(({ click }) => new URL(click.url).searchParams.get(name) === value);

test("groupings that the SDK can't parse have Dub's shapes", async () => {
  expect(await rowsOf("groupBy=utm_sources")).toEqual([
    { utm_source: "fly", clicks: utm("utm_source", "fly"), ...M },
    { utm_source: "flyer", clicks: utm("utm_source", "flyer"), ...M },
  ]);
  for (const [groupBy, name, value] of [
    ["utm_mediums", "utm_medium", "print"],
    ["utm_campaigns", "utm_campaign", "May"],
    ["utm_terms", "utm_term", "a"],
    ["utm_contents", "utm_content", "b"],
  ] as const)
    expect(await rowsOf(`groupBy=${groupBy}`)).toEqual([{ [name]: value, clicks: utm(name, value), ...M }]);
  const ofLink = (id: string) => countOf(({ link }) => link.id === id);
  const [one, two, three] = [ofLink("link_1KA3N5XW0SCFZ2N8Q8D0MMTB4"), ofLink("link_2"), ofLink("link_3")];
  expect(await rowsOf("groupBy=top_domains")).toEqual([
    { domain: "go.example", clicks: one + two, ...M },
    { domain: "dub.example", clicks: three, ...M },
  ]);
  expect(await rowsOf("groupBy=top_folders")).toEqual([
    { folderId: "fold_1", folder: { id: "fold_1", name: "fold_1" }, clicks: two, ...M },
  ]);
  expect(await rowsOf("groupBy=top_link_tags")).toEqual([
    { tagId: "tag_1", tag: { id: "tag_1", name: "Print", color: "green" }, clicks: one, ...M },
    { tagId: "tag_2", tag: { id: "tag_2", name: "Odd", color: "gray" }, clicks: three, ...M },
  ]);
  expect(await rowsOf("groupBy=top_partners")).toEqual([
    { partnerId: "pn_1", partner: { id: "pn_1", name: "pn_1", image: null }, clicks: two, ...M },
    { partnerId: "pn_2", partner: { id: "pn_2", name: "pn_2", image: null }, clicks: three, ...M },
  ]);
  for (const groupBy of ["top_groups", "top_partner_tags", "event_names"])
    expect(await rowsOf(`groupBy=${groupBy}`)).toEqual([]);
});

test("rows without a value are there on request, and as many rows as are asked for", async () => {
  const unknown = countOf(({ click }) => click.country === "Unknown");
  const rows = await rowsOf("groupBy=countries&unknown=include");
  expect(rows).toContainEqual({ country: "Unknown", region: "*", city: "*", clicks: unknown, ...M });
  const all = rows.reduce((sum: number, { clicks }: { clicks: number }) => sum + clicks, 0);
  expect(all).toBe(sent.length);
  expect(await rowsOf("groupBy=triggers&unknown=include")).toContainEqual(expect.objectContaining({ trigger: "nfc" }));
  expect(await rowsOf("groupBy=countries&limit=1")).toHaveLength(1);
  expect(await rowsOf("groupBy=regions")).toContainEqual(expect.objectContaining({ country: "JP", region: "JP-13" }));
});

test("dates snap to whole days in the zone unless they are exact, and may be words", async () => {
  const { timestamp } = sent[10]?.data.click ?? { timestamp: "" };
  const hour = { start: new Date(Date.parse(timestamp) - 1_000), end: new Date(Date.parse(timestamp) + 1_000) };
  const span = `start=${hour.start.toISOString()}&end=${hour.end.toISOString()}`;
  const day = (zone: string, text: string | Date) => new Date(text).toLocaleDateString("sv", { timeZone: zone });
  for (const zone of ["UTC", "Pacific/Kiritimati", "America/St_Johns"]) {
    const [first, last] = [day(zone, hour.start), day(zone, hour.end)];
    const within = countOf(({ click }) => day(zone, click.timestamp) >= first && day(zone, click.timestamp) <= last);
    expect(await clicksOf(`${span}&timezone=${zone}`), zone).toBe(within);
    expect(await clicksOf(`start=${first}&end=${last}&timezone=${zone}`), zone).toBe(within);
    // Whichever comes first.
    expect(await clicksOf(`start=${last}&end=${first}&timezone=${zone}`), zone).toBe(within);
  }
  expect(await clicksOf(`${span}&exact=true`)).toBe(1);
  const recent = countOf(({ click }) => Date.parse(click.timestamp) >= Date.now() - 100 * 3_600_000);
  expect(await clicksOf("start=100 hours ago&exact=true")).toBe(recent);
  expect(await clicksOf("end=2020-01-01")).toBe(sent.length);
  const hours = await (await ask("groupBy=timeseries&start=2026-08-01&end=2026-08-03")).json();
  expect([hours.length, hours[0].start]).toEqual([72, "2026-08-01T00:00:00.000+0000"]);
  const days = await (await ask("groupBy=timeseries&start=2026-03-07&end=2026-03-10&timezone=America/New_York")).json();
  expect(days.map(({ start }: { start: string }) => start)).toEqual([
    "2026-03-07T00:00:00.000-0500",
    "2026-03-08T00:00:00.000-0500",
    "2026-03-09T00:00:00.000-0400",
    "2026-03-10T00:00:00.000-0400",
  ]);
  const months = await (await ask("groupBy=timeseries&start=2025-01-31&end=2025-08-01&timezone=Asia/Kolkata")).json();
  expect([months.length, months[0].start]).toEqual([8, "2025-01-01T00:00:00.000+0530"]);
});

test("what can't be read is refused in Dub's form", async () => {
  const refusals: [string, RegExp][] = [
    ["groupBy=nothing", /^invalid_value: groupBy: /],
    ["interval=2d", /^invalid_value: interval: /],
    ["event=opens", /^invalid_value: event: /],
    ["root=1", /^invalid_value: root: /],
    ["limit=0", /^too_small: limit: Use a number/],
    ["limit=many", /^invalid_format: limit: Use a number/],
    ["country=-,", /^custom: country: Add a value/],
    ["region=US-CA,-US-NY", /^custom: region: Write one -/],
    ["customerId=cus_1", /^custom: customerId: /],
    ["partnerTagId=-ptag_1", /^custom: partnerTagId: /],
    ["start=whenever", /^custom: start: /],
    [`query=${"x".repeat(10_001)}`, /^too_big: query: /],
  ];
  for (const [query, message] of refusals) {
    const response = await ask(query);
    const { error } = await response.json();
    expect([response.status, error.code], query).toEqual([422, "unprocessable_entity"]);
    expect(error.message).toMatch(message);
  }
});

test("a link is told as it was stored where its payload has another type", async () => {
  const [odd] = await rowsOf("groupBy=top_links&linkId=link_3");
  expect(odd).toMatchObject({ id: "link_3", domain: "dub.example", key: "_root", shortLink: "https://dub.example" });
  await db().link.update({
    where: { id: "link_3" },
    data: { payload: { url: 5, title: 7 }, url: "https://a.example" },
  });
  expect(await rowsOf("groupBy=top_links&linkId=link_3")).toMatchObject([
    { url: "https://a.example", title: "Spring catalogue", domain: "dub.example" },
  ]);
});

test("what Dub ignores is ignored, and of a repeated parameter the last counts", async () => {
  const all = sent.length;
  expect(await clicksOf("nonsense=1&saleType=new&query=metadata&eventName=Sign up&country=&timezone=Mars/Base")).toBe(
    all,
  );
  expect(await clicksOf("country=DE&country=US")).toBe(await clicksOf("country=US"));
  expect(await clicksOf("__proto__=1&constructor=2&toString=3")).toBe(all);
});

test("a header that isn't a key is a bad request, and a session gets the pages' own answer", async () => {
  const refused = await ask("", { authorization: "footfall_abc" });
  expect([refused.status, (await refused.json()).error.code]).toEqual([400, "bad_request"]);
  expect((await ask("", {})).status).toBe(401);
  const cookie = await signedIn();
  const own = await (await ask("interval=all", cookie)).json();
  expect(own).toMatchObject({ clicks: sent.length, visitors: expect.any(Number) });
  expect((await ask("contry=DE", cookie)).status).toBe(422);
});

test("a limited key sees its links only, in every grouping", async () => {
  ({ authorization } = await madeKey({ name: "Limited", links: { folderId: ["fold_1"] }, perMinute: 1_000 }));
  const own = countOf(({ link }) => link.folderId === "fold_1");
  expect(await clicksOf("")).toBe(own);
  expect(await clicksOf("linkId=link_3")).toBe(0);
  expect(await clicksOf("domain=dub.example&key=_root")).toBe(0);
  expect((await rowsOf("groupBy=top_links")).map(({ id }: { id: string }) => id)).toEqual(["link_2"]);
  expect(await rowsOf("groupBy=top_partners")).toMatchObject([{ partnerId: "pn_1" }]);
  expect(await rowsOf("groupBy=top_domains")).toMatchObject([{ domain: "go.example", clicks: own }]);
  const listed = await (await list("interval=all&limit=1000")).json();
  expect(listed.map(({ link_id: id }: { link_id: string }) => id)).toEqual(Array(own).fill("link_2"));
});

const FIELDS = [
  ...["country", "city", "region", "continent", "device", "browser", "os", "trigger", "referer", "refererUrl", "url"],
  ...[
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "domain",
    "linkId",
    "tenantId",
    "partnerId",
  ],
];
const NAMES = [
  ...[
    ...FIELDS,
    "key",
    "externalId",
    "programId",
    "tagId",
    "folderId",
    "tagIds",
    "groupId",
    "customerId",
    "root",
    "qr",
  ],
  ...[
    "event",
    "groupBy",
    "interval",
    "start",
    "end",
    "timezone",
    "exact",
    "unknown",
    "limit",
    "page",
    "sortOrder",
    "bots",
  ],
];
const text = fc.oneof(
  fc.constantFrom(...HOSTILE.filter((one) => one.length < 200)),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.constantFrom(
    "US",
    "Unknown",
    "DE,US",
    "-US",
    "qr",
    "true",
    "count",
    "countries",
    "7d",
    "2026-08-01",
    "-1",
    "yesterday",
  ),
);

test("no parameters make an error of the server", async () => {
  const groupBy = fc.constantFrom("count", "timeseries", "cities", "top_links", "top_link_tags", "top_partners");
  const entries = fc.array(fc.tuple(fc.constantFrom(...NAMES), text), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(groupBy, entries, async (grouping, given) => {
      const query = new URLSearchParams([["groupBy", grouping], ["interval", "all"], ...given]);
      for (const response of [await ask(String(query)), await list(String(query))]) {
        expect([200, 422], String(query)).toContain(response.status);
        await response.json();
      }
    }),
    { numRuns: 150, seed: 7 },
  );
});

test("whatever a filter says, it never counts more, and its opposite counts the rest", async () => {
  const all = sent.length;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...FIELDS), text, async (field, value) => {
      const is = await ask(String(new URLSearchParams({ interval: "all", [field]: value })));
      const without = await ask(String(new URLSearchParams({ interval: "all", [field]: `-${value}` })));
      if (is.status !== 200 || without.status !== 200 || value === "" || value.startsWith("-")) return;
      const [matching, others] = [(await is.json()).clicks, (await without.json()).clicks];
      expect(matching + others, `${field}=${value}`).toBe(all);
    }),
    { numRuns: 150, seed: 11 },
  );
});
