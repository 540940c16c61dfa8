import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Client, DatabaseError } from "pg";
import { Failure, say } from "@/scripts/steps";
import { withConnection } from "./connect";

const MIGRATIONS = "prisma/migrations";

/** Advisory lock, the same as Prisma's: when several servers start at once, one migrates and the others wait. */
const LOCK = 72_707_369;

/** Prisma's table, so that `prisma migrate status` works. */
const HISTORY = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

type Migration = { name: string; sql: string; checksum: string };
type Recorded = { name: string; checksum: string; finished: boolean };

function readMigrations(directory: string): Migration[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(directory, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

async function readHistory(client: Client): Promise<Recorded[]> {
  await client.query(HISTORY).catch((error: unknown) => {
    if (!(error instanceof DatabaseError) || error.code !== "42501") throw error;
    throw new Failure(
      "The database user isn't allowed to create tables. Make it the owner of the database, or grant it CREATE on schema public.",
      { cause: error },
    );
  });
  const { rows } = await client.query<Recorded>(
    `select migration_name as name, checksum, finished_at is not null as finished
     from _prisma_migrations where rolled_back_at is null order by started_at, migration_name`,
  );
  return rows;
}

function assertSameHistory(recorded: Recorded[], known: Map<string, Migration>): void {
  for (const { name, checksum, finished } of recorded) {
    const migration = known.get(name);
    if (!migration)
      throw new Failure(
        `This database belongs to a newer version of Footfall (migration ${name}). Update Footfall, or use another database.`,
      );
    if (!finished)
      throw new Failure(
        `Migration ${name} was started by another tool and not finished. Resolve it with: npx prisma migrate resolve`,
      );
    if (migration.checksum !== checksum)
      throw new Failure(
        `Migration ${name} differs from the one applied to this database. Restore its file in ${MIGRATIONS}, or use another database.`,
      );
  }
}

/**
 * How long a migration waits for a table before it lets others pass, who wait behind it; how often it tries, and with what
 * pause; and where it says so.
 */
type Patience = { lockMs: number; attempts: number; pauseMs: number; tell: (line: string) => void };
const PATIENCE: Patience = { lockMs: 5_000, attempts: 30, pauseMs: 5_000, tell: say };

/** SQLSTATE of a lock that wasn't free in time. */
const LOCK_NOT_AVAILABLE = "55P03";

async function apply(client: Client, migration: Migration, patience: Patience): Promise<void> {
  const { lockMs, attempts, pauseMs, tell } = patience;
  for (let attempt = 1; !(await tryOnce(client, migration, lockMs)); attempt++) {
    const { name } = migration;
    if (attempt === attempts)
      throw new Failure(
        `Migration ${name} changed nothing: another transaction has been using a table that it changes. End it (see pg_stat_activity), or stop what uses the database, and start again.`,
      );
    tell(
      `Migration ${name} waits for another transaction that uses a table it changes, such as a dump (attempt ${attempt} of ${attempts}).`,
    );
    await delay(pauseMs);
  }
}

/** Applies a migration. @returns false when a table was in use for longer than `lockMs`; then nothing has changed */
async function tryOnce(client: Client, { name, sql, checksum }: Migration, lockMs: number): Promise<boolean> {
  const startedAt = new Date();
  await client.query("begin");
  try {
    // Whoever comes after it waits behind it: deliveries, too.
    await client.query(`set local lock_timeout = ${lockMs}`);
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       values (gen_random_uuid(), $1, clock_timestamp(), $2, $3, 1)`,
      [checksum, name, startedAt],
    );
    await client.query("commit");
    return true;
  } catch (error) {
    await client.query("rollback");
    if (error instanceof DatabaseError && error.code === LOCK_NOT_AVAILABLE) return false;
    throw new Failure(`Migration ${name} failed and changed nothing: ${String(error)}`, { cause: error });
  }
}

/**
 * Applies all pending migrations by name, each in its own transaction.
 *
 * @returns names of the migrations applied
 * @throws Failure when a table stays in use, or the database is unreachable, is newer than this version, or has other migrations
 */
export async function migrate(
  databaseUrl: string,
  directory = MIGRATIONS,
  patience: Patience = PATIENCE,
): Promise<string[]> {
  const migrations = readMigrations(directory);
  return withConnection(databaseUrl, async (client) => {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    const recorded = await readHistory(client);
    assertSameHistory(recorded, new Map(migrations.map((migration) => [migration.name, migration])));
    const done = new Set(recorded.map(({ name }) => name));
    const missing = migrations.filter(({ name }) => !done.has(name));
    for (const migration of missing) await apply(client, migration, patience);
    return missing.map(({ name }) => name);
  });
}
