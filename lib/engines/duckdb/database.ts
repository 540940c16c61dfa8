import "server-only";
import { chmod, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { DatabaseError } from "pg";
import { isUnreachable } from "@/lib/base/reach";

export type Value = string | number | boolean | bigint | null;
/** A row of an answer, by column. */
export type MirrorRow = Record<string, unknown>;
export type Statement = readonly [sql: string, values: readonly Value[]];
type Statements = readonly Statement[];

/** Concurrent queries. Each uses all cores, so more would only delay the first answer. */
const READERS = 2;

export type DuckDb = ReturnType<typeof database>;

/** Slower questions are stuck. */
const READ_LIMIT_MS = 60_000;

const FILE = "clicks.duckdb";

export const removeDuckDb = (directory: string): Promise<void> => rm(directory, { recursive: true, force: true });

/**
 * Opens or creates the database in `directory`; beyond `memory` bytes it uses the disk. A read is interrupted after `readMs`.
 * Throws when it can't be used.
 */
export async function openDuckDb(directory: string, memory: number, readMs = READ_LIMIT_MS): Promise<DuckDb> {
  // Not available on every platform; everything else must work without it.
  const { DuckDBInstance: Instance } = await import("@duckdb/node-api");
  await keepAllOfText();
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
  const instance = await Instance.create(join(directory, FILE), {
    memory_limit: `${Math.floor(memory / 1024)}KiB`,
    temp_directory: join(directory, "temp"),
    // No other version reads the file, and the newest compression answers text queries several times faster.
    storage_compatibility_version: "latest",
    // Never downloads anything.
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
  try {
    await chmod(join(directory, FILE), 0o600);
    const writer = await instance.connect();
    // It can't read or write files outside of its directory.
    await writer.run(`set allowed_directories = ['${directory.replaceAll("'", "''")}']`);
    await writer.run("set enable_external_access = false");
    await writer.run("set lock_configuration = true");
    const readers = await Promise.all(Array.from({ length: READERS }, () => instance.connect()));
    return database(instance, writer, await instance.connect(), readers, readMs);
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

/** The module's decoder drops a leading U+FEFF. Not every loader provides a CommonJS module as `default`. */
async function keepAllOfText(): Promise<void> {
  const decoding = await import("@duckdb/node-api/lib/vectors/dataAccessors.js");
  const textDecoder = new TextDecoder("utf-8", { ignoreBOM: true });
  Object.assign("default" in decoding ? decoding.default : decoding, { textDecoder });
}

function database(
  instance: DuckDBInstance,
  writer: DuckDBConnection,
  rearranger: DuckDBConnection,
  readers: DuckDBConnection[],
  readMs: number,
) {
  const read = async (...given: Reading): Promise<MirrorRow[]> => (await run(readMs, ...given)).getRowObjectsJS();
  const readColumns = async (...given: Reading): Promise<Record<string, unknown[]>> =>
    (await run(readMs, ...given)).getColumnsObjectJS();
  const pools = [createPool(readers), createPool([writer]), createPool([rearranger])] as const;
  const [readerPool, writerPool, rearrangerPool] = pools;
  return {
    /** Rows of one statement, as of now; waits for a free connection. */
    read: (sql: string, values: readonly Value[]) => readerPool.use((reader) => read(reader, sql, values)),
    /** The same of a statement that is made once a connection is free. */
    readLate: (make: () => Statement) => readerPool.use((reader) => read(reader, ...make())),
    /** Values of one statement by column, which are read several times as fast as rows. */
    readColumns: (sql: string, values: readonly Value[]) =>
      readerPool.use((reader) => readColumns(reader, sql, values)),
    /** Runs all statements or none, one caller at a time: there is one writer. */
    write: (statements: Statements) => writerPool.use((connection) => transact(connection, statements)),
    /** The same beside the writer, for what it doesn't change. */
    rearrange: (statements: Statements) => rearrangerPool.use((connection) => transact(connection, statements)),
    /** Waits for running queries, and rejects waiting ones. */
    async close(): Promise<void> {
      // Closing a connection during a query crashes the process.
      await Promise.all(pools.map((pool) => pool.close()));
      for (const connection of [writer, rearranger, ...readers]) connection.closeSync();
      instance.closeSync();
    },
  };
}

type Reading = [reader: DuckDBConnection, sql: string, values: readonly Value[]];

async function run(readMs: number, ...[reader, sql, values]: Reading) {
  const timer = setTimeout(() => reader.interrupt(), readMs);
  try {
    return await reader.runAndReadAll(sql, [...values]);
  } finally {
    clearTimeout(timer);
  }
}

async function transact(connection: DuckDBConnection, statements: Statements): Promise<void> {
  await connection.run("begin");
  try {
    for (const [sql, values] of statements) await connection.run(sql, [...values]);
    await connection.run("commit");
  } catch (error) {
    // The transaction may have ended already; the first error is the one to report.
    await connection.run("rollback").catch(() => {});
    throw error;
  }
}

/** A pool of resources, each used by one caller at a time, first come, first served. */
export function createPool<T>(things: readonly T[]) {
  const idle = [...things];
  const waiting: ((thing: T | null) => void)[] = [];
  let closed: (() => void) | null = null;

  function giveBack(thing: T): void {
    const next = waiting.shift();
    if (next) next(thing);
    else idle.push(thing);
    if (idle.length === things.length) closed?.();
  }

  return {
    /** Runs work with the next free resource. @throws when the pool is closed meanwhile */
    async use<R>(work: (thing: T) => Promise<R>): Promise<R> {
      const free = closed ? null : idle.pop();
      const thing = free === undefined ? await new Promise<T | null>((resolve) => waiting.push(resolve)) : free;
      if (thing === null) throw new Error("closed");
      try {
        return await work(thing);
      } finally {
        giveBack(thing);
      }
    },
    /** Rejects waiting callers, and returns when nothing is in use. */
    async close(): Promise<void> {
      const allIdle = new Promise<void>((resolve) => {
        closed = resolve;
      });
      for (const refuse of waiting.splice(0)) refuse(null);
      if (idle.length < things.length) await allIdle;
    },
  };
}

const POSTGRES_AWAY = "Postgres is unreachable or too slow.";

/** The messages of an error and its causes. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} ${textOf(error.cause)}`;
}

/** Errors of the file or its module, and their messages. The first match counts. */
const PROBLEMS: [pattern: RegExp, reason: string][] = [
  [/Could not set lock|Conflicting lock/i, "Its file is in use by another process. Give each server its own DATA_DIR."],
  [/No space left|disk.*full|ENOSPC/i, "The disk is full."],
  [
    /Cannot find (module|package)|ERR_MODULE_NOT_FOUND|dlopen|GLIBC|invalid ELF/i,
    "DuckDB isn’t installed for this platform.",
  ],
  [/EACCES|EPERM|EROFS|ENOTDIR|permission denied|read-only/i, "Its directory isn’t writable."],
  [/ECONNREFUSED|ECONNRESET|ENOTFOUND|terminat|timeout|starting up|shutting down|Connection/i, POSTGRES_AWAY],
];

/** An error in one sentence, without paths or secrets. */
export function reasonOf(error: unknown): string {
  const text = textOf(error);
  return PROBLEMS.find(([pattern]) => pattern.test(text))?.[1] ?? "It failed. See the log for details.";
}

/** Whether the mirror works, and Postgres doesn't. */
export const isOfPostgres = (error: unknown): boolean =>
  error instanceof DatabaseError || isUnreachable(error) || reasonOf(error) === POSTGRES_AWAY;

/** Whether a read was interrupted, as it took too long. */
export const isInterrupted = (error: unknown): boolean => /^INTERRUPT Error/.test(textOf(error));

/** DuckDB errors after which the file can't be trusted. */
const DAMAGE =
  /^(IO Error|Serialization Error|FATAL Error|INTERNAL Error|Fatal Error|Invalid Input Error: .*(file|database)|Corrupt)|not a valid DuckDB|invalidated|checksum|WAL/i;

/** Whether the file must be rebuilt. */
export function isDamaged(error: unknown): boolean {
  const isKnown = PROBLEMS.some(([pattern]) => pattern.test(textOf(error)));
  return !isKnown && DAMAGE.test(textOf(error));
}
