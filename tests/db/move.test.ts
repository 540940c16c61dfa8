import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { Client } from "pg";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { isMoving } from "@/lib/base/sql-state";
import { sealUrl } from "@/lib/deliveries/move/mark";
import { PrismaClient } from "@/lib/generated/prisma/client";
import { migrate } from "../../scripts/migrate";
import { freeze } from "../../scripts/move/freeze";
import { compareAll, forget, move } from "../../scripts/move/move";
import { assertInUse, follow, readMark } from "../../scripts/move/place";
import type { Plan } from "../../scripts/move/sides";
import { readTables } from "../../scripts/move/tables";

const KEY = "a-secret-key-that-only-tests-use-0123456789";
const dataDir = mkdtempSync(join(tmpdir(), "footfall-move-"));
const server = new Client({ connectionString: process.env.DATABASE_URL });
await server.connect();

/** Two databases of this file, with every table. */
const urlOf = (suffix: string): string => {
  const url = new URL(process.env.DATABASE_URL ?? "");
  url.pathname += suffix;
  return url.href;
};
const plan: Plan = {
  ...{ source: urlOf("_from"), target: urlOf("_to"), key: KEY, dataDir },
  ...{ isEmbedded: false, hasSetting: false },
};
const back: Plan = { ...plan, source: plan.target, target: plan.source };

const nameOf = (url: string) => new URL(url).pathname.slice(1);
let source: Client;
let target: Client;
let said = "";

async function open(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return client;
}

beforeEach(async () => {
  for (const url of [plan.source, plan.target]) {
    await server.query(`create database ${nameOf(url)} template template0`);
    await migrate(url);
  }
  [source, target] = [await open(plan.source), await open(plan.target)];
  said = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said += text;
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all([source.end(), target.end()]);
  for (const url of [plan.source, plan.target]) await server.query(`drop database ${nameOf(url)} with (force)`);
  rmSync(join(dataDir, "database-url"), { force: true });
});
afterAll(async () => {
  await server.end();
  rmSync(dataDir, { recursive: true });
});

/** Clicks of links whose ids hold whatever a text may hold, over some days, and rows of tables that refer to each other. */
const FILL = `
  insert into click (link_id, click_id, clicked_at, slot, received_at, trigger, bot, visitor_estimated, ip)
  select (array['a', E'b\\tc', '\\N', E'd''\\\\e', 'ü𝄞', ''])[1 + i % 6], 'c' || i, '2026-01-01Z'::timestamptz + i * interval '1 hour',
    0, '2026-02-01Z', 'link', false, false, case when i % 3 = 0 then null else '203.0.113.' || i % 200 end
  from generate_series(1, 600) i;
  insert into link (id, payload) select 'l' || i, jsonb_build_object('id', i, 'name', E'x\\ty\\n') from generate_series(1, 50) i;
  insert into delivery (received_at, outcome, reason, body) select '2026-01-01Z'::timestamptz + i * interval '5 hours',
    (array['duplicate', 'quarantined'])[1 + i % 2], 'why', decode('00ff5c', 'hex') from generate_series(1, 60) i;
  insert into "user" (id, name, email) values ('u', 'N', 'n@example.com');
  insert into session (id, expires_at, token, user_id) values ('s', now(), 't', 'u');
  insert into saved_view (id, name, path, query, owner_id, shared) values ('v', 'V', '/', '', 'u', true);
  insert into pinned_view (user_id, view_id) values ('u', 'v');
  insert into spool_position (spool, segment, "position", file) values ('spool', 3, 4, 'file');
  insert into folder values ('f', 'Folder')`;

/** What an earlier run has copied by now. */
async function copyBefore(sql: string): Promise<void> {
  const { rows } = await source.query("select identity from dataset");
  await target.query(sql);
  await target.query(
    `insert into "move" (id, role, state, identity, place, at) values (1, 'target', 'copying', $1, 'there', now())`,
    [rows[0].identity],
  );
}

test("everything is the same in the end, whatever was changed, deleted or sent again since an earlier run", async () => {
  await source.query(FILL);
  const clicks = `insert into click (link_id, click_id, clicked_at, seq, slot, received_at, trigger, bot, visitor_estimated, ip)
    overriding system value
    select link_id, click_id, clicked_at, seq, slot, received_at, trigger, bot, visitor_estimated, ip from rows`;
  const { rows } = await source.query(`select json_agg(c) as rows from click c where seq <= 500`);
  const given = JSON.stringify(rows[0].rows).replaceAll("'", "''");
  await copyBefore(`with rows as (select * from json_populate_recordset(null::click, '${given}')) ${clicks}`);
  // A click that was deleted and came again, one that went for good, an address that was cut, and a link that changed.
  await source.query(`
    with gone as (delete from click where click_id = 'c7' returning *)
    insert into click (link_id, click_id, clicked_at, slot, received_at, trigger, bot, visitor_estimated)
    select link_id, click_id, clicked_at, slot, received_at, trigger, bot, visitor_estimated from gone;
    delete from click where click_id = 'c8';
    update click set ip = null where click_id = 'c100'`);

  await move(plan, false);

  expect(said).toContain("Clicks were deleted and sent again meanwhile");
  expect(await compareAll(plan)).toBe(true);
  const numbers = async (client: Client) =>
    (
      await client.query(
        "select nextval(pg_get_serial_sequence('click', 'seq')) as click, nextval(pg_get_serial_sequence('delivery', 'id')) as delivery",
      )
    ).rows;
  expect(await numbers(target)).toEqual([{ click: "602", delivery: "61" }]);
  expect((await target.query("select count(*)::int as n, max(seq)::int as last from click")).rows).toEqual([
    { n: 599, last: 601 },
  ]);
  expect(await readMark(plan.source)).toMatchObject({ role: "source", state: "moved" });
  expect(await readMark(plan.target)).toMatchObject({ role: "target", state: "done" });
  expect(readFileSync(join(dataDir, "database-url"), "utf8").trim()).toBe(plan.target);
});

test("both sides lead to where the data is, there and back, and only the database in use can be started on", async () => {
  await source.query(FILL);
  for (const [client, name] of [
    [source, "left_here"],
    [target, "from_others"],
  ] as const)
    await client.query(`create table ${name} as select 1 as id`);
  await move(plan, false);
  expect(said).toContain("Not Footfall’s, and left where they are: left_here");
  expect(await follow(plan.source, KEY, null)).toBe(plan.target);
  await expect(follow(plan.source, "another key than that", null)).rejects.toThrow("can’t be read with this key");
  await assertInUse(plan.target);
  await expect(source.query("delete from link")).rejects.toThrow("being moved");
  await expect(source.query("truncate pinned_view")).rejects.toThrow("being moved");

  await target.query("delete from click where link_id = 'a'; update folder set name = 'Later'");
  await move(back, false);

  expect(said).toContain("It is replaced.");
  expect(await compareAll(back)).toBe(true);
  expect(await follow(plan.target, KEY, null)).toBe(plan.source);
  await source.query("delete from link");
  await expect(target.query("delete from link")).rejects.toThrow("being moved");

  await expect(forget({ ...back, target: back.source })).rejects.toThrow();
  await forget(plan);
  expect((await target.query("select count(*)::int as n from click")).rows).toEqual([{ n: 0 }]);
  expect((await target.query("select id from from_others")).rows).toEqual([{ id: 1 }]);
  await move(plan, true);
  expect(said).toContain("Nothing was changed.");
});

test("a difference after the copy changes nothing, says what differs, and lets writers go on", async () => {
  await source.query(FILL);
  await target.query(`
    create function spoil() returns trigger language plpgsql as $$ begin new.name := 'other'; return new; end $$;
    create trigger spoil before insert on folder for each row execute function spoil()`);

  await expect(move(plan, false)).rejects.toThrow(
    "Nothing has changed: the two databases differ after the copy.\n  folder: 1 rows here, 1 there, with other values",
  );

  expect(await readMark(plan.source)).toBeNull();
  await source.query("update folder set name = 'mine'");
  expect((await source.query("select from pg_trigger where tgname = 'refuse_while_moving'")).rowCount).toBe(0);
  await expect(assertInUse(plan.target)).rejects.toThrow("isn’t finished");
  await forget(plan);
  expect((await target.query('select from "user"')).rowCount).toBe(0);
});

const tablesOf = async () => {
  const { large, small } = await readTables(source);
  return [...large, ...small];
};
const MARK = { identity: "x", place: "there", sealed: sealUrl("postgresql://there/x", KEY) };

test("a freeze waits for what is being written, then refuses every writer at once while reading goes on", async () => {
  await source.query(FILL);
  const writer = await open(plan.source);
  await writer.query("begin; insert into folder values ('late', 'Late')");
  let isHeld = false;
  const freezing = freeze(plan.source, await tablesOf()).then((held) => {
    isHeld = true;
    return held;
  });
  await vi.waitFor(async () => {
    const waiting = await server.query("select from pg_locks where not granted");
    expect(waiting.rowCount).toBeGreaterThan(0);
  });
  expect(isHeld).toBe(false);
  await writer.query("commit");
  const held = await freezing;

  for (const sql of [
    "delete from click where false",
    "update dataset set generation = 1",
    "insert into folder values ('x', 'X')",
  ])
    await expect(writer.query(sql)).rejects.toMatchObject({ code: "FF001" });
  expect((await writer.query("select count(*)::int as n from folder")).rows).toEqual([{ n: 2 }]);

  // However the product writes, it knows why.
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: plan.source }) });
  const refused = await Promise.all(
    [
      prisma.folder.create({ data: { id: "x", name: "X" } }),
      prisma.folder.updateMany({ data: { name: "X" } }),
      prisma.$executeRaw`delete from click`,
      prisma.$transaction(async (tx) => tx.session.deleteMany()),
    ].map((work) => work.then(() => "written", isMoving)),
  );
  await prisma.$disconnect();
  expect(refused).toEqual([true, true, true, true]);

  await held.end();
  await writer.query("insert into folder values ('x', 'X')");
  await writer.end();
});

test("a freeze whose session ends lets writers go on, and can’t cut over any more", async () => {
  const held = await freeze(plan.source, await tablesOf());
  await server.query(
    `select pg_terminate_backend(l.pid) from pg_locks l where l.locktype = 'advisory' and l.objid = 7041778 and l.granted
       and l.database = (select oid from pg_database where datname = '${nameOf(plan.source)}')`,
  );
  await vi.waitFor(() => source.query("insert into folder values ('x', 'X')"));
  await expect(held.cutOver(MARK)).rejects.toThrow();
  await vi.waitFor(() => expect(() => held.assertHeld()).toThrow("Nothing has changed"));
  expect(await readMark(plan.source)).toBeNull();
  await held.end();
});

test("a mark is followed to the data that was moved, though a crash kept that from being written down, and to no other", async () => {
  await source.query(FILL);
  await move(plan, false);
  await target.query(`update "move" set state = 'ready'`);
  expect(await follow(plan.source, KEY, null)).toBe(plan.target);
  await assertInUse(plan.target);
  await target.query("update dataset set identity = 'another'");
  await expect(follow(plan.source, KEY, null)).rejects.toThrow("which has other data as seen from here");
});

test("a run that waits for another one changes nothing in the database that is in use by then", async () => {
  await source.query(FILL);
  const ended = await Promise.allSettled([move(plan, false), move(plan, false)]);
  const failures = ended.flatMap((run) => (run.status === "rejected" ? [String(run.reason)] : []));
  expect(failures).toEqual([expect.stringContaining("meanwhile. Nothing was changed.")]);
  expect((await target.query(`select state from "move"`)).rows).toEqual([{ state: "done" }]);
  await assertInUse(plan.target);
  expect(await compareAll(plan)).toBe(true);
});

test("of two moves at once one is first; the other finds its mark and changes nothing", async () => {
  const first = await freeze(plan.source, await tablesOf());
  const second = freeze(plan.source, await tablesOf());
  second.catch(() => {});
  await first.cutOver(MARK);
  await first.end();
  await expect(second).rejects.toThrow("This installation was moved to there meanwhile.");
});
