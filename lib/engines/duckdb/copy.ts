import "server-only";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { READ_SQL, SHAPE, TABLES } from "@/lib/engines/duckdb/columns";
import { type DuckDb, type MirrorRow, openDuckDb, removeDuckDb, type Value } from "@/lib/engines/duckdb/database";
import type { CopyPosition, Source, SourceState } from "@/lib/engines/duckdb/source";

/** Progress of the copy: clicks up to `last`, of the data with this fingerprint. */
type CopyState = CopyPosition & { fingerprint: string };

/** The copy of Postgres' clicks. Its content and progress change in one transaction. */
export type Copy = Awaited<ReturnType<typeof openCopy>>;

const SET_STATE = "insert into state values ($1, $2, $3, $4)";

/** Opens the copy in a directory; `memory` in bytes. Throws OldShape if another version made it. */
export async function openCopy(directory: string, memory: number) {
  async function begin(): Promise<{ db: DuckDb; state: CopyState }> {
    const db = await openDuckDb(directory, memory);
    try {
      await db.write(TABLES.map((sql) => [sql, []]));
      return { db, state: await readState(db) };
    } catch (error) {
      // Nothing else prevents one process from opening a file twice.
      await db.close();
      throw error;
    }
  }
  let { db, state } = await begin();

  async function change(next: CopyState, changes: [string, Value[]][]): Promise<void> {
    const { fingerprint, last, anchor } = next;
    await db.write([...changes, ["delete from state", []], [SET_STATE, [SHAPE, fingerprint, last, anchor]]]);
    state = next;
  }

  return {
    state: () => state,
    read: (sql: string, values: readonly Value[]): Promise<MirrorRow[]> => db.read(sql, values),
    async count(): Promise<number> {
      const [row] = await db.read("select cast(count(*) as int) as clicks from click", []);
      return Number(row?.clicks);
    },
    /** Deletes everything, for other data. */
    async restart(fingerprint: string): Promise<void> {
      // A new file: the old one may still contain rows that were deleted on request.
      if (state.fingerprint !== "") {
        await db.close();
        await removeDuckDb(directory);
        ({ db } = await begin());
      }
      await change({ fingerprint, last: 0n, anchor: null }, []);
    },
    /** Copies clicks up to a position before which none is in progress. @returns their number */
    async append(source: Source, { last, anchor }: CopyPosition): Promise<number> {
      const file = join(directory, "batch.tsv");
      try {
        const clicks = await source.copy(state.last, last, file);
        await change({ ...state, last, anchor }, [[READ_SQL, [file]]]);
        return clicks;
      } finally {
        await rm(file, { force: true });
      }
    },
    close: (): Promise<void> => db.close(),
  };
}

/** The columns differ: the file must be rebuilt. */
export class OldShape extends Error {}

/** @throws OldShape */
async function readState(db: DuckDb): Promise<CopyState> {
  const [row] = await db.read("select shape, fingerprint, cast(last as varchar) as last, anchor from state", []);
  if (!row) return { fingerprint: "", last: 0n, anchor: null };
  if (row.shape !== SHAPE) throw new OldShape("made by another version of Footfall");
  return {
    fingerprint: String(row.fingerprint),
    last: BigInt(String(row.last)),
    anchor: row.anchor === null ? null : String(row.anchor),
  };
}

/** Whether the copy is of Postgres' current data: the same tables, and the last copied click still exists. */
export const isOf = ({ fingerprint, last, anchor }: CopyState, { newest, ...there }: SourceState): boolean =>
  fingerprint === there.fingerprint && (last === 0n || (last <= newest && anchor === there.anchor));
