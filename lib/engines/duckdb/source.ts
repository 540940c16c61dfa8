import "server-only";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { isInDoubt } from "@/lib/base/in-doubt";
import { LOCK_NOT_AVAILABLE } from "@/lib/base/sql-state";
import { WRITE_LOCK } from "@/lib/base/write-lock";
import { copySql } from "@/lib/engines/duckdb/columns";

/** A sequence number and its click; null at the start. */
export type CopyPosition = { last: bigint; anchor: string | null };

export type SourceState = {
  /** Fingerprint of the data; changes after a restore or a deletion of clicks. */
  fingerprint: string;
  /** The highest visible number; lower ones may still be in progress. */
  newest: bigint;
  /** The click with the requested number, or null. */
  anchor: string | null;
  /** Clicks before this are deleted, or being deleted, by their age; none is stored any more. */
  pruned: Date | null;
};

/** Writers queue behind a waiter for the exclusive lock, so it waits only briefly. */
const LOCK_TIMEOUT_MS = 300;
/** A question waits for these: a host that vanished doesn't answer for a long time. */
const CONNECT_TIMEOUT_MS = 3_000;
const QUERY_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 60_000;

const ANCHOR = `link_id || ' ' || click_id || ' ' || extract(epoch from clicked_at)`;

const COPY_POSITION = `seq::text as last, ${ANCHOR} as anchor`;
type PositionRow = { last: string; anchor: string };
const positionOf = (row: PositionRow | undefined): CopyPosition | null =>
  row ? { last: BigInt(row.last), anchor: row.anchor } : null;

const POSITION = `
  select concat_ws('/', identity, generation, 'click'::regclass::oid,
      (select oid from pg_database where datname = current_database()),
      (select system_identifier from pg_control_system())) as fingerprint,
    coalesce((select max(seq) from click), 0)::text as newest,
    (select ${ANCHOR} from click where seq = $1) as anchor,
    pruned_before as pruned
  from dataset`;

const soon = (text: string, ...values: unknown[]) => ({ text, values, query_timeout: QUERY_TIMEOUT_MS });

/** Postgres as the mirror reads it, over two separate connections. */
export function createSource(databaseUrl: string, onError: (error: Error) => void) {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 2,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
  });
  // Else an idle connection that the server closes would end the process.
  pool.on("error", onError);

  async function withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    // The pool only listens to idle connections.
    client.on("error", onError);
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      // The connection's state is unknown, so it isn't reused.
      client.release(true);
      throw error;
    } finally {
      client.off("error", onError);
    }
  }

  return {
    /** Postgres' position, with the click of number `last`. */
    async position(last: bigint): Promise<SourceState> {
      const { rows } = await pool.query<Omit<SourceState, "newest"> & { newest: string }>(soon(POSITION, last));
      const [row] = rows;
      if (!row) throw new Error("the table dataset is empty");
      return { ...row, newest: BigInt(row.newest) };
    },

    /** The position up to which no lower number can appear; null when writers hold the lock for too long, or one is in doubt. */
    gapFreePosition(): Promise<CopyPosition | null> {
      return withClient(async (client) => {
        await client.query(soon("begin"));
        try {
          await client.query(soon(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`));
          await client.query(soon("select pg_advisory_xact_lock($1)", WRITE_LOCK));
        } catch (error) {
          await client.query(soon("rollback"));
          if (error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE) return null;
          throw error;
        }
        if (await isInDoubt(async (sql) => (await client.query(soon(sql))).rows)) {
          await client.query(soon("rollback"));
          return null;
        }
        // A separate statement, so that it sees what was committed while it waited.
        const newest = soon(`select ${COPY_POSITION} from click order by click.seq desc limit 1`);
        const { rows } = await client.query<PositionRow>(newest);
        await client.query(soon("commit"));
        return positionOf(rows[0]) ?? { last: 0n, anchor: null };
      });
    },

    /** The position `clicks` after `after`, at most `end`. */
    async further(after: bigint, end: CopyPosition, clicks: number): Promise<CopyPosition> {
      const { rows } = await pool.query<PositionRow>(
        `select ${COPY_POSITION} from click where seq > $1 and seq < $2 order by click.seq offset $3 limit 1`,
        [after, end.last, clicks - 1],
      );
      return positionOf(rows[0]) ?? end;
    },

    /** Writes the clicks of `(after, to]`, without those before `pruned`, to a file. @returns their number */
    copy(after: bigint, to: bigint, pruned: Date | null, file: string): Promise<number> {
      return withClient(async (client) => {
        const rows = client.query(copyTo(copySql(after, to, pruned)));
        await pipeline(rows, createWriteStream(file));
        return rows.rowCount;
      });
    },

    /** Number of clicks up to a sequence number, without those before `pruned`. */
    async count(last: bigint, pruned: Date | null): Promise<number> {
      const sql =
        "select count(*) as count from click where seq <= $1 and ($2::timestamptz is null or clicked_at >= $2)";
      const { rows } = await pool.query<{ count: string }>(sql, [last, pruned]);
      return Number(rows[0]?.count);
    },

    close: () => pool.end(),
  };
}

export type Source = ReturnType<typeof createSource>;
