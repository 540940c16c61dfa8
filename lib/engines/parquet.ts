import "server-only";
import { type FileHandle, mkdir, mkdtemp, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBInstance } from "@duckdb/node-api";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import type { Source } from "@/lib/base/http/download";
import { log } from "@/lib/base/log";
import { text as words } from "@/lib/base/problems";
import { single } from "@/lib/base/runtime";
import type { RowText } from "@/lib/engines/copy-out";
import { readRows, UNESCAPE_MACRO } from "@/lib/engines/duckdb/columns";
import { createJoin, footerLength, HEAD, TAIL_BYTES } from "@/lib/engines/parquet-join";

export type ParquetColumn = { name: string; type: "timestamptz" | "boolean" | "varchar" };

/** What follows a single column. */
const CONSTANT: ParquetColumn = { name: "", type: "boolean" };

/** Rows of a part, which is a group of rows in the file: enough to compress well, and few enough for memory. */
const PART = 30_720;
/** Bytes of text after which a part ends, however few its rows are: long texts must fit into memory, too. */
const PART_BYTES = 16 * 1024 * 1024;
const MEMORY = "64MiB";
const LINE_END = 10;
/** Bytes of the file at a time. */
const CHUNK = 256 * 1024;

const state = single("directory of exports", (): { ready: Promise<string> | null } => ({ ready: null }));

/** Where parts are while they are made. What a crash left there is deleted when the server starts. */
export function exportsDirectory(): Promise<string> {
  const own = state();
  own.ready ??= emptied().catch((error: unknown) => {
    // The next export tries again.
    own.ready = null;
    throw error;
  });
  return own.ready;
}

async function emptied(): Promise<string> {
  const path = join(/* turbopackIgnore: true */ env().DATA_DIR, "exports");
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { recursive: true, mode: 0o700 });
  return path;
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

async function loadDuckDb(): Promise<typeof DuckDBInstance> {
  try {
    return (await import("@duckdb/node-api")).DuckDBInstance;
  } catch (error) {
    throw new AppError("unavailable", words.exports.noParquet, {}, { cause: error });
  }
}

/** A directory, and a database of its own with one thread, so that an export takes nothing from the mirror. */
async function openWriter(Instance: typeof DuckDBInstance) {
  const own = await mkdtemp(join(await exportsDirectory(), "parquet-"));
  const opened: { closeSync: () => void }[] = [];
  async function close(): Promise<void> {
    for (const one of opened.toReversed()) one.closeSync();
    await rm(own, { recursive: true, force: true });
  }
  try {
    const instance = await Instance.create(":memory:", {
      threads: "1",
      memory_limit: MEMORY,
      temp_directory: join(own, "temp"),
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      allow_community_extensions: "false",
    });
    opened.push(instance);
    const connection = await instance.connect();
    opened.push(connection);
    await connection.run(`set allowed_directories = [${literal(own)}]`);
    await connection.run("set enable_external_access = false");
    await connection.run(UNESCAPE_MACRO);
    await connection.run("set lock_configuration = true");
    return { own, connection, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Makes a file of the next rows, at most `PART`. @returns a function that is true for each file but those after the last */
function partsOf(rows: RowText): (file: string) => Promise<boolean> {
  let left: Buffer | null = null;
  return async (file) => {
    const handle = await open(file, "w", 0o600);
    let count = 0;
    let size = 0;
    try {
      while (count < PART && size < PART_BYTES) {
        const lines: Buffer | null = left ?? (await rows.next());
        left = null;
        if (!lines) break;
        let end = 0;
        while (count < PART && end < lines.length) {
          end = lines.indexOf(LINE_END, end) + 1;
          count += 1;
        }
        await handle.appendFile(lines.subarray(0, end));
        size += end;
        if (end < lines.length) left = lines.subarray(end);
      }
    } finally {
      await handle.close();
    }
    return count > 0;
  };
}

async function readAt(handle: FileHandle, length: number, position: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new Error("a part of the file is missing");
  return buffer;
}

/**
 * Rows as a Parquet file with these columns, in their order. It is made in parts, of which the next is read while one is
 * written: neither memory nor disk holds more than two.
 *
 * @throws AppError unavailable where DuckDB doesn't run
 */
export async function openParquet(columns: readonly ParquetColumn[], rows: RowText): Promise<Source> {
  const Instance = await loadDuckDb();
  await exportsDirectory();
  let writer: Awaited<ReturnType<typeof openWriter>> | undefined;
  let isClosed = false;
  /** What is being done: the next bytes, and the text of the part after. */
  let working: Promise<unknown> = Promise.resolve();
  let filling: Promise<boolean> = Promise.resolve(false);
  function close(): void {
    if (isClosed) return;
    isClosed = true;
    rows.close();
    writer?.connection.interrupt();
    // Closing a connection during a query crashes the process.
    void Promise.allSettled([working])
      .then(() => Promise.allSettled([filling]))
      .then(() => made.return(undefined))
      .then(() => writer?.close())
      .catch((error: unknown) => log.warn({ err: error }, "export: files left behind"));
  }

  const read = columns.length === 1 ? [...columns, CONSTANT] : columns;
  const types = read.map(({ type }, at) => `'c${at}': '${type}'`).join(", ");
  const values = columns.map(
    ({ name, type }, at) => `${type === "varchar" ? `unescape(c${at})` : `c${at}`} as "${name}"`,
  );

  async function* bytes(): AsyncGenerator<Buffer> {
    writer = await openWriter(Instance);
    const { own, connection } = writer;
    const part = join(own, "part.parquet");
    const text = (number: number) => join(own, `${number % 2}.tsv`);
    const joined = createJoin();
    const makePart = partsOf(rows);
    filling = makePart(text(0));
    yield HEAD;
    for (let number = 0; ; number++) {
      const hasRows = await filling;
      // A file without rows has columns, too.
      if (!hasRows && number > 0) break;
      filling = makePart(text(number + 1));
      // Whoever waits for it learns of a failure.
      filling.catch(() => {});
      await connection.run(`copy (select ${values.join(", ")} from ${readRows(literal(text(number)), types)})
        to ${literal(part)} (format parquet, row_group_size ${PART})`);
      const handle = await open(part);
      try {
        const { size } = await handle.stat();
        const footer = footerLength(await readAt(handle, TAIL_BYTES, size - TAIL_BYTES));
        const length = size - footer - HEAD.length;
        joined.add(length, await readAt(handle, footer, size - footer));
        for (let at = 0; at < length; at += CHUNK)
          yield await readAt(handle, Math.min(CHUNK, length - at), HEAD.length + at);
      } finally {
        await handle.close();
      }
    }
    yield joined.end();
  }

  const made = bytes();
  return {
    close,
    async next() {
      const work = made.next();
      working = work;
      try {
        const { value, done } = await work;
        if (!done && !isClosed) return value;
        close();
        if (!done) throw new Error("the export was closed");
        return null;
      } catch (error) {
        close();
        throw error;
      }
    },
  };
}
