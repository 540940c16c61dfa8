import "server-only";
import { chmod, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

export type Value = string | number | boolean | bigint | null;
export type Row = Record<string, unknown>;

/** Concurrent queries. Each uses all cores: more would only delay the first answer. */
const READERS = 2;

/** The columnar database in a file. */
export type DuckDb = {
  /** Rows of one statement, seen as of now; waits for its turn. */
  read(sql: string, values: readonly Value[]): Promise<Row[]>;
  /** All statements or none. One at a time: there is one writer. */
  write(statements: readonly [sql: string, values: readonly Value[]][]): Promise<void>;
  /** Waits for running queries, and rejects waiting ones. */
  close(): Promise<void>;
};

/** A question that takes longer is stuck, not slow. */
const READ_LIMIT_MS = 60_000;

const FILE = "clicks.duckdb";

/** Takes the files of a mirror away. */
export function removeDuckDb(directory: string): Promise<void> {
  return rm(directory, { recursive: true, force: true });
}

/**
 * Opens the database in `directory`, which is made if need be.
 *
 * @param memory bytes that it may use for data; beyond them it uses the disk
 * @throws when there is no module for this platform, or another process has the file, or it cannot be read
 */
export async function openDuckDb(directory: string, memory: number): Promise<DuckDb> {
  // Not every platform has one; everything else must work without.
  const { DuckDBInstance: Instance } = await import("@duckdb/node-api");
  await keepAllOfText();
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
  const instance = await Instance.create(join(directory, FILE), {
    memory_limit: `${Math.floor(memory / 1024)}KiB`,
    temp_directory: join(directory, "temp"),
    // No other version has to read the file, and today's compression answers by text several times faster.
    storage_compatibility_version: "latest",
    // Nothing is fetched, ever.
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
  });
  try {
    await chmod(join(directory, FILE), 0o600);
    const writer = await instance.connect();
    // Besides its own directory it may read and write no file, whatever it is told.
    await writer.run(`set allowed_directories = ['${directory.replaceAll("'", "''")}']`);
    await writer.run("set enable_external_access = false");
    await writer.run("set lock_configuration = true");
    const readers = await Promise.all(Array.from({ length: READERS }, () => instance.connect()));
    return database(instance, writer, readers);
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

/**
 * The module's own decoder drops a U+FEFF that text begins with, as if the text were a file. Not every loader gives a
 * CommonJS module as `default`.
 */
async function keepAllOfText(): Promise<void> {
  const decoding = await import("@duckdb/node-api/lib/vectors/dataAccessors.js");
  const textDecoder = new TextDecoder("utf-8", { ignoreBOM: true });
  Object.assign("default" in decoding ? decoding.default : decoding, { textDecoder });
}

function database(instance: DuckDBInstance, writer: DuckDBConnection, readers: DuckDBConnection[]): DuckDb {
  const readerPool = createPool(readers);
  const writerPool = createPool([writer]);
  return {
    read: (sql, values) => readerPool.use((reader) => read(reader, sql, values)),
    write: (statements) => writerPool.use((connection) => transact(connection, statements)),
    async close() {
      // A connection that is closed while it answers takes the process with it.
      await Promise.all([readerPool.close(), writerPool.close()]);
      for (const connection of [writer, ...readers]) connection.closeSync();
      instance.closeSync();
    },
  };
}

async function read(reader: DuckDBConnection, sql: string, values: readonly Value[]): Promise<Row[]> {
  const timer = setTimeout(() => reader.interrupt(), READ_LIMIT_MS);
  try {
    return (await reader.runAndReadAll(sql, [...values])).getRowObjectsJS();
  } finally {
    clearTimeout(timer);
  }
}

async function transact(connection: DuckDBConnection, statements: Parameters<DuckDb["write"]>[0]): Promise<void> {
  await connection.run("begin");
  try {
    for (const [sql, values] of statements) await connection.run(sql, [...values]);
    await connection.run("commit");
  } catch (error) {
    // A failure that has ended the transaction already says so here; the first one is the one to tell.
    await connection.run("rollback").catch(() => {});
    throw error;
  }
}

/** A pool of things, each used by one caller at a time. */
export type Pool<T> = {
  /** Runs the work with the next free thing, first come, first served. @throws when the pool is closed meanwhile */
  use<R>(work: (thing: T) => Promise<R>): Promise<R>;
  /** Rejects waiting callers, and returns when nothing is in use. */
  close(): Promise<void>;
};

type Waiting<T> = { resolve: (thing: T) => void; reject: (error: Error) => void };

export function createPool<T>(things: readonly T[]): Pool<T> {
  const idle = [...things];
  const waiting: Waiting<T>[] = [];
  let closed: (() => void) | null = null;

  function take(): Promise<T> {
    if (closed) return Promise.reject(new Error("closed"));
    const thing = idle.pop();
    if (thing !== undefined) return Promise.resolve(thing);
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  }

  function giveBack(thing: T): void {
    const next = waiting.shift();
    if (next) next.resolve(thing);
    else idle.push(thing);
    if (idle.length === things.length) closed?.();
  }

  return {
    async use(work) {
      const thing = await take();
      try {
        return await work(thing);
      } finally {
        giveBack(thing);
      }
    },
    async close() {
      const allIdle = new Promise<void>((resolve) => {
        closed = resolve;
      });
      for (const { reject } of waiting.splice(0)) reject(new Error("closed"));
      if (idle.length < things.length) await allIdle;
    },
  };
}
