import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { migrate } from "../../scripts/migrate";

const directory = mkdtempSync(join(tmpdir(), "footfall-migrations-"));
const server = new Client({ connectionString: process.env.DATABASE_URL });
const url = new URL(process.env.DATABASE_URL ?? "");
url.pathname += "_empty";
const name = url.pathname.slice(1);
await server.connect();

beforeEach(() => server.query(`create database ${name} template template0`));
afterEach(() => server.query(`drop database ${name} with (force)`));
afterAll(async () => {
  await server.end();
  rmSync(directory, { recursive: true });
});

function write(migrationName: string, sql: string): void {
  mkdirSync(join(directory, migrationName), { recursive: true });
  writeFileSync(join(directory, migrationName, "migration.sql"), sql);
}

async function query(...statements: string[]): Promise<unknown[]> {
  const client = new Client({ connectionString: url.href });
  await client.connect();
  let rows: unknown[] = [];
  for (const sql of statements) rows = (await client.query(sql)).rows;
  await client.end();
  return rows;
}

test("servers that start at once apply each migration once, and a later start applies none", async () => {
  write("001_first", "create table a (id integer);\n");

  const applied = await Promise.all([1, 2, 3].map(() => migrate(url.href, directory)));

  expect(applied.flat()).toEqual(["001_first"]);
  expect(await migrate(url.href, directory)).toEqual([]);
});

test("the history is what Prisma writes: the file's checksum and one finished step", async () => {
  write("001_first", "create table a (id integer);\n");

  await migrate(url.href, directory);

  expect(
    await query(
      `select migration_name, checksum, applied_steps_count, rolled_back_at, logs, finished_at >= started_at as finished
       from _prisma_migrations`,
    ),
  ).toEqual([
    {
      migration_name: "001_first",
      checksum: "3dd2cc979f8f92b00ccddee1465f42613cf9cc7c6d2f27e78964c50659c2b342",
      applied_steps_count: 1,
      rolled_back_at: null,
      logs: null,
      finished: true,
    },
  ]);
});

test("a migration that was changed afterwards is refused", async () => {
  write("001_first", "create table a (id integer);\n");
  await migrate(url.href, directory);
  write("001_first", "create table b (id integer);\n");

  await expect(migrate(url.href, directory)).rejects.toThrow(
    "Migration 001_first differs from the one applied to this database. Restore its file in prisma/migrations, or use another database.",
  );
});

test("a migration that fails half-way changes nothing", async () => {
  write("001_first", "create table a (id integer);\nselect 1 / 0;\n");

  await expect(migrate(url.href, directory)).rejects.toThrow(
    "Migration 001_first failed and changed nothing: error: division by zero (statement 2: select 1 / 0)",
  );
  expect(await query("select from pg_tables where tablename = 'a'")).toEqual([]);
});

test("a migration that can't be split is refused with the reason", async () => {
  write("001_first", "create table a (id integer);\nselect 'a;\n");

  await expect(migrate(url.href, directory)).rejects.toThrow(
    "Migration 001_first failed and changed nothing: SyntaxError: a quote doesn't end: 'a;",
  );
  expect(await query("select from pg_tables where tablename = 'a'")).toEqual([]);
});

test("a migration that waits for a table lets others pass, says so, and goes on when it can", async () => {
  write("001_first", "create table a (id integer);\n");
  await migrate(url.href, directory);
  write("002_second", "alter table a add column b integer;\n");
  const reader = new Client({ connectionString: url.href });
  await reader.connect();
  await reader.query("begin");
  await reader.query("select from a");
  const told: string[] = [];
  const patience = { lockMs: 20, attempts: 2, pauseMs: 0, tell: (line: string) => void told.push(line) };
  await expect(migrate(url.href, directory, patience)).rejects.toThrow("Migration 002_second changed nothing");
  expect(told).toEqual([expect.stringContaining("attempt 1 of 2")]);
  const goOn = { ...patience, tell: () => void reader.query("commit"), attempts: 100 };
  expect(await migrate(url.href, directory, goOn)).toEqual(["002_second"]);
  await reader.end();
  rmSync(join(directory, "002_second"), { recursive: true });
});

const MIGRATIONS = "prisma/migrations";
const CLICK = `insert into click (link_id, click_id, clicked_at, slot, received_at, "trigger", bot, visitor_estimated)
  values ('a', 'b', now(), 0, now(), 'link', false, false)`;
const PERSON = `insert into "user" (id, name, email) values ('u', 'Ann', 'ann@example.com')`;

test.each([
  ["is new", null, "truncated"],
  ["has clicks", CLICK, "full"],
  ["has an account", PERSON, "full"],
])("an installation that %s stores addresses as expected", async (_, before, kept) => {
  const earlier = mkdtempSync(join(directory, "earlier-"));
  for (const name of readdirSync(MIGRATIONS).filter((name) => name < "020"))
    cpSync(join(MIGRATIONS, name), join(earlier, name), { recursive: true });
  await migrate(url.href, earlier);
  if (before) await query(before);
  await migrate(url.href, MIGRATIONS);
  expect(await query("select kept_address, visitor_period, click_days, delivery_days from dataset")).toEqual([
    { kept_address: kept, visitor_period: "never", click_days: null, delivery_days: null },
  ]);
});

/** Everything that migrations make, as Postgres writes it. */
const MADE = `
  select 'column' as kind, format('%s.%s %s: %s %s %s %s', attrelid::regclass, attnum, attname, format_type(atttypid, atttypmod),
    attnotnull, attidentity, pg_get_expr(adbin, adrelid)) as made
  from pg_attribute join pg_class c on c.oid = attrelid left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where attnum > 0 and not attisdropped and c.relnamespace in (select oid from own)
  union all select 'constraint', format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
  from pg_constraint where connamespace in (select oid from own)
  union all select 'index', pg_get_indexdef(indexrelid) from pg_index join pg_class c on c.oid = indexrelid
  where c.relnamespace in (select oid from own)
  union all select 'function', pg_get_functiondef(oid) from pg_proc where pronamespace in (select oid from own)
  union all select 'view', format('%s %s %s', oid::regclass, reloptions, pg_get_viewdef(oid)) from pg_class
  where relkind = 'v' and relnamespace in (select oid from own)
  union all select 'row', to_jsonb(dataset) - 'identity' || '{}' #>> '{}' from dataset`;
const OWN = "select oid from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'";
const DUMP = `with own as (${OWN}) select kind, made from (${MADE}) all_made order by kind, made collate "C"`;

test("migrations that are applied statement by statement make what their whole texts make", async () => {
  await migrate(url.href, MIGRATIONS);
  const split = await query("drop table _prisma_migrations", DUMP);
  await server.query(`drop database ${name} with (force)`);
  await server.query(`create database ${name} template template0`);
  const names = readdirSync(MIGRATIONS).filter((entry) => /^\d/.test(entry));
  const texts = names.sort().map((entry) => readFileSync(join(MIGRATIONS, entry, "migration.sql"), "utf8"));

  expect(split.length).toBeGreaterThan(200);
  expect(await query(...texts, DUMP)).toEqual(split);
});
