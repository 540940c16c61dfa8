import type { Client } from "pg";
import { readEnv } from "@/lib/base/env";
import { type Patience, patiently } from "@/scripts/patience";
import { Failure } from "@/scripts/steps";

// The names that Citus puts into pg_catalog are written without their schema: Postgres looks there first.

/** Whether the extension is in the database. */
async function hasCitus(client: Client): Promise<boolean> {
  const { rows } = await client.query("select from pg_class where oid = to_regclass('pg_dist_local_group')");
  return rows.length > 0;
}

/** @throws Failure on a worker of a cluster, which has neither the local tables nor may it change others */
export async function assertCoordinator(client: Client): Promise<void> {
  if (!(await hasCitus(client))) return;
  const { rows: workers } = await client.query("select from pg_dist_local_group where groupid <> 0");
  if (workers.length === 0) return;
  const { rows } = await client.query<{ nodename: string; nodeport: number }>(
    "select nodename, nodeport from pg_dist_node where groupid = 0 and noderole = 'primary'",
  );
  const known = rows.map(({ nodename, nodeport }) => `, which it knows as ${nodename}:${nodeport}`).join("");
  throw new Failure(
    `The database at ${client.host}:${client.port} is a worker of a Citus cluster. Set DATABASE_URL to its coordinator${known}.`,
  );
}

type Kind = "local" | "reference" | "distributed";

/** Where tables are; all others stay on the coordinator. Shards of the same links are on the same node. */
const LAYOUT: { name: string; kind: Exclude<Kind, "local"> }[] = [
  { name: "link", kind: "reference" },
  { name: "click", kind: "distributed" },
  { name: "destination", kind: "distributed" },
];
const COLUMN = "link_id";
/** Questions use it. A database that becomes a cluster later has to pass it on. */
const FUNCTION = "fold(text)";

type Found = { kind: Kind; column: string | null; hasOldRows: boolean };

/** How a table is laid out; null when there is none. `hasOldRows`: whether its own file on the coordinator has rows. */
async function readTable(client: Client, name: string): Promise<Found | null> {
  const { rows } = await client.query<Found>(
    `select
       case when partmethod = 'h' then 'distributed' when partmethod = 'n' and repmodel = 't' then 'reference' else 'local' end as kind,
       case when partmethod = 'h' then column_to_column_name(logicalrelid, partkey) end as column,
       pg_relation_size(pg_class.oid) > 0 as "hasOldRows"
     from pg_class left join pg_dist_partition on logicalrelid = pg_class.oid
     where pg_class.oid = to_regclass($1)`,
    [name],
  );
  return rows[0] ?? null;
}

const countShards = (count: number) => `${count} ${count === 1 ? "shard" : "shards"}`;

/** Distributes one table, which may have rows. @returns what was done */
async function distribute(client: Client, { name, kind }: (typeof LAYOUT)[number], shards: number): Promise<string> {
  if (kind === "reference") {
    await client.query("select create_reference_table($1::regclass)", [name]);
    return `${name} is on every node`;
  }
  for (const { name: other, kind } of LAYOUT) {
    const found = kind === "distributed" && other !== name ? await readTable(client, other) : null;
    if (found?.kind !== "distributed" || found.column !== COLUMN) continue;
    await client.query("select create_distributed_table($1::regclass, $2, colocate_with => $3)", [name, COLUMN, other]);
    return `${name} is distributed by ${COLUMN}, like ${other}`;
  }
  await client.query(
    "select create_distributed_table($1::regclass, $2, colocate_with => 'none', shard_count => $3::int)",
    [name, COLUMN, shards],
  );
  return `${name} is distributed by ${COLUMN} in ${countShards(shards)}`;
}

const NO_NODE = `Citus: no node may hold shards, so all tables stay on this server. On the coordinator, run
  select citus_set_coordinator_host('this-host', 5432);
  select citus_add_node('worker', 5432);
(without workers: select citus_set_node_property('this-host', 5432, 'shouldhaveshards', true);) and start again.`;

/** Whether there is a node for shards. Without any, Citus would take this one, under a name that workers can't use. */
async function hasNode(client: Client): Promise<boolean> {
  const { rows } = await client.query(
    "select from pg_dist_node where isactive and noderole = 'primary' and shouldhaveshards limit 1",
  );
  return rows.length > 0;
}

/** Makes a function known to the workers. @returns whether they didn't know it */
async function passOn(client: Client, signature: string, patience: Patience): Promise<boolean> {
  const { rows } = await client.query(
    `select from pg_proc where oid = to_regprocedure($1) and not exists (
       select from pg_dist_object where classid = 'pg_proc'::regclass and objid = pg_proc.oid)`,
    [signature],
  );
  if (rows.length === 0) return false;
  await patiently(client, `Distributing ${signature}`, patience, async () => {
    await client.query("select create_distributed_function($1::regprocedure)", [signature]);
  });
  return true;
}

/**
 * On a Citus cluster, distributes the tables of clicks and links that are still local, and says what it did. Does nothing
 * on any other database, or when all is done. Each step is repeated by the next start if this one ends before it. A
 * table that somebody has distributed in another way is left as it is.
 *
 * @throws Failure when a table stays in use, or with what Citus said
 */
export async function layOut(client: Client, patience: Patience): Promise<void> {
  if (!(await hasCitus(client))) return;
  const { tell } = patience;
  for (const wanted of LAYOUT) {
    const { name, kind } = wanted;
    const found = await readTable(client, name);
    if (!found) continue;
    if (found.kind === "local") {
      if (!(await hasNode(client))) return tell(NO_NODE);
      const { CITUS_SHARDS } = readEnv(process.env);
      let done = "";
      await patiently(client, `Distributing ${name}`, patience, async () => {
        done = await distribute(client, wanted, CITUS_SHARDS);
      });
      tell(`Citus: ${done}.`);
    } else if (found.kind !== kind || (kind === "distributed" && found.column !== COLUMN)) {
      const is = found.column ? `distributed by ${found.column}` : "on every node";
      const right = kind === "distributed" ? `distributed by ${COLUMN}` : "on every node";
      tell(`Warning: on this Citus cluster ${name} is ${is}, not ${right}. It is left so, and questions may fail.`);
      continue;
    }
    if (!found.hasOldRows) continue;
    // The shards have them now. Until then they take space, and an index that is made looks at them.
    await patiently(client, `Removing the old rows of ${name}`, patience, async () => {
      await client.query("select truncate_local_data_after_distributing_table($1::regclass)", [name]);
    });
    tell(`Citus: the rows of ${name} that were on the coordinator are removed from it; the shards have them.`);
  }
  if (await passOn(client, FUNCTION, patience)) tell(`Citus: all nodes know the function ${FUNCTION}.`);
}
