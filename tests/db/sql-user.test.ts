import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { Client } from "pg";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { db } from "@/lib/base/db";
import { WRITE_LOCK } from "@/lib/base/write-lock";
import { closeFunctions, createSqlUser, listSqlUsers, revokeSqlUser } from "@/scripts/sql-user";
import { hostOf } from "./account/host";
import { addressOf, connected, NAME, reader, seed, url } from "./sql-users";

beforeEach(seed);

test("the views have what their version has, and nothing that identifies people", async () => {
  const client = await reader();
  const { rows: columns } = await client.query(
    `select c.relname::text as view, string_agg(a.attname, ' ' order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
     where c.relnamespace = 'analytics'::regnamespace group by 1 order by 1`,
  );
  expect(columns).toEqual([
    {
      view: "clicks_v1",
      columns:
        "seq clicked_at received_at link_id click_id url base_url referer referer_url continent country region city device browser os trigger bot utm_source utm_medium utm_campaign utm_term utm_content",
    },
    {
      view: "links_v1",
      columns: "id domain key short_link url title tags folder_id folder archived created_at deleted_at",
    },
  ]);
  const { rows: clicks } = await client.query("select * from clicks_v1 order by seq");
  expect(clicks).toMatchObject([
    { country: "DE", bot: false, link_id: "a" },
    { country: "US", bot: true, utm_source: "news" },
  ]);
  const { rows: links } = await client.query("select * from analytics.links_v1 order by id");
  expect(links).toMatchObject([
    { id: "a", title: "Spring", tags: ["Second", "First"], folder: "Campaigns", archived: false },
    { id: "b", tags: [], folder: null },
  ]);
  expect(JSON.stringify([clicks, links])).not.toMatch(/203\.0\.113\.7|Agent\/1|hash|token=raw|in the payload/);
});

test("such a user reads nothing else and writes nothing, whatever it sets", async () => {
  const client = await reader();
  const tables = await db().$queryRaw<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public'`;
  expect(tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["public.click", "public.link", 'public."user"', "public.api_key", "public.session"]),
  );
  const refused = (statement: string) =>
    expect(client.query(statement), statement).rejects.toMatchObject({ code: "42501" });
  await expect(client.query("create temp table own (a int)")).rejects.toMatchObject({ code: "25006" });
  for (const setting of ["on", "off"]) {
    await client.query(`set default_transaction_read_only = ${setting}`);
    for (const { name } of tables) {
      await refused(`select * from ${name}`);
      await refused(`select count(*) from ${name}`);
    }
    for (const column of ["ip", "ua", "visitor"]) await refused(`select ${column} from public.click`);
  }
  await refused("delete from analytics.clicks_v1");
  await refused("update analytics.clicks_v1 set url = ''");
  // A view of a join.
  await expect(client.query("delete from analytics.links_v1")).rejects.toMatchObject({ code: "55000" });
  await refused("insert into analytics.clicks_v1 (link_id) values ('x')");
  await refused("insert into public.link (id, payload) values ('x', '{}')");
  await refused("truncate public.click");
  for (const schema of ["public", "analytics"]) {
    await refused(`create table ${schema}.own (a int)`);
    await refused(`create function ${schema}.own() returns int language sql as 'select 1'`);
  }
  await refused("create schema own");
  await refused("create role own");
  await refused("alter view analytics.clicks_v1 set (security_invoker = true)");
  await refused("drop view analytics.clicks_v1");
  await refused(`set role ${new URL(url).username}`);
  await refused(`set session authorization ${new URL(url).username}`);
  await refused("select pg_read_file('postgresql.conf')");
  await refused("copy (select 1) to program 'true'");
  // What the planner knows of columns isn't told either.
  expect((await client.query("select * from pg_stats where schemaname = 'public'")).rows).toEqual([]);
});

test("such a user holds no lock that the server waits for, and stores no large object", async () => {
  const client = await reader();
  const admin = await connected(url);
  expect(await closeFunctions(admin)).toBe(true);
  await client.query("set default_transaction_read_only = off");
  for (const statement of [
    `select pg_advisory_lock(${WRITE_LOCK})`,
    `select pg_try_advisory_xact_lock_shared(${WRITE_LOCK})`,
    "select lo_from_bytea(0, 'kept')",
    "select lo_create(0)",
  ])
    await expect(client.query(statement), statement).rejects.toMatchObject({ code: "42501" });
  // Those who store clicks still can.
  await db().$executeRaw`select pg_advisory_xact_lock_shared(${WRITE_LOCK})`;
});

test("its settings are defaults, its connections are few, and its password is stored as Postgres does", async () => {
  const client = await reader();
  const show = async (name: string) => Object.values((await client.query(`show ${name}`)).rows[0] as object)[0];
  expect(await show("default_transaction_read_only")).toBe("on");
  expect(await show("statement_timeout")).toBe("1min");
  expect(await show("search_path")).toBe("analytics");
  const [role] = await db().$queryRaw<object[]>`
    select rolconnlimit as connections, rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication as more
    from pg_roles where rolname = ${NAME}`;
  expect(role).toEqual({ connections: 5, more: false });
  const { rows } = await (await connected(url)).query("select rolpassword from pg_authid where rolname = $1", [NAME]);
  expect(rows[0].rolpassword).toMatch(/^SCRAM-SHA-256\$4096:/);
  await expect(connected(addressOf(NAME, "wrong"))).rejects.toMatchObject({ code: "28P01" });
});

test("revoking ends connections at once; only users made here can be revoked", async () => {
  const client = await reader();
  const admin = await connected(url);
  await expect(revokeSqlUser(admin, "postgres")).rejects.toThrow("No SQL user is called postgres.");
  await revokeSqlUser(admin, NAME);
  await expect(client.query("select 1")).rejects.toThrow();
  expect(await listSqlUsers(admin)).not.toContain(NAME);
  await expect(revokeSqlUser(admin, NAME)).rejects.toThrow(`No SQL user is called ${NAME}.`);
});

test("nobody is made while everybody may read or create more", async () => {
  const admin = await connected(url);
  await admin.query("grant select on public.folder to public; grant create on schema public to public");
  onTestFinished(async () => {
    const again = new Client({ connectionString: url });
    await again.connect();
    await again.query("revoke select on public.folder from public; revoke create on schema public from public");
    await again.end();
  });
  await expect(createSqlUser(admin, NAME)).rejects.toThrow(
    /read folder: revoke select on folder from public;[\s\S]*create in the schema public: revoke create on schema public from public/,
  );
  expect(await listSqlUsers(admin)).not.toContain(NAME);
});

describe("a database user with few rights", () => {
  const OWNER = `${NAME}_owner`;

  async function poor(): Promise<Client> {
    const admin = await connected(url);
    await admin.query(`create role ${OWNER} login password 'few'`);
    onTestFinished(async () => {
      const again = new Client({ connectionString: url });
      await again.connect();
      await again.query(`drop owned by ${OWNER} cascade; drop role ${OWNER}`);
      await again.end();
    });
    return connected(addressOf(OWNER, "few"));
  }

  test("is given the SQL for an administrator, without the password in it, and it works", async () => {
    const failure = await createSqlUser(await poor(), NAME).catch((error: Error) => error);
    expect(failure).toMatchObject({ message: expect.stringContaining("may not make users") });
    const [about = "", sql = ""] = String((failure as Error).message).split("\n\n");
    const password = /password is then (\S+)/.exec(about)?.[1] ?? "";
    expect(sql).not.toContain(password);
    const admin = await connected(url);
    await admin.query(sql);
    const client = await connected(addressOf(NAME, password));
    expect((await client.query("select count(*)::int as clicks from clicks_v1")).rows).toEqual([{ clicks: 2 }]);
    await revokeSqlUser(admin, NAME);
  });

  test("makes and revokes users itself once it owns the views and may make roles, though it is no superuser", async () => {
    const client = await poor();
    const admin = await connected(url);
    const owned = (owner: string) =>
      admin.query(
        `alter schema analytics owner to ${owner}; alter view analytics.clicks_v1 owner to ${owner};
         alter view analytics.links_v1 owner to ${owner}`,
      );
    await admin.query(`alter role ${OWNER} createrole; grant select on click, link, folder to ${OWNER}`);
    await owned(OWNER);
    const password = await createSqlUser(client, NAME);
    const user = await connected(addressOf(NAME, password));
    expect((await user.query("select count(*)::int as clicks from clicks_v1")).rows).toEqual([{ clicks: 2 }]);
    await revokeSqlUser(client, NAME);
    await expect(user.query("select 1")).rejects.toThrow();
    expect(await listSqlUsers(admin)).not.toContain(NAME);
    await owned(new URL(url).username);
  });

  test("starts without the views, and is told what to grant", async () => {
    const client = await poor();
    const migration = readFileSync("prisma/migrations/022_analytics_views/migration.sql", "utf8");
    const admin = await connected(url);
    await admin.query("drop schema analytics cascade");
    await client.query(migration);
    await expect(createSqlUser(client, NAME)).rejects.toThrow(
      `create schema if not exists analytics authorization ${OWNER};`,
    );
    // Again by the owner, who finds what is missing.
    await admin.query(migration);
    await admin.query(migration);
    await createSqlUser(admin, NAME);
    await revokeSqlUser(admin, NAME);
  });
});

type Run = { code: number; out: string; err: string };
const run = (...words: string[]) =>
  new Promise<Run>((resolve) => {
    const command = ["--conditions=react-server", "--import", "tsx", "scripts/sql-user.ts", ...words];
    execFile(process.execPath, command, { env: hostOf() }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });

test("the command prints the password once, lists, and revokes", async () => {
  const name = `${NAME}_c`;
  const made = await run("create", name);
  expect(made).toMatchObject({ code: 0, err: "" });
  const [, password = "", address = ""] = made.out.trim().split("\n");
  expect(address).toBe(addressOf(name, password));
  const client = await connected(address);
  expect((await client.query("select id from links_v1 order by id")).rows).toEqual([{ id: "a" }, { id: "b" }]);
  expect((await run("list")).out).toContain(name);
  expect((await run("create", name)).err).toContain("already. Choose another name.");
  expect(await run("revoke", name)).toMatchObject({ code: 0 });
  expect((await run("revoke", name)).code).toBe(1);
  const log = await db().audit.findMany({ orderBy: { id: "asc" }, select: { action: true, target: true } });
  expect(log).toEqual([
    { action: "sql-user.create", target: name },
    { action: "sql-user.revoke", target: name },
  ]);
});

test.each([[[]], [["create"]], [["create", "A b"]], [["create", "pg_x"]], [["create", 'x"; drop']], [["list", "a"]]])(
  "%j is refused",
  async (words) => {
    expect((await run(...words)).code).toBe(1);
  },
);
