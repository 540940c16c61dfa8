import "server-only";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { READ_SQL } from "@/lib/engines/duckdb/columns";
import {
  type DuckDb,
  type MirrorRow,
  openDuckDb,
  removeDuckDb,
  type Statement,
  type Value,
} from "@/lib/engines/duckdb/database";
import type { CopyPosition, Source, SourceState } from "@/lib/engines/duckdb/source";
import { addBatch, pruneBefore, SETTLE, SHAPE, TABLES, visitorsMacro } from "@/lib/engines/duckdb/tables";

/** Clicks in a file, up to a position. */
export type Batch = { file: string; clicks: number; end: CopyPosition };

/** Progress of the copy: clicks up to `last`, without those before `pruned`, of the data with this fingerprint. */
type CopyState = CopyPosition & { fingerprint: string; pruned: Date | null };

/** The copy of Postgres' clicks. Its content and progress change in one transaction. */
export type Copy = Awaited<ReturnType<typeof openCopy>>;

const plainly = (statements: readonly string[]) => statements.map((sql): [string, Value[]] => [sql, []]);

const SET_STATE = "insert into state values ($1, $2, $3, $4, $5)";

/**
 * Opens the copy in a directory; `memory` in bytes, `step`: how many clicks are settled together, `readMs`: limit of a read. Throws OldShape if another
 * version made it.
 */
export async function openCopy(directory: string, memory: number, step: number, readMs?: number) {
  async function begin(): Promise<{ db: DuckDb; state: CopyState; room: number }> {
    const db = await openDuckDb(directory, memory, readMs);
    try {
      // Left by a crash.
      for (const name of await readdir(directory)) if (name.startsWith("batch")) await rm(join(directory, name));
      // First of all: tables of another shape may not fit.
      await db.write([[STATE, []]]);
      const state = await readState(db);
      await db.write(plainly(TABLES));
      return { db, state, room: await makeRoom(db, 0) };
    } catch (error) {
      // Nothing else prevents one process from opening a file twice.
      await db.close();
      throw error;
    }
  }
  let { db, state, room } = await begin();
  let batches = 0;
  let settling = Promise.resolve();

  async function change(next: CopyState, changes: [string, Value[]][]): Promise<void> {
    const { fingerprint, last, anchor, pruned } = next;
    const row = [SHAPE, fingerprint, last, anchor, pruned?.toISOString() ?? null];
    await db.write([...changes, ["delete from state", []], [SET_STATE, row]]);
    state = next;
  }

  return {
    state: () => state,
    /** Differs between any two contents. */
    version: (): string => `${state.fingerprint} ${state.last} ${state.pruned?.getTime()}`,
    read: (sql: string, values: readonly Value[]): Promise<MirrorRow[]> => db.read(sql, values),
    readLate: (make: () => Statement): Promise<MirrorRow[]> => db.readLate(make),
    readColumns: (sql: string, values: readonly Value[]) => db.readColumns(sql, values),
    async count(): Promise<number> {
      const [row] = await db.read("select cast(count(*) as int) as clicks from click", []);
      return Number(row?.clicks);
    },
    /** Deletes everything, for other data. */
    async restart(fingerprint: string, pruned: Date | null): Promise<void> {
      // A new file: the old one may still contain rows that were deleted on request.
      if (state.fingerprint !== "") {
        await db.close();
        await removeDuckDb(directory);
        ({ db, room } = await begin());
      }
      await change({ fingerprint, last: 0n, anchor: null, pruned }, []);
    },
    /**
     * Deletes the clicks before a time, the midnight of a day in UTC, which Postgres deletes and no longer stores.
     *
     * @returns false when that has been done
     */
    async prune(before: Date | null): Promise<boolean> {
      if (before === null || (state.pruned && state.pruned >= before)) return false;
      // It moves the same clicks; whoever began it learns of a failure.
      await settling.catch(() => {});
      await change({ ...state, pruned: before }, pruneBefore(before));
      return true;
    },
    /** Fetches clicks of `(after, end]`, before whose end none is in progress. They are taken in, or dropped, once. */
    async fetch(source: Source, after: bigint, end: CopyPosition): Promise<Batch> {
      batches += 1;
      const file = join(directory, `batch-${batches}.tsv`);
      try {
        return { file, clicks: await source.copy(after, end.last, state.pruned, file), end };
      } catch (error) {
        await rm(file, { force: true });
        throw error;
      }
    },
    drop: ({ file }: Batch): Promise<void> => rm(file, { force: true }),
    /** Takes in the batch that follows the last click. @returns its clicks */
    async append({ file, clicks, end: { last, anchor } }: Batch): Promise<number> {
      try {
        // At most every click has a new visitor.
        room -= clicks;
        if (room < 0) room = await makeRoom(db, clicks);
        await change({ ...state, last, anchor }, [[READ_SQL, [file]], ...plainly(addBatch(clicks >= step))]);
        return clicks;
      } finally {
        await rm(file, { force: true });
      }
    },
    /** Settles the recent clicks, if they are enough. Nothing waits for it. */
    async settle(): Promise<void> {
      const [row] = await db.read("select cast(count(*) as integer) as recent from recent", []);
      if (Number(row?.recent) < step) return;
      settling = db.rearrange(plainly(SETTLE));
      await settling;
    },
    close: (): Promise<void> => db.close(),
  };
}

const STATE = `create table if not exists state
  (shape varchar, fingerprint varchar, last bigint, anchor varchar, pruned varchar)`;

/** Makes the macro that counts visitors ready for some more. @returns for how many further ones it is */
async function makeRoom(db: DuckDb, more: number): Promise<number> {
  const [row] = await db.read("select cast(coalesce(max(number) + 1, 0) as integer) as visitors from visitor", []);
  const visitors = Number(row?.visitors) + more;
  await db.write(plainly([visitorsMacro(2 * visitors)]));
  return visitors;
}

/** The columns differ: the file must be rebuilt. */
export class OldShape extends Error {}

/** @throws OldShape */
async function readState(db: DuckDb): Promise<CopyState> {
  const [row] = await db.read("select * replace (cast(last as varchar) as last) from state", []);
  const [old] = await db.read("select 1 from duckdb_tables() where table_name = 'click'", []);
  if (old) throw new OldShape("made by an earlier version of Footfall");
  if (!row) return { fingerprint: "", last: 0n, anchor: null, pruned: null };
  if (row.shape !== SHAPE) throw new OldShape("made by another version of Footfall");
  return {
    fingerprint: String(row.fingerprint),
    last: BigInt(String(row.last)),
    anchor: row.anchor === null ? null : String(row.anchor),
    pruned: row.pruned === null ? null : new Date(String(row.pruned)),
  };
}

/** Whether the click at a position is one of those that Postgres deletes by their age. */
function isOld(anchor: string | null, pruned: Date | null): boolean {
  const seconds = Number(anchor?.split(" ").at(-1));
  return pruned !== null && seconds * 1_000 < pruned.getTime();
}

/** Whether the copy is of Postgres' current data: the same tables, and the last copied click exists or was too old. */
export const isOf = ({ fingerprint, last, anchor }: CopyState, { newest, pruned, ...there }: SourceState): boolean =>
  fingerprint === there.fingerprint &&
  (last === 0n || (last <= newest && anchor === there.anchor) || (there.anchor === null && isOld(anchor, pruned)));
