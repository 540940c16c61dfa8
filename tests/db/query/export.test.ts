import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { exportFile } from "@/lib/api/export";
import { answerAnalytics } from "@/lib/api/v1/analytics";
import { db } from "@/lib/base/db";
import { localIso } from "@/lib/base/time";
import { DIMENSIONS } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { question } from "@/lib/question/question";
import { click, insertClicks, insertLinks, manyClicks, OWNER } from "./rows";

const NOW = new Date("2026-11-15T12:00:00Z");
const filters = (query: string) => filtersFromParams(new URLSearchParams(query), NOW);
const exported = (file: string, query: string) => exportFile(OWNER, filters(query), file);
const records = (text: string): string[][] => parse(text);

/** Content of each file of a ZIP that stores without compression, as its central directory says. */
function unzip(zip: Buffer): Map<string, string> {
  const end = zip.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  const files = new Map<string, string>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    expect(zip.readUInt32LE(at)).toBe(0x02014b50);
    expect(zip.readUInt16LE(at + 10)).toBe(0);
    const [size, nameLength] = [zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28)];
    const header = zip.readUInt32LE(at + 42);
    const content = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    files.set(zip.toString("utf8", at + 46, at + 46 + nameLength), zip.toString("utf8", content, content + size));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

async function seed(): Promise<void> {
  await insertLinks([
    { id: "a", domain: "dub.sh", key: "x", shortLink: "https://dub.sh/x", title: "=cmd|' /C calc'!A0" },
    { id: "b", domain: "dub.sh", key: "y", shortLink: "https://dub.sh/y", url: "https://a.example/?x=1" },
  ]);
  await insertClicks(manyClicks());
}

test("the file of every dimension has the rows of the answer, all of them", async () => {
  await seed();
  const query = "interval=all&country=-DE";
  const guarded = (text: string) => (/^[-=+@]/.test(text) ? `'${text}` : text);
  for (const { key, groupBy, none } of DIMENSIONS) {
    const { rows } = await answer(question(OWNER, { kind: "breakdown", key }, filters(query)));
    const [header, ...body] = records(await (await exported(`${groupBy}.csv`, query)).text());
    const column = key === "city" ? 2 : 0;
    expect(header?.[column]).toBe(key === "linkId" ? "link" : key);
    expect(header?.slice(-2)).toEqual(["visitors", "visitors_certainty"]);
    const clicksAt = header?.indexOf("clicks") ?? -1;
    expect(body.map((record) => [record[column], record[clicksAt]])).toEqual(
      rows.map(({ value, clicks }) => [value === null ? none : guarded(value), String(clicks)]),
    );
  }
});

test("links are exported with what they are, a title that is a formula as text", async () => {
  await seed();
  const [header, ...body] = records(await (await exported("top_links.csv", "interval=all")).text());
  expect(header).toEqual([
    "link",
    "short_link",
    "domain",
    "key",
    "url",
    "title",
    "clicks",
    "visitors",
    "visitors_certainty",
  ]);
  expect(body.find(([id]) => id === "a")?.slice(0, 6)).toEqual([
    "a",
    "https://dub.sh/x",
    "dub.sh",
    "x",
    "",
    "'=cmd|' /C calc'!A0",
  ]);
});

test("cities are exported with their place in codes and names", async () => {
  await seed();
  const [header, ...body] = records(await (await exported("cities.csv", "interval=all&city=Springfield")).text());
  expect(header?.slice(0, 6)).toEqual(["country", "region", "city", "clicks", "country_name", "region_name"]);
  expect(body.map((record) => record.slice(0, 3).join(" ")).sort()).toEqual([
    "US US-IL Springfield",
    "US US-MA Springfield",
    "Unknown NY Springfield",
    "Unknown Unknown Springfield",
  ]);
});

/** Clicks of people who share places, links and hours; the visitors of France are mostly estimated, of Italy partly. */
async function seedVisitors(): Promise<void> {
  await insertLinks([
    { id: "a", domain: "one.example", folderId: "f", tags: ["s", "t"].map((id) => ({ id, name: id })) },
    { id: "b", domain: "one.example", folderId: "f", tags: [{ id: "t", name: "t" }] },
  ]);
  const places = [
    ["US", "US-IL", "Springfield"],
    ["US", "US-MA", "Springfield"],
    ["DE", null, null],
    ["FR", "FR-IDF", "Paris"],
    ["IT", "IT-25", "Milan"],
  ] as const;
  await insertClicks(
    Array.from({ length: 240 }, (_, index) => {
      const [country, region, city] = places[index % 5] ?? [null, null, null];
      const visitorEstimated = country === "FR" ? index % 4 > 0 : country === "IT" && index % 4 === 0;
      const clickedAt = new Date(Date.parse("2026-10-30T00:00:00Z") + index * 47 * 60_000);
      const linkId = ["a", "b", "unknown"][index % 3] ?? "a";
      return click({ linkId, country, region, city, clickedAt, visitor: `v${index % 31}`, visitorEstimated });
    }),
  );
}

const NEW_YORK = "clicked_at at time zone 'America/New_York'";
const TAGGED =
  "click left join link on link.id = link_id left join lateral jsonb_array_elements(link.tags) as tag on true";

// Counted by the database's own means: the clock of its zones, its joins.
test.each([
  ["countries", "coalesce(country, 'Unknown')", "click"],
  [
    "cities",
    "concat_ws(',', coalesce(country, 'Unknown'), coalesce(region, 'Unknown'), coalesce(city, 'Unknown'))",
    "click",
  ],
  ["top_links", "link_id", "click"],
  ["top_folders", "coalesce(folder_id, '(none)')", "click left join link on link.id = link_id"],
  ["top_link_tags", "coalesce(tag->>'id', '(none)')", TAGGED],
  ["hours", `extract(hour from ${NEW_YORK})::text`, "click"],
  ["weekdays", `to_char(${NEW_YORK}, 'dy')`, "click"],
])("%s.csv counts the visitors of each value", async (file, value, from) => {
  await seedVisitors();
  const expected = await db().$queryRawUnsafe<{ value: string; visitors: number; withheld: number; clicks: number }[]>(`
    select ${value} as value, count(distinct visitor)::int as visitors, count(*)::int as clicks,
      (count(*) filter (where visitor_estimated))::int as withheld
    from ${from} group by 1`);
  const text = await (await exported(`${file}.csv`, "interval=all&timezone=America/New_York")).text();
  const [header, ...body] = records(text);
  const columns = file === "cities" ? 3 : 1;
  const found = body.map((record) => [record.slice(0, columns).join(","), ...record.slice(-2)]);
  expect(header?.slice(-2)).toEqual(["visitors", "visitors_certainty"]);
  expect(found.sort()).toEqual(
    expected
      .map(({ value, visitors, withheld, clicks }) => {
        if (withheld > clicks / 2) return [value, "", "unknown"];
        return [value, String(visitors), withheld > 0 ? "at least" : "exact"];
      })
      .sort(),
  );
  // Somebody clicked in several of them.
  const sum = expected.reduce((all, { visitors }) => all + visitors, 0);
  expect(sum).toBeGreaterThan(31);
});

test("how certain visitors are is said of each value", async () => {
  await seedVisitors();
  const body = records(await (await exported("countries.csv", "interval=all")).text());
  const certainties = Object.fromEntries(body.slice(1).map((record) => [record[0], record.at(-1)]));
  expect(certainties).toEqual({ US: "exact", DE: "exact", FR: "unknown", IT: "at least" });
});

test("the API counts visitors of rows on request", async () => {
  await seedVisitors();
  const ask = (query: string) => answerAnalytics(OWNER, filters("interval=all"), new URLSearchParams(query));
  const row = { value: "IT", clicks: 48 };
  expect(await ask("groupBy=countries&search=IT")).toMatchObject({ rows: [row] });
  expect(await ask("groupBy=countries&search=IT")).not.toHaveProperty("rows.0.visitors");
  expect(await ask("groupBy=countries&search=IT&visitors=true")).toMatchObject({
    rows: [{ ...row, visitors: 31, withheld: 12 }],
  });
  await expect(ask("groupBy=count&visitors=true")).rejects.toMatchObject({ code: "unprocessable_entity" });
});

test("the time series is exported with the zone's own starts", async () => {
  await seed();
  const query = "start=2026-10-31&end=2026-11-02&timezone=America/New_York";
  const { points, zone } = await answer(question(OWNER, { kind: "series" }, filters(query)));
  const response = await exported("timeseries.csv", query);
  expect(records(await response.text())).toEqual([
    ["start", "clicks"],
    ...points.map(({ start, clicks }) => [localIso(start, zone), String(clicks)]),
  ]);
  expect(points.map(({ start }) => localIso(start, zone))).toEqual([
    "2026-10-31T00:00:00-04:00",
    "2026-11-01T00:00:00-04:00",
    "2026-11-02T00:00:00-05:00",
  ]);
});

test("a download says what it is and is not kept", async () => {
  const { headers } = await exported("countries.csv", "start=2026-11-01&end=2026-11-10&timezone=Asia/Kathmandu");
  expect(Object.fromEntries(headers)).toEqual({
    "cache-control": "no-store",
    "content-disposition": 'attachment; filename="footfall-countries-2026-11-01_2026-11-10.csv"',
    "content-type": "text/csv; charset=utf-8",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
    "x-footfall-rows": "0",
    "x-footfall-up-to": "0",
  });
});

test.each([
  ["countries.csv", "interval=all", "footfall-countries-all.csv"],
  ["trigger.csv", "end=2026-11-10", "footfall-triggers-until-2026-11-10.csv"],
  ["os.csv", "interval=24h", "footfall-os-2026-11-14_2026-11-15.csv"],
  ["all.zip", "interval=7d", "footfall-all-2026-11-09_2026-11-15.zip"],
])("%s of %j is called %s", async (file, query, name) => {
  const response = await exported(file, query);
  expect(response.headers.get("content-disposition")).toBe(`attachment; filename="${name}"`);
  await response.body?.cancel();
});

test("everything at once is a ZIP of every file, each as it is alone", async () => {
  await seed();
  const query = "start=2026-11-01&end=2026-11-14&device=Mobile&linkId=a&timezone=America/New_York&weekStart=saturday";
  const response = await exported("all.zip", query);
  expect(response.headers.get("content-type")).toBe("application/zip");
  const files = unzip(Buffer.from(await response.arrayBuffer()));
  const words = ["timeseries", ...DIMENSIONS.map(({ groupBy }) => groupBy)];
  expect([...files.keys()]).toEqual(["about.txt", ...words.map((word) => `${word}.csv`), "manifest.json"]);
  const { clicks } = await answer(question(OWNER, { kind: "totals" }, filters(query)));
  const about = files.get("about.txt")?.split("\n") ?? [];
  expect(about.slice(0, 9)).toEqual([
    "Footfall export",
    "",
    "Made: 15 Nov 2026, 07:00",
    "Range: 1 – 14 Nov 2026",
    "Time zone: America/New York, UTC-5",
    "Weeks start on: Saturday",
    "Filters: Device is Mobile; and Link is dub.sh/x",
    "Bots: Clicks by bots are included.",
    `Clicks: ${clicks}`,
  ]);
  for (const word of words) {
    expect(files.get(`${word}.csv`)).toBe(await (await exported(`${word}.csv`, query)).text());
  }
});

test("a download that is given up ends quietly", async () => {
  await seed();
  const { body } = await exported("all.zip", "interval=all");
  const reader = body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  await expect(reader?.cancel(new Error("gone"))).resolves.toBeUndefined();
});

test("more rows than a page would show are all exported", async () => {
  await insertClicks(Array.from({ length: 6_000 }, (_, index) => click({ linkId: "many", utmTerm: `term ${index}` })));
  const body = records(await (await exported("utm_terms.csv", "interval=all&linkId=many")).text());
  expect(body).toHaveLength(6_001);
});

test.each(["countrys.csv", "countries", "countries.zip", "all.csv", "../etc/passwd", "constructor.csv", ""])(
  "there is no file %j",
  async (file) => {
    await expect(exported(file, "")).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining("timeseries, top_links, top_urls"),
    });
  },
);

test.each(["countries.csv", "all.zip"])("%s of what was not understood is refused, not empty", async (file) => {
  await expect(exported(file, "contry=US")).rejects.toMatchObject({
    code: "unprocessable_entity",
    message: "contry: Unknown parameter. Remove it.",
  });
});

test("a ZIP whose series would be too long is refused before it begins", async () => {
  await insertClicks([click({ linkId: "old", clickedAt: new Date("2020-01-01T00:00:00Z") })]);
  await expect(exported("all.zip", "interval=all&granularity=hour")).rejects.toMatchObject({
    code: "unprocessable_entity",
  });
});
