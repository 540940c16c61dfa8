import "server-only";
import { once } from "node:events";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { databaseUrl, ofDatabase } from "@/lib/base/database-parts";
import { AppError } from "@/lib/base/errors";
import { log } from "@/lib/base/log";
import { text as words } from "@/lib/base/problems";
import type { Prisma } from "@/lib/generated/prisma/client";

/** Rows as Postgres's COPY writes them: a line each, fields parted by tabs, `\N` for null, backslashes escaped. */
export type RowText = {
  /** The next rows, whole ones, in UTF-8; null after the last. One call at a time. @throws when the statement fails */
  next: () => Promise<Buffer | null>;
  /** Ends the statement at once and gives up its connection. Harmless after the end. */
  close: () => void;
};

export const NO_ROWS: RowText = { next: async () => null, close() {} };

/** Exports at a time; each has a connection as long as it is read. */
const MOST = 6;
const WAIT_MS = 15_000;
/** A reader that takes nothing for this long is gone: its statement would keep what others delete. */
const STALL_MS = 5 * 60_000;

/**
 * It may take as long as it is read, but ends when its reader does, even before it has found a row. Rows lie nearly as the
 * index by time does, so that reading along it is cheap and the first rows come at once.
 */
const SETTINGS = `begin isolation level repeatable read read only;
  set local statement_timeout = 0;
  set local client_connection_check_interval = '2s';
  set local random_page_cost = 1.1;
  set local timezone = 'UTC';
  set local datestyle = 'ISO'`;

function connect(): pg.Pool {
  const own = new pg.Pool({
    connectionString: databaseUrl(),
    max: MOST,
    connectionTimeoutMillis: WAIT_MS,
    keepAlive: true,
    allowExitOnIdle: true,
  });
  // Else an idle connection that the server closes would end the process.
  own.on("error", (error) => log.warn({ err: error }, "export: connection lost"));
  return own;
}

const pool = ofDatabase("database for exports", connect, (own) => own.end());

function literal(value: unknown): string {
  if (typeof value === "string") return pg.escapeLiteral(value);
  if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return String(value);
  throw new TypeError("no such parameter of COPY");
}

/** A statement with its parameters in place, as COPY takes none. */
const inPlace = ({ strings, values }: Prisma.Sql): string =>
  strings.reduce((text, part, at) => `${text}${literal(values[at - 1])}${part}`);

const LINE_END = 10;
/** Bytes of rows that are taken at a time. */
const AT_ONCE = 128 * 1024;

/**
 * Rows of one statement as of one moment, however many, read as fast as they are asked for.
 *
 * @throws AppError unavailable when all connections are in use
 */
export async function copyOut(sql: Prisma.Sql): Promise<RowText> {
  const client = await pool()
    .connect()
    .catch((error: unknown) => {
      throw new AppError("unavailable", words.exports.busy, { "Retry-After": "30" }, { cause: error });
    });
  const quiet = () => {};
  // The pool only listens to idle connections; a failure reaches the reader below.
  client.on("error", quiet);
  let isOver = false;
  let stalled: NodeJS.Timeout | undefined;
  function end(isBroken: boolean): void {
    if (isOver) return;
    isOver = true;
    clearTimeout(stalled);
    if (!isBroken) client.off("error", quiet);
    client.release(isBroken);
  }
  const close = () => end(true);
  function awaitReader(): void {
    stalled = setTimeout(() => {
      log.warn("export: ended, as nobody read it");
      close();
    }, STALL_MS).unref();
  }
  try {
    await client.query(SETTINGS);
    const source = client
      .query(copyTo(`copy (${inPlace(sql)}) to stdout`, { highWaterMark: AT_ONCE }))
      .on("error", quiet);
    const isReady = once(client, "drain");
    // Whoever reads learns of a failure.
    isReady.catch(quiet);
    const chunks = source[Symbol.asyncIterator]();
    let rest: Buffer = Buffer.alloc(0);
    const read = async (): Promise<Buffer | null> => {
      while (!isOver) {
        const { value, done } = await chunks.next();
        if (done) {
          await isReady;
          await client.query("commit");
          end(false);
          return null;
        }
        const chunk: Buffer = rest.length > 0 ? Buffer.concat([rest, value]) : value;
        const whole = chunk.lastIndexOf(LINE_END) + 1;
        rest = chunk.subarray(whole);
        if (whole > 0) return chunk.subarray(0, whole);
      }
      throw new Error("the export was closed");
    };
    awaitReader();
    return {
      close,
      async next() {
        clearTimeout(stalled);
        try {
          const rows = await read();
          if (rows && !isOver) awaitReader();
          return rows;
        } catch (error) {
          if (!isOver) log.warn({ err: error }, "export: broke off");
          close();
          throw error;
        }
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}
