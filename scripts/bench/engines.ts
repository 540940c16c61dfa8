import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import pg from "pg";
import type { Engine as EngineName } from "@/lib/click/selection";
import type { Prisma } from "@/lib/generated/prisma/client";

export type Row = Record<string, unknown>;

/** Runs one statement over the clicks, as an engine gets it. */
export type Run = (sqlFor: (engine: EngineName) => Prisma.Sql) => Promise<Row[]>;

/** A database queried directly, without the server. */
export type Engine = { run: Run; close: () => Promise<void> };

const FILE = "clicks.duckdb";
const WAL = `${FILE}.wal`;
const PATIENCE_MS = 15 * 60_000;

/**
 * The floor: DuckDB on a copy of the mirror, because only one process can open a file. Nothing may write meanwhile.
 *
 * @param memory bytes, the same as the server's mirror
 */
export async function openFloor(mirror: string, directory: string, memory: number): Promise<Engine> {
  await mkdir(directory, { recursive: true });
  await copyFile(join(mirror, FILE), join(directory, FILE));
  await copyFile(join(mirror, WAL), join(directory, WAL)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  const instance = await DuckDBInstance.create(join(directory, FILE), {
    memory_limit: `${Math.floor(memory / 1024)}KiB`,
    temp_directory: join(directory, "temp"),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  return {
    async run(sqlFor) {
      const { text, values } = sqlFor("mirror");
      return (await connection.runAndReadAll(text, values as (string | number | boolean)[])).getRowObjectsJS();
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

export async function openPostgres(connectionString: string): Promise<Engine> {
  const client = new pg.Client({ connectionString, statement_timeout: PATIENCE_MS });
  // A connection that breaks while idle would otherwise end the process; the next query reports it.
  client.on("error", () => {});
  await client.connect();
  return {
    async run(sqlFor) {
      const { text, values } = sqlFor("postgres");
      return (await client.query<Row>(text, values as unknown[])).rows;
    },
    close: () => client.end(),
  };
}

/** Milliseconds to run a question's statements one after the other, without preparing them. */
export async function timeStraight(ask: (run: Run) => Promise<unknown>, { run }: Engine): Promise<number> {
  let ms = 0;
  await ask(async (sql) => {
    const begun = performance.now();
    const rows = await run(sql);
    ms += performance.now() - begun;
    return rows;
  });
  return ms;
}
