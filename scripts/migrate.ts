import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, DatabaseError } from "pg";
import { assertCoordinator, layOut } from "@/scripts/citus";
import { PATIENCE, type Patience, patiently } from "@/scripts/patience";
import { firstWords, splitStatements } from "@/scripts/statements";
import { Failure } from "@/scripts/steps";
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
 * Applies a migration statement by statement: a text of several is more than Citus passes on to the nodes of a cluster.
 *
 * @throws Failure that names the statement at fault; then nothing has changed
 */
async function apply(client: Client, { name, sql, checksum }: Migration, patience: Patience): Promise<void> {
  await patiently(client, `Migration ${name}`, patience, async () => {
    const startedAt = new Date();
    for (const [at, statement] of splitStatements(sql).entries()) {
      await client.query(statement).catch((error: unknown) => {
        throw new Failure(`${String(error)} (statement ${at + 1}: ${firstWords(statement)})`, { cause: error });
      });
    }
    await client.query(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       values (gen_random_uuid(), $1, clock_timestamp(), $2, $3, 1)`,
      [checksum, name, startedAt],
    );
  });
}

/**
 * Applies all pending migrations by name, each in its own transaction; on a Citus cluster it then distributes the tables
 * that aren't yet.
 *
 * @returns names of the migrations applied
 * @throws Failure when a table stays in use, or the database is unreachable, is newer than this version, has other
 *   migrations, or is a worker of a cluster
 */
export async function migrate(
  databaseUrl: string,
  directory = MIGRATIONS,
  patience: Patience = PATIENCE,
): Promise<string[]> {
  const migrations = readMigrations(directory);
  return withConnection(databaseUrl, async (client) => {
    await assertCoordinator(client);
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    const recorded = await readHistory(client);
    assertSameHistory(recorded, new Map(migrations.map((migration) => [migration.name, migration])));
    const done = new Set(recorded.map(({ name }) => name));
    const missing = migrations.filter(({ name }) => !done.has(name));
    for (const migration of missing) await apply(client, migration, patience);
    await layOut(client, patience);
    return missing.map(({ name }) => name);
  });
}
