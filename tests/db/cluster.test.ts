import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { Client } from "pg";
import { describe, expect, inject, test } from "vitest";
import { migrate } from "../../scripts/migrate";
import { splitStatements } from "../../scripts/statements";
import { createJoined, dropJoined } from "../setup/cluster";
import { COPIED, SHARDED } from "../setup/cluster-rules";

const clusterUrl = inject("clusterUrl");

/** Runs work with an empty database of the cluster. */
async function withDatabase(work: (url: string, client: Client) => Promise<void>): Promise<void> {
  const name = `footfall_test_${randomUUID().slice(0, 8)}`;
  const url = await createJoined(clusterUrl ?? "", name);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(url, client);
  } finally {
    await client.end();
    await dropJoined(clusterUrl ?? "", name);
  }
}

const LAID_OUT = `select logicalrelid::text as name, partmethod, column_to_column_name(logicalrelid, partkey) as by
  from pg_dist_partition order by 1`;
const EXPECTED = [
  { name: "click", partmethod: "h", by: "link_id" },
  { name: "destination", partmethod: "h", by: "link_id" },
  { name: "link", partmethod: "n", by: null },
];

// Without CITUS_URL these are skipped; vitest lists them.
describe.skipIf(clusterUrl === null)("on a Citus cluster", () => {
  test("an empty database is laid out, and a second start changes nothing", async () => {
    await withDatabase(async (url, client) => {
      await migrate(url);
      expect((await client.query(LAID_OUT)).rows).toEqual(EXPECTED);
      await migrate(url);
      expect((await client.query(LAID_OUT)).rows).toEqual(EXPECTED);
    });
  });

  test("rows from before are in the shards afterwards, and in them alone", async () => {
    await withDatabase(async (url, client) => {
      const mayHold = (may: boolean) =>
        client.query(
          "select citus_set_node_property(nodename, nodeport, 'shouldhaveshards', $1) from pg_dist_node where groupid <> 0",
          [may],
        );
      await mayHold(false);
      await migrate(url);
      expect((await client.query(LAID_OUT)).rows).toEqual([]);
      await client.query(`insert into click (link_id, click_id, clicked_at, slot, received_at, "trigger", bot, visitor_estimated)
        select 'link' || n % 7, n::text, timestamptz '2026-01-01Z', 0, timestamptz '2026-01-01Z', 'link', false, false
        from generate_series(1, 1000) as n`);
      const counted =
        "select link_id, count(*) as clicks, min(seq) as first, max(seq) as last from click group by 1 order by 1";
      const { rows } = await client.query(counted);
      await mayHold(true);
      await migrate(url);
      expect((await client.query(LAID_OUT)).rows).toEqual(EXPECTED);
      expect((await client.query(counted)).rows).toEqual(rows);
      expect((await client.query("select pg_relation_size('click') as size")).rows).toEqual([{ size: "0" }]);
    });
  });

  // Statements that a cluster refuses would stop an upgrade: whatever has been distributed by then, they have to pass.
  const migrations = readdirSync("prisma/migrations")
    .filter((name) => /^\d/.test(name))
    .sort();
  test.each(migrations.slice(0, -1).map((name, at) => [name, at] as const))(
    "what follows %s can be applied to tables that were distributed after it",
    async (_, at) => {
      await withDatabase(async (_url, client) => {
        const apply = async (names: string[]) => {
          await client.query("begin");
          for (const name of names)
            for (const statement of splitStatements(readFileSync(`prisma/migrations/${name}/migration.sql`, "utf8")))
              await client.query(statement);
          await client.query("commit");
        };
        for (const name of migrations.slice(0, at + 1)) await apply([name]);
        for (const table of COPIED) await client.query("select create_reference_table($1::regclass)", [table]);
        for (const table of SHARDED)
          if ((await client.query("select from pg_class where oid = to_regclass($1)", [table])).rows.length > 0)
            await client.query("select create_distributed_table($1::regclass, 'link_id')", [table]);
        for (const name of migrations.slice(at + 1)) await apply([name]);
      });
    },
  );
});
