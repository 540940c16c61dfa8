import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { localIso } from "@/lib/base/time";
import { DIMENSIONS } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { question } from "@/lib/question/question";
import { click, insertClicks, insertLinks, OWNER } from "./rows";

const NOW = new Date("2026-08-15T12:00:00Z");
const filters = (query: string) => filtersFromParams(new URLSearchParams(query), NOW);
const total = async (query: string) => (await answer(question(OWNER, { kind: "totals" }, filters(query)))).clicks;

async function series(query: string): Promise<[start: string, clicks: number][]> {
  const { points, zone } = await answer(question(OWNER, { kind: "series" }, filters(query)));
  return points.map(({ start, clicks }) => [localIso(start, zone), clicks]);
}

test.each([
  ["country=US", 2],
  ["country=us", 2],
  ["country=US,BR", 3],
  ["country=-US", 3],
  ["country=-IN,VN", 5],
  ["country=-US,Unknown", 2],
  ["country=Unknown", 1],
  ["country=-Unknown", 4],
  ["country=US&device=desktop", 1],
  ["device=desktop,mobile", 3],
  ["os=iOS", 1],
  ["os=windows", 1],
  ["region=US-NY", 1],
  ["region=NY", 2],
  ["region=ny", 2],
  ["region=-NY", 3],
  ["region=NY&country=US", 1],
  ["region=N_", 0],
  ["continent=na", 2],
  ["trigger=qr", 1],
  ["qr=true", 1],
  ["qr=false", 5],
  ["referer=(direct)", 4],
  ["refererUrl=https://b.example/p?q=1", 1],
  ["url=https://a.example/x", 2],
  ["url=https://a.example/x?", 1],
  ["url=https://a.example/x?y=1", 1],
  ["url=https://a.example/x?y=1%26dub_id=9%26fbclid=bob", 1],
  ["baseUrl=https://a.example/x", 2],
  ["utm_source=goo", 0],
  ["utm_source=google", 1],
  ["city=Washington\\, D.C.", 1],
  ["city=-Washington\\, D.C.", 4],
  ["linkId=a", 4],
  ["linkId=-a", 1],
  ["domain=dub.sh", 4],
  ["domain=-dub.sh", 1],
  ["domain=dub.sh&key=promo", 4],
  ["key=_root", 1],
  ["tagId=red", 4],
  ["tagId=red,blue", 4],
  ["tagId=-blue", 1],
  ["tagIds=red", 4],
  ["tagId=none", 0],
  ["tagId=-none", 5],
  ["folderId=f1", 4],
  ["tenantId=t1", 4],
  ["tenantId=-t1", 1],
  ["tenantId=T1", 0],
  ["tenantId.empty=true", 1],
  ["tenantId.empty=false", 4],
  ["externalId=order-7", 4],
  ["externalId=ext_order-7", 4],
  ["externalId=ext_9", 1],
  ["externalId=order-7,ext_9", 5],
  ["programId=prog_1", 1],
  ["partnerId.empty=true", 5],
  ["any.tenantId=t1&any.programId=prog_1", 5],
  ["root=true", 1],
  ["root=false", 4],
  ["bots=only", 1],
])("%j is %i clicks", async (query, clicks) => {
  await insertLinks([
    {
      id: "a",
      domain: "dub.sh",
      key: "promo",
      folderId: "f1",
      tags: [
        { id: "red", name: "Red" },
        { id: "blue", name: "Blue" },
      ],
      payload: { tenantId: "t1", externalId: "order-7", programId: null, partnerId: "" },
    },
    {
      id: "b",
      domain: "b.example",
      key: "_root",
      tags: [{ id: "green", name: "red" }],
      payload: { tenantId: "", externalId: "ext_9", programId: "prog_1" },
    },
  ]);
  await insertClicks([
    click({ continent: "NA", country: "US", region: "US-NY", device: "Desktop", os: "iOS", utmSource: "google" }),
    click({
      continent: "NA",
      country: "US",
      region: "US-DC",
      city: "Washington, D.C.",
      device: "Mobile",
      os: "Windows",
    }),
    click({ country: "BR", url: "https://a.example/x?y=1", baseUrl: "https://a.example/x", bot: true, trigger: "qr" }),
    click({ country: "AU", region: "AU-NY", url: "https://a.example/x", baseUrl: "https://a.example/x" }),
    click({ linkId: "b", device: "Mobile", referer: "b.example", refererUrl: "https://b.example/p" }),
  ]);
  expect(await total(query)).toBe(clicks);
});

test("“is not” keeps clicks whose country is unknown", async () => {
  await insertClicks([click({ country: "US" }), click({ country: "DE" }), click({ country: null })]);
  expect(await answer(question(OWNER, { kind: "breakdown", key: "country" }, filters("country=-US")))).toEqual({
    rows: [
      { value: "DE", clicks: 1 },
      { value: null, clicks: 1 },
    ],
    rowCount: 2,
    total: 2,
  });
});

test("rows come by clicks, then by value, no value last", async () => {
  const browsers = ["Safari", null, null, "Chrome", "Firefox", "Firefox", "Firefox"];
  await insertClicks(browsers.map((browser) => click({ browser })));
  const { rows } = await answer(question(OWNER, { kind: "breakdown", key: "browser" }, filters("")));
  expect(rows).toEqual([
    { value: "Firefox", clicks: 3 },
    { value: null, clicks: 2 },
    { value: "Chrome", clicks: 1 },
    { value: "Safari", clicks: 1 },
  ]);
});

test("names stand in the order of a dictionary, whichever part is asked for", async () => {
  const cities = ["Zürich", "apple", "Äpfel", "Zebra", "banana", "Álava", "Route 10", "Route 9", null];
  await insertClicks(cities.map((city) => click({ city })));
  const sorted = ["Álava", "Äpfel", "apple", "banana", "Route 9", "Route 10", "Zebra", "Zürich", null];
  const ask = async (descending: boolean, offset: number, limit: number | null) => {
    const part = { order: { by: "value", descending }, offset, limit } as const;
    const { rows, rowCount } = await answer(
      question(OWNER, { kind: "breakdown", key: "city", rows: part }, filters("")),
    );
    return { names: rows.map(({ value }) => value), rowCount };
  };
  expect(await ask(false, 0, null)).toEqual({ names: sorted, rowCount: 9 });
  expect(await ask(true, 0, null)).toEqual({ names: [...sorted.slice(0, -1).toReversed(), null], rowCount: 9 });
  expect(await ask(false, 3, 3)).toEqual({ names: sorted.slice(3, 6), rowCount: 9 });
});

test("cities are told apart by their place", async () => {
  await insertClicks([
    click({ city: "Springfield", region: "US-IL", country: "US" }),
    click({ city: "Springfield", region: "US-IL", country: "US" }),
    click({ city: "Springfield", region: "US-MA", country: "US" }),
    click(),
  ]);
  const { rows } = await answer(question(OWNER, { kind: "breakdown", key: "city" }, filters("")));
  expect(rows).toEqual([
    { value: "Springfield", clicks: 2, place: { country: "US", region: "US-IL" } },
    { value: "Springfield", clicks: 1, place: { country: "US", region: "US-MA" } },
    { value: null, clicks: 1, place: { country: null, region: null } },
  ]);
});

test("a condition on links holds for more of them than a statement may have parameters", async () => {
  const ids = Array.from({ length: 70_000 }, (_, index) => `link_${index}`);
  await db().$executeRaw`
    insert into link (id, payload, tags, domain)
    select unnest(cast(${ids} as text[])), '{}', '[{"id": "big", "name": "Big"}]', 'dub.sh'`;
  await insertClicks([click({ linkId: "link_0" }), click({ linkId: "link_69999" }), click({ linkId: "other" })]);
  expect([await total("tagId=big"), await total("domain=-dub.sh"), await total("tagId=big&domain=dub.sh")]).toEqual([
    2, 1, 2,
  ]);
});

test("a range has its start and not its end, to the millisecond", async () => {
  const times = ["09:59:59.999", "10:00:00.000", "10:07:30.000", "10:59:59.999", "11:00:00.000"];
  await insertClicks(times.map((time) => click({ clickedAt: new Date(`2026-08-15T${time}Z`) })));
  const range = "start=2026-08-15T10:00Z&end=2026-08-15T11:00Z";
  expect(await total(range)).toBe(3);
  expect(await series(range)).toEqual([
    ["2026-08-15T10:00:00+00:00", 2],
    ["2026-08-15T10:15:00+00:00", 0],
    ["2026-08-15T10:30:00+00:00", 0],
    ["2026-08-15T10:45:00+00:00", 1],
  ]);
  expect(await series(`${range}&granularity=hour`)).toEqual([["2026-08-15T10:00:00+00:00", 3]]);
  expect(await total("start=2026-08-15T10:07:30Z&end=2026-08-15T10:59:59.999Z")).toBe(1);
});

test("local days of a clock change have their own clicks", async () => {
  const times = ["2026-11-01T03:59:59Z", "2026-11-01T04:00:00Z", "2026-11-02T04:59:59Z", "2026-11-02T05:00:00Z"];
  await insertClicks(times.map((time) => click({ clickedAt: new Date(time) })));
  const zone = "timezone=America/New_York";
  expect(await total(`start=2026-11-01&end=2026-11-01&${zone}`)).toBe(2);
  expect(await series(`start=2026-10-31&end=2026-11-02&granularity=day&${zone}`)).toEqual([
    ["2026-10-31T00:00:00-04:00", 1],
    ["2026-11-01T00:00:00-04:00", 2],
    ["2026-11-02T00:00:00-05:00", 1],
  ]);
});

test("all time begins with the first click, and the granularity fits what there is", async () => {
  expect(await answer(question(OWNER, { kind: "series" }, filters("interval=all")))).toEqual({
    granularity: "day",
    zone: "UTC",
    points: [],
  });
  await insertClicks([click({ clickedAt: new Date("2026-08-13T23:00:00Z") }), click()]);
  expect(await series("interval=all")).toHaveLength(37);
  await insertClicks([click({ clickedAt: new Date("2025-08-14T00:00:00Z") })]);
  expect((await series("interval=all"))[0]).toEqual(["2025-08-01T00:00:00+00:00", 1]);
  expect(await series("interval=all")).toHaveLength(13);
});

test("a click that is ahead of the clock is in all time", async () => {
  await insertClicks([click(), click({ clickedAt: new Date("2026-08-15T13:00:00Z") })]);
  expect(await series("interval=all&granularity=hour")).toEqual([
    ["2026-08-15T10:00:00+00:00", 1],
    ["2026-08-15T11:00:00+00:00", 0],
    ["2026-08-15T12:00:00+00:00", 0],
    ["2026-08-15T13:00:00+00:00", 1],
  ]);
});

test.each([
  ["interval=24h", "hour", 25],
  ["interval=7d", "day", 7],
  ["interval=30d", "day", 30],
  ["interval=90d", "day", 90],
  ["interval=1y", "month", 12],
  ["interval=ytd", "month", 8],
  ["start=2026-08-14&end=2026-08-15", "hour", 48],
  ["start=2026-03-01&end=2026-08-15", "week", 25],
  ["interval=7d&granularity=hour", "hour", 168],
])("%j is by %s: %i buckets", async (query, granularity, length) => {
  const series = await answer(question(OWNER, { kind: "series" }, filters(query)));
  expect({ granularity: series.granularity, length: series.points.length }).toEqual({ granularity, length });
});

test("a granularity that is too fine is refused in words, also when only the clicks tell", async () => {
  const refusal = { code: "unprocessable_entity", message: expect.stringContaining("choose a coarser granularity") };
  await expect(
    answer(question(OWNER, { kind: "series" }, filters("start=2020-01-01&granularity=hour"))),
  ).rejects.toMatchObject(refusal);
  await insertClicks([click({ clickedAt: new Date("2020-01-01T00:00:00Z") })]);
  await expect(
    answer(question(OWNER, { kind: "series" }, filters("interval=all&granularity=hour"))),
  ).rejects.toMatchObject(refusal);
});

const HOSTILE = [
  "' or '1'='1",
  "US'); drop table click; --",
  "\\",
  "\\'; select pg_sleep(9); --",
  "%",
  "_",
  "$1",
  "\0",
  "\u001f",
  "\uD800",
  "'; copy click to program 'id'; --",
];

test("no text in any parameter is more than text", async () => {
  await insertClicks([click({ country: "US" })]);
  await insertLinks([{ id: "a" }]);
  const names = [...DIMENSIONS.map(({ key }) => key), "domain", "key", "tagId", "folderId"];
  for (const text of HOSTILE) {
    const found = await Promise.all(names.map((name) => total(new URLSearchParams([[name, `${text},x`]]).toString())));
    expect({ text, found }).toEqual({ text, found: names.map(() => 0) });
    const { total: links } = await answer(
      question(OWNER, { kind: "links", q: text, sort: "name", page: 1, pageSize: 9 }, filters("")),
    );
    expect({ text, links }).toEqual({ text, links: 0 });
    for (const name of ["interval", "start", "end", "timezone", "granularity", "bots", "root", "qr", "event"]) {
      expect(await total(new URLSearchParams([[name, text]]).toString())).toBe(0);
    }
  }
  expect(await total("")).toBe(1);
});
