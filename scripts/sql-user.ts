import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, DatabaseError, escapeIdentifier, escapeLiteral } from "pg";
import { record } from "@/lib/account/audit/record";
import { withConnection } from "@/scripts/connect";
import { findDatabase } from "@/scripts/database-url";
import { readPassword, SUPERUSER } from "@/scripts/postgres/cluster";
import { isEntry } from "@/scripts/run";
import { Failure, runCommand, say } from "@/scripts/steps";

const HELP = `npm run sql-user -- create NAME
npm run sql-user -- revoke NAME
npm run sql-user -- list

Makes or revokes a user of the database who reads the views analytics.clicks_v1 and analytics.links_v1 and nothing else, for
Grafana and other programs. The password is shown once. The server can keep running. See docs/sql.md.`;

const SCHEMA = "analytics";
const VIEWS = ["analytics.clicks_v1", "analytics.links_v1"];
const MIGRATION = "prisma/migrations/022_analytics_views/migration.sql";
/** Tells users that were made here from others. */
const MARK = "Footfall: reads the views of the schema analytics";
const CONNECTIONS = 5;
const NAME = /^[a-z][a-z0-9_]{0,62}$/;

const ITERATIONS = 4096;

/** What Postgres stores of a password. Sent instead of it, so that no log of statements has the password. */
export function scramOf(password: string, salt: Buffer = randomBytes(16)): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, "sha256");
  const keyOf = (text: string) => createHmac("sha256", salted).update(text).digest();
  const stored = createHash("sha256").update(keyOf("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString("base64")}$${stored}:${keyOf("Server Key").toString("base64")}`;
}

/** The statements that make a user, for whoever may. The settings are defaults; what it may read is what holds. */
function statementsFor(name: string, scram: string): string[] {
  const role = escapeIdentifier(name);
  return [
    `create role ${role} login nosuperuser nocreatedb nocreaterole noinherit noreplication nobypassrls connection limit ${CONNECTIONS} password ${escapeLiteral(scram)}`,
    `comment on role ${role} is ${escapeLiteral(MARK)}`,
    `alter role ${role} set default_transaction_read_only = on`,
    `alter role ${role} set statement_timeout = '60s'`,
    `alter role ${role} set idle_in_transaction_session_timeout = '60s'`,
    // A lock that it takes ends with its session.
    `alter role ${role} set idle_session_timeout = '10min'`,
    `alter role ${role} set search_path = ${SCHEMA}`,
    `grant usage on schema ${SCHEMA} to ${role}`,
    `grant select on ${VIEWS.join(", ")} to ${role}`,
  ];
}

/** Functions that everybody may run: locks, which the server waits for, and large objects, which are stored. */
const OPEN_FUNCTIONS = `proname ~ '^(pg_(try_)?advisory_|lo_|lowrite$)' and pronamespace = 'pg_catalog'::regnamespace`;

/** Leaves those functions to the owner of the tables, if this connection may: a superuser's. @returns whether they are */
export async function closeFunctions(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ mayClose: boolean; owner: string }>(
    `select (select rolsuper from pg_roles where rolname = current_user) as "mayClose",
       (select tableowner from pg_tables where schemaname = 'public' and tablename = 'click') as owner`,
  );
  const [{ mayClose = false, owner = "" } = {}] = rows;
  if (mayClose) {
    const { rows: functions } = await client.query<{ name: string }>(
      `select oid::regprocedure::text as name from pg_proc where ${OPEN_FUNCTIONS}`,
    );
    for (const { name } of functions) {
      await client.query(`grant execute on function ${name} to ${escapeIdentifier(owner)}`);
      await client.query(`revoke execute on function ${name} from public`);
    }
  }
  const { rows: open } = await client.query(
    `select from pg_proc where ${OPEN_FUNCTIONS} and (proacl is null or exists (
       select from aclexplode(proacl) where grantee = 0 and privilege_type = 'EXECUTE')) limit 1`,
  );
  return open.length === 0;
}

/** What everybody may do in this database that such a user must not, as sentences with what takes it away. */
async function tooOpen(client: Client, name: string): Promise<string[]> {
  const { rows } = await client.query<{ said: string }>(
    `select format('read %s: revoke select on %1$s from public', c.oid::regclass) as said
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema')
       and not (n.nspname = $2 and c.relname in ('clicks_v1', 'links_v1'))
       and has_schema_privilege($1, n.oid, 'usage')
       and (has_table_privilege($1, c.oid, 'select, insert, update, delete, truncate') or has_any_column_privilege($1, c.oid, 'select'))
     union all
     select format('create in the schema %I: revoke create on schema %1$I from public', nspname) from pg_namespace
     where nspname !~ '^pg_' and has_schema_privilege($1, oid, 'create')
     union all
     select format('run %s, which acts as another user: revoke execute on function %1$s from public', p.oid::regprocedure)
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where p.prosecdef and n.nspname <> 'pg_catalog' and has_schema_privilege($1, n.oid, 'usage')
       and has_function_privilege($1, p.oid, 'execute')
     union all
     select format('not connect: grant connect on database %I to %I', current_database(), $1::text)
     where not has_database_privilege($1, current_database(), 'connect')`,
    [name, SCHEMA],
  );
  return rows.map(({ said }) => said);
}

/** Makes the views if the migration wasn't allowed to. @throws Failure that says what to grant */
async function ensureViews(client: Client): Promise<void> {
  // Of a schema that one may not use, its views aren't found by name.
  const areThere = async () => {
    const { rowCount } = await client.query(
      "select from pg_class join pg_namespace n on n.oid = relnamespace where format('%s.%s', nspname, relname) = any($1)",
      [VIEWS],
    );
    return rowCount === VIEWS.length;
  };
  if (await areThere()) return;
  await client.query(readFileSync(MIGRATION, "utf8"));
  if (await areThere()) return;
  const { rows } = await client.query<{ sql: string }>(
    "select format('create schema if not exists analytics authorization %I;', current_user) as sql",
  );
  throw new Failure(
    `The database user may not create the schema analytics. Have the owner of the database run this, then try again:\n\n${rows[0]?.sql}`,
  );
}

const OPEN_WORDS =
  "Everybody in this database can take locks that Footfall waits for. Give the user to whom you trust, or have a superuser run this command once.";

const isDenied = (error: unknown): boolean => error instanceof DatabaseError && error.code === "42501";
const exists = (error: unknown): boolean => error instanceof DatabaseError && error.code === "42710";

/** Runs statements in one transaction, then `check`. */
async function together(client: Client, statements: readonly string[], check: () => Promise<void>): Promise<void> {
  await client.query("begin");
  try {
    for (const statement of statements) await client.query(statement);
    await check();
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

function assertName(name: string): void {
  if (!NAME.test(name) || name.startsWith("pg_"))
    throw new Failure(
      "Use a name of lower-case letters, digits and underscores that begins with a letter, and not with pg_.",
    );
}

/**
 * Makes a user. Nothing is made when everybody may do more in this database than such a user should.
 *
 * @returns the password
 * @throws Failure that says what to do; when the database user may make no users, it has the SQL for somebody who may
 */
export async function createSqlUser(client: Client, name: string): Promise<string> {
  assertName(name);
  await ensureViews(client);
  const password = randomBytes(24).toString("base64url");
  const statements = statementsFor(name, scramOf(password));
  try {
    await together(client, statements, async () => {
      const open = await tooOpen(client, name);
      if (open.length > 0)
        throw new Failure(
          `No user was made: in this database it could\n${open.map((line) => `  ${line};`).join("\n")}`,
        );
    });
  } catch (error) {
    if (exists(error))
      throw new Failure(`There is a database user ${name} already. Choose another name.`, { cause: error });
    if (!isDenied(error)) throw error;
    throw new Failure(
      `The database user of Footfall may not make users. Nothing was made. Have an administrator of the database run this, within the same database; the user’s password is then ${password}\n\n${statements.map((line) => `${line};`).join("\n")}`,
      { cause: error },
    );
  }
  return password;
}

/** The users made here, by name. */
export async function listSqlUsers(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select rolname as name from pg_roles where shobj_description(oid, 'pg_authid') = $1 order by rolname",
    [MARK],
  );
  return rows.map(({ name }) => name);
}

/** Ends a user's connections and removes it. @throws Failure when it wasn't made here, or mustn't be removed */
export async function revokeSqlUser(client: Client, name: string): Promise<void> {
  if (!(await listSqlUsers(client)).includes(name)) throw new Failure(`No SQL user is called ${name}.`);
  const role = escapeIdentifier(name);
  const statements = [
    `alter role ${role} nologin`,
    // Who made it may remove it; to end its connections takes membership.
    `grant ${role} to current_user`,
    `select pg_terminate_backend(pid) from pg_stat_activity where usename = ${escapeLiteral(name)}`,
    `drop owned by ${role}`,
    `drop role ${role}`,
  ];
  try {
    await together(client, statements, async () => {});
  } catch (error) {
    if (!isDenied(error)) throw error;
    throw new Failure(
      `The database user of Footfall may not remove ${name}. Have an administrator of the database run this:\n\n${statements.map((line) => `${line};`).join("\n")}`,
      { cause: error },
    );
  }
}

/** The connection that may make users: the superuser's of the embedded database, else the server's own. */
function adminUrl(dataDir: string): string {
  const url = process.env.DATABASE_URL ?? "";
  const [embedded, password] = ["postgres.url", "postgres.password"].map((name) => join(dataDir, name));
  if (!embedded || !password || !existsSync(embedded) || !existsSync(password)) return url;
  if (readFileSync(embedded, "utf8").trim() !== url) return url;
  const admin = new URL(url);
  admin.username = SUPERUSER;
  admin.password = readPassword(dataDir);
  return admin.href;
}

/** The address with which a program connects as a user. */
function addressFor(name: string, password: string): string {
  const url = new URL(process.env.DATABASE_URL ?? "");
  url.username = name;
  url.password = password;
  return url.href;
}

async function run(words: string[]): Promise<void> {
  const [command, name = "", ...surplus] = words;
  if (command === "--help") return say(HELP);
  const isNamed = command === "create" || command === "revoke";
  if (!(command === "list" || isNamed) || isNamed !== (name !== "") || surplus.length > 0)
    throw new Failure(`Say what to do.\n\n${HELP}`);
  if (isNamed) assertName(name);
  const dataDir = await findDatabase();
  await withConnection(adminUrl(dataDir), async (client) => {
    if (command === "create") {
      const isClosed = await closeFunctions(client);
      const password = await createSqlUser(client, name);
      await record("sql-user.create", { kind: "host" }, { target: name, headers: null });
      say(`Made the SQL user ${name}, who reads ${VIEWS.join(" and ")}. The password won't be shown again:`);
      say(password);
      say(addressFor(name, password));
      if (!isClosed) say(OPEN_WORDS);
    } else if (command === "revoke") {
      await revokeSqlUser(client, name);
      await record("sql-user.revoke", { kind: "host" }, { target: name, headers: null });
      say(`Revoked the SQL user ${name}. Its connections have ended.`);
    } else {
      const names = await listSqlUsers(client);
      say(names.length > 0 ? names.join("\n") : "There are no SQL users.");
    }
  });
}

if (isEntry(import.meta.url)) await runCommand(() => run(process.argv.slice(2)), HELP);
