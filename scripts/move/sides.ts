import type { Client } from "pg";
import { withConnection } from "@/scripts/connect";
import { Failure } from "@/scripts/steps";
import { SETTINGS } from "./copy";
import { datasetOf } from "./look";
import { quoted, readTables, type Table } from "./tables";

export type Plan = {
  source: string;
  target: string;
  key: string;
  dataDir: string;
  /** Whether the target is the embedded database. */
  isEmbedded: boolean;
  /** Whether DATABASE_URL is a setting of the server's, which no command can change. */
  hasSetting: boolean;
};

/** Both databases, and whose data it is. */
export type Sides = { source: Client; target: Client; own: { identity: string; key: string | null } };

/** One run at a time writes to a target: a connection of a run that was killed may live on for a moment. */
const RUN_LOCK = 7_041_779;
const RUN_LOCK_MS = 60_000;

/** @throws Failure when another run keeps writing to the target */
export async function lockRun(target: Client): Promise<void> {
  await target.query(`set lock_timeout = ${RUN_LOCK_MS}`);
  await target.query("select pg_advisory_lock($1)", [RUN_LOCK]).catch((error: unknown) => {
    throw new Failure("Another run of this command writes to the target.", { cause: error });
  });
}

/** Opens both sides, for statements that take as long as they take. */
export function withSides<T>({ source, target }: Plan, work: (sides: Sides) => Promise<T>): Promise<T> {
  return withConnection(source, (a) =>
    withConnection(target, async (b) => {
      for (const client of [a, b])
        await client.query(`${SETTINGS}; set statement_timeout = 0; set tcp_keepalives_idle = 10`);
      const own = await datasetOf(a);
      if (!own) throw new Failure("The database of this installation has no data. Start Footfall first.");
      return work({ source: a, target: b, own });
    }),
  );
}

type Tables = { large: Table[]; small: Table[] };

const namesOf = ({ large, small }: Tables): string[] => [...large, ...small].map(({ name }) => name);

/** The tables that both sides have: whatever else is in either isn't ours. `left`: names of those in the source alone. */
export async function commonTables({ source, target }: Sides): Promise<Tables & { left: string[] }> {
  const [here, there] = [namesOf(await readTables(source)), namesOf(await readTables(target))];
  const common = here.filter((name) => there.includes(name));
  return { ...(await readTables(source, common)), left: here.filter((name) => !there.includes(name)) };
}

/** The same, of two databases of this version. @throws Failure when they are of different ones */
export async function tablesOf(sides: Sides): Promise<Tables & { left: string[] }> {
  const { source, target } = sides;
  const tables = await commonTables(sides);
  const versions = "select string_agg(migration_name, ',' order by migration_name) as names from _prisma_migrations";
  const columns = ({ large, small }: Tables) => JSON.stringify([...large, ...small]);
  const shapes = await Promise.all(
    [source, target].map(async (client) => {
      const { rows } = await client.query<{ names: string }>(versions);
      return `${rows[0]?.names} ${columns(await readTables(client, namesOf(tables)))}`;
    }),
  );
  if (shapes[0] !== shapes[1])
    throw new Failure("The two databases have tables of different versions. Start Footfall once with this version.");
  return tables;
}

const MARK_TARGET = `
  insert into "move" (id, role, state, identity, place, sealed, at) values (1, 'target', $1, $2, $3, null, now())
  on conflict (id) do update set role = excluded.role, state = excluded.state, identity = excluded.identity,
    place = excluded.place, sealed = null, at = excluded.at`;

/** Says in the target what it is. */
export const markTarget = ({ target, own }: Sides, state: string, place: string) =>
  target.query(MARK_TARGET, [state, own.identity, place]);

/** Deletes all rows of tables that refer to each other. */
export async function emptyOut(client: Client, tables: readonly Table[]): Promise<void> {
  await client.query(`truncate ${tables.map(({ name }) => quoted(name)).join(", ")}`);
}

export async function rowsOf(client: Client, name: string): Promise<number> {
  const { rows } = await client.query<{ rows: string }>(`select count(*) as rows from ${quoted(name)}`);
  return Number(rows[0]?.rows ?? 0);
}
