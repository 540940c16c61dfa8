import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { WRITE_LOCK } from "@/lib/base/write-lock";
import { deleteClicks } from "@/lib/deliveries/delete-clicks";
import { openDuckDb } from "@/lib/engines/duckdb/database";
import { click, insertClicks } from "../query/rows";
import { counted, newDirectory, newMirror, reached, startProcess, whenDone } from "./mirrors";

const at = (minute: number) => new Date(Date.UTC(2026, 7, 15, 10, minute));
const clicks = (count: number, fields = {}) =>
  insertClicks(Array.from({ length: count }, (_, minute) => click({ clickedAt: at(minute), ...fields })));

test("a mirror fills, then has every click that was stored before it was asked", async () => {
  await clicks(10);
  const mirror = newMirror();
  expect(await reached(mirror, "current")).toMatchObject({
    state: "current",
    clicks: 10,
    progress: null,
    reason: null,
  });
  for (let n = 1; n <= 20; n++) {
    await db().click.create({ data: click({ clickId: `more_${n}` }) });
    expect(await counted(mirror)).toBe(10 + n);
  }
  expect(mirror.status().clicks).toBe(30);
});

test("until it is filled, Postgres has to answer", async () => {
  await clicks(3);
  const mirror = newMirror();
  expect(mirror.status().state).toBe("filling");
  expect(await counted(mirror)).toBeNull();
  await reached(mirror, "current");
  expect(await counted(mirror)).toBe(3);
});

test("an empty database has a mirror too", async () => {
  const mirror = newMirror();
  await reached(mirror, "current");
  expect(await counted(mirror)).toBe(0);
  await clicks(1);
  expect(await counted(mirror)).toBe(1);
});

test("two servers' mirrors of one database both have what either stored", async () => {
  const [one, two] = [newMirror(), newMirror()];
  await Promise.all([reached(one, "current"), reached(two, "current")]);
  for (let n = 1; n <= 5; n++) {
    await db().click.create({ data: click({ clickId: `more_${n}` }) });
    expect(await Promise.all([counted(one), counted(two)])).toEqual([n, n]);
  }
});

test("a mirror that is opened again goes on where it was", async () => {
  await clicks(10);
  const directory = newDirectory();
  const first = newMirror(directory);
  await reached(first, "current");
  await first.close();
  await db().click.create({ data: click({ clickId: "meanwhile" }) });
  const second = newMirror(directory);
  await reached(second, "current");
  expect(await counted(second)).toBe(11);
});

test("deleted clicks are gone from every mirror", async () => {
  await clicks(10);
  await clicks(5, { linkId: "b" });
  const mirror = newMirror();
  await reached(mirror, "current");
  expect(await deleteClicks({ linkId: "a" })).toMatchObject({ clicks: 10 });
  expect(await counted(mirror)).toBeNull();
  await reached(mirror, "current");
  expect(await counted(mirror)).toBe(5);
  expect(await deleteClicks({ before: at(2) })).toMatchObject({ clicks: 2 });
  await counted(mirror);
  await reached(mirror, "current");
  expect(await counted(mirror)).toBe(3);
});

/** Everything that stands in the files of a mirror. */
const bytesOf = (directory: string) =>
  readdirSync(directory)
    .map((name) => readFileSync(join(directory, name), "latin1"))
    .join("");

test("what was deleted can be read in no file of a mirror any more", async () => {
  const city = "Deletionville-on-Sea";
  await clicks(50, { linkId: "a", city });
  await clicks(2, { linkId: "b" });
  const directory = newDirectory();
  const mirror = newMirror(directory);
  await reached(mirror, "current");
  await deleteClicks({ linkId: "a" });
  await counted(mirror);
  await reached(mirror, "current");
  expect(await counted(mirror)).toBe(2);
  await mirror.close();
  expect(bytesOf(directory)).not.toContain(city);
});

test("its database reads and writes no other file, and lets nobody change that", async () => {
  const directory = newDirectory();
  const duckdb = await openDuckDb(directory, 128 * 1024 ** 2);
  whenDone(() => duckdb.close());
  for (const sql of [
    "select * from read_text('/etc/passwd')",
    `copy (select 1) to '${directory}-elsewhere.csv'`,
    "set enable_external_access = true",
  ])
    await expect(duckdb.read(sql, [])).rejects.toThrow(/disabled|Cannot/);
  const modes = [directory, join(directory, "clicks.duckdb")].map((path) => statSync(path).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600]);
});

test("a writer that hangs is asked about a few times, and then left alone for a while", async () => {
  await clicks(3);
  const mirror = newMirror();
  await reached(mirror, "current");
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const hanging = db().$transaction(
    async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock_shared(${WRITE_LOCK})`;
      await held;
    },
    { timeout: 60_000 },
  );
  await db().click.create({ data: click({ clickId: "meanwhile" }) });
  expect(await counted(mirror)).toBeNull();
  // Others who take the lock are not made to wait behind questions any more.
  const asked = Array.from({ length: 20 }, () => counted(mirror));
  await db().$executeRaw`select pg_advisory_xact_lock_shared(${WRITE_LOCK})`;
  expect(await Promise.all(asked)).toEqual(asked.map(() => null));
  release();
  await hanging;
  await expect.poll(() => counted(mirror), { timeout: 60_000 }).toBe(4);
});

test("a deletion that finds nothing leaves every mirror as it is", async () => {
  await clicks(3);
  const mirror = newMirror();
  await reached(mirror, "current");
  expect(await deleteClicks({ ip: "203.0.113.7" })).toMatchObject({ clicks: 0 });
  expect(await counted(mirror)).toBe(3);
});

test("with the least memory there is, a mirror fills", async () => {
  await clicks(5_000);
  const mirror = newMirror(newDirectory(), { memory: 64 * 1024 ** 2 });
  await reached(mirror, "current");
  expect(await counted(mirror)).toBe(5_000);
});

test("clicks that keep coming do not keep a mirror from being done", async () => {
  await clicks(100);
  let coming = true;
  const more = (async () => {
    for (let n = 0; coming; n++) await db().click.create({ data: click({ clickId: `more_${n}` }) });
  })();
  const mirror = newMirror();
  await reached(mirror, "current");
  coming = false;
  await more;
  expect(await counted(mirror)).toBe(await db().click.count());
});

test("nothing named deletes nothing", async () => {
  await expect(deleteClicks({})).rejects.toThrow("Choose what to delete.");
});

test("a backup that was restored under a running mirror is what it shows", async () => {
  await clicks(10);
  const mirror = newMirror();
  await reached(mirror, "current");
  // As pg_restore --data-only does it: the same tables, older rows, then as many new ones.
  await db().$executeRaw`truncate click restart identity`;
  await clicks(4, { country: "DE" });
  expect(await counted(mirror)).toBeNull();
  await reached(mirror, "current");
  expect(await counted(mirror)).toBe(4);
  await db().$executeRaw`truncate click restart identity`;
  await clicks(4, { linkId: "other" });
  expect(await counted(mirror)).toBeNull();
  await reached(mirror, "current");
  const rows = await mirror.ask("select distinct link_id from click", []);
  expect(rows).toEqual([{ link_id: "other" }]);
});

test("clicks that were deleted by hand while no mirror ran are gone when one starts", async () => {
  await clicks(10);
  const directory = newDirectory();
  const first = newMirror(directory);
  await reached(first, "current");
  await first.close();
  await db().$executeRaw`delete from click where click_id = 'click_3'`;
  const second = newMirror(directory);
  await reached(second, "current");
  expect(await counted(second)).toBe(9);
});

test("a file that is used by another process is left alone, and Postgres answers", async () => {
  const directory = newDirectory();
  const other = startProcess("asking.ts", directory);
  expect(await other.firstLine).toBe("0");
  const mirror = newMirror(directory);
  const { reason } = await reached(mirror, "unavailable");
  expect(reason).toContain("in use");
  expect(await counted(mirror)).toBeNull();
});

test.each([
  ["not a database", (file: string) => writeFileSync(file, "Clicks, clicks, clicks")],
  ["noise", (file: string) => writeFileSync(file, randomBytes(100_000))],
  [
    "of another shape",
    async (file: string) => {
      const instance = await DuckDBInstance.create(file);
      const connection = await instance.connect();
      await connection.run(
        "create table click (seq bigint); create table state (shape varchar, fingerprint varchar, last bigint, anchor varchar)",
      );
      await connection.run("insert into state values ('seq bigint', 'x', 7, 'y')");
      connection.closeSync();
      instance.closeSync();
    },
  ],
])("a file that is %s is made anew", async (_, spoil) => {
  await clicks(3);
  const directory = newDirectory();
  mkdirSync(directory, { recursive: true });
  await spoil(join(directory, "clicks.duckdb"));
  const mirror = newMirror(directory);
  await reached(mirror, "current");
  expect(await counted(mirror)).toBe(3);
});

test("every text arrives as it is", async () => {
  const texts = [
    "",
    " ",
    "\\N",
    "NULL",
    '"',
    '""',
    'a"b',
    "a,b",
    "a\nb",
    "a\r\nb",
    "\r",
    "\n",
    "\t",
    "'",
    "\\",
    "\\.",
    "é",
    "😀",
    "\u202E",
    "\u0001",
    "x".repeat(300_000),
  ];
  await insertClicks(texts.map((city) => click({ city })));
  const mirror = newMirror();
  await reached(mirror, "current");
  const rows = await mirror.ask("select city from click order by seq", []);
  expect(rows?.map(({ city }) => city)).toEqual(texts);
});

test("an answer for the same data is not computed again", async () => {
  await clicks(3);
  const mirror = newMirror();
  await reached(mirror, "current");
  const sql = "select random() as number from click";
  const first = await mirror.ask(sql, []);
  expect(await mirror.ask(sql, [])).toEqual(first);
  await db().click.create({ data: click({ clickId: "more" }) });
  expect(await mirror.ask(sql, [])).toHaveLength(4);
  expect(await mirror.ask(sql, [])).not.toEqual(first);
});

test("a question that DuckDB cannot answer is left to Postgres, and the next one is answered", async () => {
  const mirror = newMirror();
  await reached(mirror, "current");
  expect(await mirror.ask("select nothing from nowhere", [])).toBeNull();
  expect(await counted(mirror)).toBe(0);
});
