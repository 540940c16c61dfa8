import { createHash } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import decoding from "@duckdb/node-api/lib/vectors/dataAccessors.js";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { type ClicksFormat, exportClicks } from "@/lib/api/clicks-file";
import { exportFile } from "@/lib/api/export";
import { db } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { DIMENSIONS } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { COLUMNS } from "@/lib/question/columns";
import { question, type Scope } from "@/lib/question/question";
import { HOSTILE } from "../../naive/hostile";
import { click, insertClicks, insertLinks, manyClicks, OWNER } from "./rows";

const NOW = new Date("2026-11-15T12:00:00Z");
const filters = (query: string) => filtersFromParams(new URLSearchParams(query), NOW);
const ALL = "interval=all";

type Asked = { columns?: string; upTo?: string; scope?: Scope };
const exported = (format: ClicksFormat, query = ALL, { columns, upTo, scope = OWNER }: Asked = {}) =>
  exportClicks(scope, filters(query), columns ?? null, { format, upTo: upTo ?? null });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

type Row = Record<string, unknown>;

/** Rows of a Parquet file, times as ISO text. */
async function fromParquet(bytes: Buffer): Promise<Row[]> {
  const file = join(env().DATA_DIR, "read.parquet");
  writeFileSync(file, bytes);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  // The module's decoder drops a leading U+FEFF.
  Object.assign(decoding, { textDecoder: new TextDecoder("utf-8", { ignoreBOM: true }) });
  const rows = (await connection.runAndReadAll(`select * from '${file}'`)).getRowObjectsJS();
  connection.closeSync();
  instance.closeSync();
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
    ),
  );
}

const fromNdjson = (text: string): Row[] =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));

const WITHOUT = new Map<string, string>(DIMENSIONS.map(({ key, none }) => [key, none]));

/** A typed row as CSV has it, without the local time. */
const asCsv = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (typeof value === "boolean") return [name, value ? "bot" : "human"];
      return [name, value ?? WITHOUT.get(name) ?? ""];
    }),
  );

const exportsLeft = () => readdirSync(join(env().DATA_DIR, "exports"));
const openStatements = async () =>
  Number(
    (
      await db().$queryRaw<{ n: bigint }[]>`
        select count(*) as n from pg_stat_activity
        where datname = current_database() and query like 'copy (%' and state <> 'idle'`
    )[0]?.n,
  );

async function seed(): Promise<void> {
  await insertLinks([
    { id: "a", shortLink: "https://dub.sh/x" },
    { id: "b", shortLink: "https://dub.sh/y" },
  ]);
  await insertClicks(manyClicks());
}

test("every format has the same clicks in the order of the list", async () => {
  await seed();
  const query = "interval=all&country=-DE&bots=exclude";
  const typed = fromNdjson(await (await exported("ndjson", query)).text());
  const { rows } = await answer(
    question(OWNER, { kind: "clicks", limit: 10_000, before: null, after: null }, filters(query)),
  );
  expect(typed.map(({ clickId }) => clickId)).toEqual(rows.map(({ clickId }) => clickId));
  expect(typed.map(({ time, city, bot }) => [time, city, bot])).toEqual(
    rows.map(({ clickedAt, city, bot }) => [clickedAt.toISOString(), city, bot]),
  );
  expect(await fromParquet(await bytesOf(await exported("parquet", query)))).toEqual(typed);
  const csv: Row[] = parse(await (await exported("csv", query)).text(), { columns: true });
  const guarded = (row: Row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value).replace(/^[-=+@]/, "'$&")]));
  expect(csv.map(({ localTime: _, ...row }) => row)).toEqual(typed.map(asCsv).map(guarded));
});

test("text comes back to the letter, however it was meant", async () => {
  await insertClicks(HOSTILE.map((text, index) => click({ city: text, utmTerm: HOSTILE.at(index - 1) ?? null })));
  const expected = HOSTILE.map((text, index) => ({ city: text, utm_term: HOSTILE.at(index - 1) })).reverse();
  const columns = "city,utm_term";
  expect(fromNdjson(await (await exported("ndjson", ALL, { columns })).text())).toEqual(expected);
  expect(await fromParquet(await bytesOf(await exported("parquet", ALL, { columns })))).toEqual(expected);
  // Of a single column empty text is a row, too.
  expect(await fromParquet(await bytesOf(await exported("parquet", ALL, { columns: "city" })))).toEqual(
    expected.map(({ city }) => ({ city })),
  );
  for (const delimiter of ["comma", "semicolon", "tab"] as const) {
    const response = await exportClicks(OWNER, filters(ALL), columns, { delimiter });
    const separator = { comma: ",", semicolon: ";", tab: "\t" }[delimiter];
    const body: string[][] = parse(await response.text(), { delimiter: separator, from: 2 });
    const plain = body.map((record) => record.map((text) => text.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, "")));
    expect(plain).toEqual(expected.map(({ city, utm_term }) => [city, utm_term]));
  }
});

test("whatever parts the fields, no spreadsheet finds a formula", async () => {
  const formula = "=cmd|' /C calc'!A0";
  await insertClicks([click({ referer: formula, utmTerm: "a;=1", city: "b\t=1", utmSource: "c,=1" })]);
  const columns = "referer,utm_term,city,utm_source";
  const lines = async (delimiter: "comma" | "semicolon" | "tab") =>
    (await (await exportClicks(OWNER, filters(ALL), columns, { delimiter, bom: true })).text()).split("\n")[1];
  expect(await lines("comma")).toBe(`'${formula},"a;=1","b\t=1","c,=1"`);
  expect(await lines("semicolon")).toBe(`'${formula};"a;=1";"b\t=1";"c,=1"`);
  expect(await lines("tab")).toBe(`'${formula}\t"a;=1"\t"b\t=1"\t"c,=1"`);
});

test("times of a CSV are by the zone's clocks, or all in UTC", async () => {
  await insertClicks([click({ clickedAt: new Date("2026-11-01T05:30:00.120Z") })]);
  const query = "start=2026-11-01&end=2026-11-01&timezone=America/New_York&granularity=hour";
  const utc = await exportClicks(OWNER, filters(query), "time", { utc: true });
  expect(await utc.text()).toBe("time\n2026-11-01T05:30:00.120Z\n");
  const series = await (await exportFile(OWNER, filters(query), "timeseries.csv", { utc: true })).text();
  expect(series.split("\n").slice(0, 3)).toEqual([
    "start,clicks",
    "2026-11-01T04:00:00.000Z,0",
    "2026-11-01T05:00:00.000Z,1",
  ]);
});

test("a file says how many rows it has, and is the same again up to the same click", async () => {
  await seed();
  for (const format of ["csv", "ndjson", "parquet"] as const) {
    const response = await exported(format);
    const upTo = response.headers.get("x-footfall-up-to") ?? "";
    const first = await bytesOf(response);
    const count = Number(response.headers.get("x-footfall-rows"));
    expect(count).toBe(await db().click.count());
    // Also clicks that come late.
    await insertClicks([click({ linkId: format }), click({ linkId: format, clickedAt: new Date("2020-01-01") })]);
    const again = await exported(format, ALL, { upTo });
    expect(again.headers.get("x-footfall-up-to")).toBe(upTo);
    expect((await bytesOf(again)).equals(first)).toBe(true);
    expect((await exported(format)).headers.get("x-footfall-rows")).toBe(String(count + 2));
  }
  await expect(exported("csv", ALL, { upTo: "-1" })).rejects.toMatchObject({ code: "unprocessable_entity" });
  await expect(exported("csv", ALL, { upTo: "1e3" })).rejects.toMatchObject({ code: "unprocessable_entity" });
});

/** Adds clicks of a link `many`, a second apart, every third without a city. */
const insertMany = (clicks: number) => db().$executeRaw`
  insert into click (link_id, click_id, clicked_at, slot, received_at, trigger, bot, visitor_estimated, city)
  select 'many', 'c' || n, '2026-01-01'::timestamptz + n * interval '1 second', 0, now(), 'link', false, false,
    case when n % 3 = 0 then null else 'City ' || n % 700 end
  from generate_series(1, ${clicks}) as n`;

/** So many that they are read while they are sent. */
const manyRows = () => insertMany(12_000);

test("clicks that come while a file is read aren't in it", async () => {
  await manyRows();
  for (const format of ["csv", "ndjson", "parquet"] as const) {
    const response = await exported(format);
    const reader = response.body?.getReader();
    const chunks: Uint8Array[] = [];
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      if (chunks.push(part.value) === 1)
        await insertClicks([click({ linkId: format, clickedAt: new Date("2020-01-01") })]);
    }
    const bytes = Buffer.concat(chunks);
    if (format === "parquet")
      expect(await fromParquet(bytes)).toHaveLength(Number(response.headers.get("x-footfall-rows")));
    else
      expect(bytes.toString().split("\n").length - (format === "csv" ? 2 : 1)).toBe(
        Number(response.headers.get("x-footfall-rows")),
      );
  }
});

test("files that were asked for one after the other break off when clicks were deleted meanwhile", async () => {
  await manyRows();
  const zip = await exportFile(OWNER, filters(ALL), "all.zip");
  await db().$executeRaw`update dataset set generation = generation + 1`;
  await expect(zip.arrayBuffer()).rejects.toThrow();
});

test.each(["csv", "ndjson", "parquet"] as const)("%s that is given up leaves nothing behind", async (format) => {
  await manyRows();
  const { body } = await exported(format);
  const reader = body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  await reader?.cancel(new Error("gone"));
  await expect.poll(openStatements).toBe(0);
  if (format === "parquet") await expect.poll(exportsLeft).toEqual([]);
  // Nor does one that nobody begins to read.
  await (await exported(format)).body?.cancel();
  await expect.poll(openStatements).toBe(0);
  if (format === "parquet") await expect.poll(exportsLeft).toEqual([]);
});

test("a Parquet file of several groups of rows is whole", async () => {
  await insertMany(150_000);
  const rows = await fromParquet(await bytesOf(await exported("parquet", ALL, { columns: "clickId,city" })));
  expect(rows).toHaveLength(150_000);
  expect(rows.every(({ clickId }, index) => clickId === `c${150_000 - index}`)).toBe(true);
  expect(rows.filter(({ city }) => city === null)).toHaveLength(50_000);
  // Nothing is a file with its columns, too.
  expect(await fromParquet(await bytesOf(await exported("parquet", "linkId=none")))).toEqual([]);
});

test("who sees some links gets their clicks, without what is hidden", async () => {
  await seed();
  const scope: Scope = { links: [{ field: "linkId", op: "is", values: ["a"] }], hidden: ["city", "url"] };
  const own = await db().click.count({ where: { linkId: "a" } });
  const csv: Row[] = parse(await (await exported("csv", ALL, { scope })).text(), { columns: true });
  const ndjson = fromNdjson(await (await exported("ndjson", ALL, { scope })).text());
  const parquet = await fromParquet(await bytesOf(await exported("parquet", ALL, { scope })));
  expect(own).toBeGreaterThan(0);
  for (const rows of [csv, ndjson, parquet]) {
    expect(rows).toHaveLength(own);
    expect(new Set(rows.map(({ linkId }) => linkId))).toEqual(new Set(["a"]));
  }
  expect(new Set(csv.map(({ city, url }) => `${city} ${url}`))).toEqual(new Set(["Unknown (none)"]));
  expect(new Set([...ndjson, ...parquet].map(({ city, url }) => city ?? url))).toEqual(new Set([null]));
  // Nor can they be found by it.
  const hidden = await exported("ndjson", "interval=all&city=Springfield", { scope });
  expect(await hidden.text()).toBe("");
});

test("the typed formats have the columns that are named, in their order", async () => {
  await insertClicks([click({ country: "DE" })]);
  const columns = "country,received,linkId";
  const [row] = fromNdjson(await (await exported("ndjson", ALL, { columns })).text());
  expect(Object.keys(row ?? {})).toEqual(["country", "received", "linkId", "shortLink"]);
  const all = fromNdjson(await (await exported("ndjson")).text());
  const names = COLUMNS.flatMap(({ key }) => (key === "linkId" ? [key, "shortLink"] : [key]));
  expect(Object.keys(all[0] ?? {})).toEqual(names);
});

/** Files of a ZIP that stores without compression. */
function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [size, nameLength, header] = [
      zip.readUInt32LE(at + 24),
      zip.readUInt16LE(at + 28),
      zip.readUInt32LE(at + 42),
    ];
    const content = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    files.set(zip.toString("utf8", at + 46, at + 46 + nameLength), zip.subarray(content, content + size));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

test("a ZIP's manifest says what its files are, and they add up to what the page says", async () => {
  await seed();
  const query = "start=2026-10-01&end=2026-11-14&bots=exclude&timezone=America/New_York&compare=previous";
  const asked = filters(query);
  const response = await exportFile(OWNER, asked, "all.zip", { query });
  const files = unzip(await bytesOf(response));
  const manifest = JSON.parse(files.get("manifest.json")?.toString() ?? "");
  // Nothing is known of the visitors of these clicks.
  const { clicks, links } = await answer(question(OWNER, { kind: "totals" }, { ...asked, comparison: null }));
  expect(clicks).toBeGreaterThan(0);
  expect(manifest).toMatchObject({
    made: NOW.toISOString(),
    range: { interval: null, from: asked.range.from?.toISOString(), to: asked.range.to?.toISOString() },
    comparison: { kind: "previous", from: asked.comparison?.from.toISOString() },
    zone: "America/New_York",
    weekStart: "monday",
    filters: { words: "None: all clicks in the range.", query },
    bots: "exclude",
    upTo: response.headers.get("x-footfall-up-to"),
    totals: { clicks, visitors: null, visitorsCertainty: "unknown", links },
  });
  expect([...files.keys()]).toEqual([...manifest.files.map(({ name }: { name: string }) => name), "manifest.json"]);
  for (const { name, rows, total, bytes, sha256 } of manifest.files) {
    const content = files.get(name) ?? Buffer.alloc(0);
    expect(content).toHaveLength(bytes);
    expect(createHash("sha256").update(content).digest("hex")).toBe(sha256);
    if (!name.endsWith(".csv")) continue;
    const records: Record<string, string>[] = parse(content, { columns: true });
    expect(records).toHaveLength(rows);
    expect(total).toBe(clicks);
    // A click may have several tags.
    if (name !== "top_link_tags.csv") expect(records.reduce((sum, row) => sum + Number(row.clicks), 0)).toBe(clicks);
  }
});
