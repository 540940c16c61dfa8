import type { Client } from "pg";
import { Failure } from "@/scripts/steps";

/** What a look at a target found: nothing yet, an unfinished move of the same data, or this installation's own old copy. */
export type Target = "empty" | "begun" | "old copy";

/** Of a database: which it is, whatever its address. */
export async function sameDatabase(a: Client, b: Client): Promise<boolean> {
  const sql = `select (select system_identifier from pg_control_system())::text || '/' ||
    (select oid from pg_database where datname = current_database())::text as id`;
  const [first, second] = await Promise.all([a.query<{ id: string }>(sql), b.query<{ id: string }>(sql)]);
  return first.rows[0]?.id === second.rows[0]?.id;
}

/** @throws Failure with what Citus lacks; nothing without Citus */
async function assertCluster(client: Client): Promise<string | null> {
  const { rows } = await client.query<{ version: string }>(
    "select extversion as version from pg_extension where extname = 'citus'",
  );
  if (!rows[0]) return null;
  const { rows: nodes } = await client.query<{ coordinator: boolean; workers: number }>(
    `select citus_is_coordinator() as coordinator,
       (select count(*)::int from pg_dist_node where noderole = 'primary' and isactive and shouldhaveshards) as workers`,
  );
  if (!nodes[0]?.coordinator) throw new Failure("--to names a worker of Citus. Give the address of the coordinator.");
  if (nodes[0].workers === 0)
    throw new Failure("Citus has no active worker. Add one with citus_add_node, and run this again.");
  const { rows: bad } = await client.query<{ result: string }>(
    `select result from run_command_on_all_nodes('show max_prepared_transactions') where not success or result = '0'`,
  );
  if (bad.length > 0)
    throw new Failure("A node of Citus doesn’t answer, or has max_prepared_transactions = 0. Set it to 200 on each.");
  const health = await client.query("select from citus_check_cluster_node_health() where not result");
  if (health.rowCount !== 0)
    throw new Failure("Not every node of Citus reaches every other. See citus_check_cluster_node_health().");
  return rows[0].version;
}

const FULL = ["click", "delivery", "link", "user"];

/** Of the tables that an installation fills first, those that have rows. */
async function filled(client: Client): Promise<string[]> {
  const found: string[] = [];
  for (const name of FULL) {
    const known = await client.query<{ name: string | null }>("select to_regclass($1)::text as name", [
      `public."${name}"`,
    ]);
    if (!known.rows[0]?.name) continue;
    const { rowCount } = await client.query(`select from "${name}" limit 1`);
    if (rowCount !== 0) found.push(name);
  }
  return found;
}

type Dataset = { identity: string; key: string | null };

/** The data of an installation. @throws Failure when the database has none */
export async function datasetOf(client: Client): Promise<Dataset | null> {
  const known = await client.query<{ name: string | null }>(`select to_regclass('public."dataset"')::text as name`);
  if (!known.rows[0]?.name) return null;
  return (await client.query<Dataset>("select identity, key_fingerprint as key from dataset")).rows[0] ?? null;
}

/**
 * Whether a database can become the target of a move.
 *
 * @throws Failure that says why not
 */
export async function lookAtTarget(
  source: Client,
  target: Client,
  own: Dataset,
): Promise<{ target: Target; citus: string | null }> {
  if (await sameDatabase(source, target)) throw new Failure("--to names the database that Footfall already uses.");
  const { rows } = await target.query<{ recovery: boolean; creates: boolean; encoding: string }>(
    `select pg_is_in_recovery() as recovery, has_schema_privilege('public', 'create') as creates,
       current_setting('server_encoding') as encoding`,
  );
  if (rows[0]?.recovery) throw new Failure("--to names a read-only replica. Give the address of its primary.");
  if (rows[0]?.encoding !== "UTF8")
    throw new Failure("The target’s encoding isn’t UTF8. Create it with: createdb -E UTF8");
  if (!rows[0]?.creates)
    throw new Failure(
      "The user in --to isn’t allowed to create tables. Make it the owner of the database, or grant it CREATE on schema public.",
    );
  const citus = await assertCluster(target);
  const known = await target.query<{ name: string | null }>(`select to_regclass('public."move"')::text as name`);
  const mark = known.rows[0]?.name
    ? (
        await target.query<{ role: string; state: string; identity: string }>(
          `select role, state, identity from "move"`,
        )
      ).rows[0]
    : undefined;
  const isOurs = mark?.identity === own.identity;
  if (mark?.state === "moved" && isOurs) return { target: "old copy", citus };
  if (mark?.role === "target" && mark.state !== "done" && isOurs) return { target: "begun", citus };
  const tables = await filled(target);
  if (tables.length === 0 && mark?.state !== "moved") return { target: "empty", citus };
  throw new Failure(
    mark
      ? "The target belongs to another move, or is in use. Choose an empty database."
      : `The target has data of its own (${tables.join(", ")}). Choose an empty database.`,
  );
}
