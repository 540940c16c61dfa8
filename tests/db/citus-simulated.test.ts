import { Client } from "pg";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSource } from "@/lib/engines/duckdb/source";
import { migrate } from "../../scripts/migrate";

// Citus itself isn't here: these tables and functions have the names and parameters of Citus 14's, and keep the same books.
// What is tested is what Footfall asks of them, not what Citus does with it.
const SIMULATED = [
  "create table pg_dist_local_group (groupid int)",
  "insert into pg_dist_local_group values (0)",
  "create type noderole as enum ('primary', 'secondary', 'unavailable')",
  `create table pg_dist_node (nodeid int generated always as identity, groupid int, nodename text, nodeport int default 5432,
     isactive boolean default true, noderole noderole default 'primary', shouldhaveshards boolean default true)`,
  `create table pg_dist_partition (logicalrelid regclass, partmethod "char", partkey text, colocationid int, repmodel "char")`,
  "create table pg_dist_object (classid oid, objid oid, objsubid int)",
  "create table asked (id int generated always as identity, what text)",
  "create function column_to_column_name(table_name regclass, column_var_text text) returns text language sql as 'select $2'",
  `create function create_reference_table(table_name regclass) returns void language sql as $$
     insert into asked (what) values (format('reference %s', $1));
     insert into pg_dist_partition values ($1, 'n', null, 1, 't') $$`,
  `create function create_distributed_table(table_name regclass, distribution_column text, distribution_type text default 'hash',
       colocate_with text default 'default', shard_count int default null) returns void language plpgsql as $$
     begin
       if shard_count is not null and colocate_with not in ('default', 'none') then
         raise exception 'Cannot use colocate_with with a table and shard_count at the same time';
       end if;
       execute format('lock table %s in exclusive mode', table_name);
       insert into asked (what) values (concat_ws(' ', 'distribute', table_name, distribution_column, colocate_with, shard_count));
       insert into pg_dist_partition values (table_name, 'h', distribution_column, 2, 's');
     end $$`,
  `create function truncate_local_data_after_distributing_table(function_name regclass) returns void language plpgsql as $$
     begin
       if not exists (select from pg_dist_partition where logicalrelid = function_name) then
         raise exception 'supplied parameter is not a distributed relation';
       end if;
       insert into asked (what) values (format('truncate %s', function_name));
       execute format('truncate %s', function_name);
     end $$`,
  `create function create_distributed_function(function_name regprocedure, distribution_arg_name text default null,
       colocate_with text default 'default') returns void language sql as $$
     insert into asked (what) values (format('function %s', $1));
     insert into pg_dist_object values ('pg_proc'::regclass, $1, 0) $$`,
];
const WORKER = "insert into pg_dist_node (groupid, nodename) values (1, 'worker')";

const server = new Client({ connectionString: process.env.DATABASE_URL });
const url = new URL(process.env.DATABASE_URL ?? "");
url.pathname += "_citus";
const name = url.pathname.slice(1);
await server.connect();
let client = new Client();

beforeEach(async () => {
  await server.query(`create database ${name} template template0`);
  client = new Client({ connectionString: url.href });
  client.on("error", () => {});
  await client.connect();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await client.end();
  await server.query(`drop database ${name} with (force)`);
});
afterAll(() => server.end());

async function simulate(...more: string[]): Promise<void> {
  for (const statement of [...SIMULATED, ...more]) await client.query(statement);
}

/** Starts a server, so to speak. @returns what it said */
async function start(patience = {}): Promise<string[]> {
  const said: string[] = [];
  const tell = (line: string) => void said.push(line);
  await migrate(url.href, "prisma/migrations", { lockMs: 20, attempts: 2, pauseMs: 0, tell, ...patience });
  return said;
}

async function asked(): Promise<string[]> {
  const { rows } = await client.query<{ what: string }>("select what from asked order by id");
  return rows.map(({ what }) => what);
}

const CLICK = `insert into click (link_id, click_id, clicked_at, slot, received_at, "trigger", bot, visitor_estimated)
  values ('a', 'b', now(), 0, now(), 'link', false, false)`;

test("an empty coordinator is laid out at its first start, and left alone by the next", async () => {
  await simulate(WORKER);
  expect(await start()).toEqual([
    "Citus: link is on every node.",
    "Citus: click is distributed by link_id in 32 shards.",
    "Citus: destination is distributed by link_id, like click.",
    "Citus: all nodes know the function fold(text).",
  ]);
  const done = [
    "reference link",
    "distribute click link_id none 32",
    "distribute destination link_id click",
    "function fold(text)",
  ];
  expect(await asked()).toEqual(done);
  expect(await start()).toEqual([]);
  expect(await asked()).toEqual(done);
});

test("tables with rows are distributed with them, and their old rows removed", async () => {
  await start();
  await client.query(CLICK);
  vi.stubEnv("CITUS_SHARDS", "8");
  await simulate(WORKER);
  expect(await start()).toContain(
    "Citus: the rows of click that were on the coordinator are removed from it; the shards have them.",
  );
  expect(await asked()).toEqual([
    "reference link",
    "distribute click link_id none 8",
    "truncate click",
    "distribute destination link_id click",
    "function fold(text)",
  ]);
});

test("what a start didn't finish the next one does", async () => {
  await start();
  await client.query(CLICK);
  await simulate(WORKER, "select create_distributed_table('click', 'link_id', shard_count => 4)");
  await start();
  expect((await asked()).slice(1)).toEqual([
    "reference link",
    "truncate click",
    "distribute destination link_id click",
    "function fold(text)",
  ]);
});

test("a table that is in use is waited for, and nothing has changed when it stays so", async () => {
  await start();
  await simulate(WORKER);
  await client.query("begin");
  await client.query("lock table click in exclusive mode");
  await expect(start()).rejects.toThrow(
    "Distributing click changed nothing: another transaction has been using a table",
  );
  await client.query("commit");
  expect(await asked()).toEqual(["reference link"]);
  expect(await start()).toContain("Citus: click is distributed by link_id in 32 shards.");
});

test("what Citus says is passed on, and nothing has changed", async () => {
  await simulate(WORKER);
  await client.query(`create or replace function create_reference_table(table_name regclass) returns void language plpgsql as
    $$ begin raise exception 'connection to the remote node worker:5432 failed'; end $$`);
  await expect(start()).rejects.toThrow(
    "Distributing link failed and changed nothing: error: connection to the remote node worker:5432 failed",
  );
});

test("without a node for shards all tables stay local, which is said; one is enough, and it may be the coordinator", async () => {
  await simulate("insert into pg_dist_node (groupid, nodename, shouldhaveshards) values (0, 'coordinator', false)");
  await client.query("insert into pg_dist_node (groupid, nodename, isactive) values (1, 'worker', false)");
  expect(await start()).toEqual([
    expect.stringContaining("Citus: no node may hold shards, so all tables stay on this server."),
  ]);
  expect(await asked()).toEqual([]);
  await client.query("update pg_dist_node set shouldhaveshards = true where groupid = 0");
  await start();
  expect(await asked()).toContain("distribute click link_id none 32");
});

test("a table that was distributed in another way is left so, with a warning", async () => {
  await start();
  await simulate(WORKER, "select create_distributed_table('click', 'click_id')");
  expect(await start()).toContain(
    "Warning: on this Citus cluster click is distributed by click_id, not distributed by link_id. It is left so, and questions may fail.",
  );
  expect((await asked()).slice(1)).toEqual([
    "reference link",
    "distribute destination link_id none 32",
    "function fold(text)",
  ]);
});

test("a worker is refused by name before anything is made", async () => {
  await simulate("update pg_dist_local_group set groupid = 2");
  await client.query(
    "insert into pg_dist_node (groupid, nodename, nodeport) values (0, 'coordinator', 6543), (2, 'worker', 5432)",
  );
  await expect(start()).rejects.toThrow(
    `The database at ${url.hostname}:${url.port} is a worker of a Citus cluster. Set DATABASE_URL to its coordinator, which it knows as coordinator:6543.`,
  );
  const { rows } = await client.query("select from pg_tables where tablename in ('click', '_prisma_migrations')");
  expect(rows).toEqual([]);
});

test("while a worker holds a prepared transaction, or doesn't answer, no position is settled; what can be ended is ended", async () => {
  await start();
  await simulate(
    "create table worker (success bool, prepared int, mayrecover bool)",
    `create function run_command_on_workers(command text, parallel bool default true)
       returns table (nodename text, nodeport int, success bool, result text) language sql as
       $$ select 'worker', 5432, success, prepared::text from worker $$`,
    `create function recover_prepared_transactions() returns int language plpgsql as $$
       begin
         if exists (select from worker where not mayrecover) then raise exception 'permission denied'; end if;
         update worker set prepared = 0;
         return 1;
       end $$`,
    "insert into worker values (true, 0, false)",
  );
  const source = createSource(url.href, () => {});
  const now = { last: 0n, anchor: null };
  const given = async (row: string) => {
    await client.query(`update worker set (success, prepared, mayrecover) = (${row})`);
    return source.gapFreePosition();
  };
  try {
    expect(await given("true, 0, false")).toEqual(now);
    expect(await given("true, 1, false")).toBeNull();
    expect(await given("false, 0, true")).toBeNull();
    expect(await given("true, 1, true")).toEqual(now);
  } finally {
    await source.close();
  }
});
