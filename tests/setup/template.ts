import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "../../scripts/migrate";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated database of the test server, to be cloned. */
    templateUrl: string;
    /** Of a Citus cluster, whose databases can't be cloned: each test file makes its own. Null: one Postgres. */
    clusterUrl: string | null;
    /** A directory of this run, deleted at its end. */
    dataDir: string;
  }
}

async function execute(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** Where tests may create databases: CITUS_URL or TEST_DATABASE_URL, else an embedded server that lives as long as the run. */
async function startServer(directory: string): Promise<{ adminUrl: string; stop: () => Promise<void> }> {
  const url = process.env.CITUS_URL || process.env.TEST_DATABASE_URL;
  if (url) return { adminUrl: url, stop: async () => {} };
  const { startPostgres } = await import("../../scripts/postgres/embedded");
  const server = await startPostgres(directory);
  // What a test writes need not survive a power cut.
  await execute(server.adminUrl, "alter system set fsync = off", "select pg_reload_conf()");
  return server;
}

/** Starts the database server of a test run and makes the template that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), "footfall-test-"));
  const server = await startServer(directory);
  const name = `footfall_test_${process.pid}`;
  await execute(server.adminUrl, `create database ${name}`);
  const templateUrl = new URL(server.adminUrl);
  templateUrl.pathname = name;
  await migrate(templateUrl.href);
  project.provide("templateUrl", templateUrl.href);
  project.provide("clusterUrl", process.env.CITUS_URL || null);
  project.provide("dataDir", directory);
  return async () => {
    await execute(server.adminUrl, `drop database ${name} with (force)`);
    await server.stop();
    rmSync(directory, { recursive: true });
  };
}
