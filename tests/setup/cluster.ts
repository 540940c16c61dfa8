import { Client } from "pg";
import { migrate } from "../../scripts/migrate";

// Needs a Citus cluster: CITUS_URL names a database on its coordinator in which the workers are registered. The user may
// make databases and extensions on every node, which are reached from here by the names that the coordinator has for them.

type Node = { host: string; port: number };

async function execute<Row extends object>(url: string, ...statements: [string, ...unknown[]][]): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const [statement, ...values] of statements) rows = (await client.query<Row>(statement, values)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

/** The same user's database on a node. */
function urlAt(url: string, name: string, node?: Node): string {
  const at = new URL(url);
  at.pathname = name;
  if (node) Object.assign(at, { hostname: node.host, port: String(node.port) });
  return at.href;
}

const workersOf = (clusterUrl: string): Promise<Node[]> =>
  execute<Node>(clusterUrl, [
    `select nodename as host, nodeport as port from pg_dist_node
     where groupid <> 0 and noderole = 'primary' and isactive order by nodeid`,
  ]);

/** Makes a database on every node of a cluster, joined and empty. @returns its URL on the coordinator */
export async function createJoined(clusterUrl: string, name: string): Promise<string> {
  const workers = await workersOf(clusterUrl);
  for (const node of [undefined, ...workers]) {
    await execute(urlAt(clusterUrl, "postgres", node), [`create database ${name}`]);
    await execute(urlAt(clusterUrl, name, node), ["create extension citus"]);
  }
  const url = urlAt(clusterUrl, name);
  const { hostname, port } = new URL(url);
  await execute(
    url,
    ["select citus_set_coordinator_host($1, $2::int)", hostname, port || "5432"],
    ...workers.map(({ host, port }): [string, ...unknown[]] => ["select citus_add_node($1, $2::int)", host, port]),
  );
  return url;
}

/** The same, migrated and distributed. */
export async function createDistributed(clusterUrl: string, name: string): Promise<string> {
  const url = await createJoined(clusterUrl, name);
  await migrate(url);
  return url;
}

/** Drops such a database from every node. */
export async function dropJoined(clusterUrl: string, name: string): Promise<void> {
  for (const node of [undefined, ...(await workersOf(clusterUrl))])
    await execute(urlAt(clusterUrl, "postgres", node), [`drop database if exists ${name} with (force)`]);
}
