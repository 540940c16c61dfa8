import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import { type Column, namesSql, rowsSql } from "@/lib/base/rows-sql";
import { PAIR_LOCKS } from "@/lib/base/write-lock";
import { CLICK_FIELDS, type FieldKey, type StoredClick } from "@/lib/click/fields";
import { Prisma } from "@/lib/generated/prisma/client";

const parameterOf = (value: StoredClick[FieldKey]) => (value instanceof Date ? value.toISOString() : value);

const COLUMNS: Column<StoredClick>[] = CLICK_FIELDS.map(({ key, column, type }) => [
  column,
  type,
  (row) => parameterOf(row[key]),
]);

const PAIR: Column<StoredClick>[] = [
  ["link_id", "text", (row) => row.linkId],
  ["click_id", "text", (row) => row.clickId],
];

const Keys = z.array(z.object({ link_id: z.string(), click_id: z.string(), clicked_at: z.date() }));

/** New; already stored; or already stored with another time within the repeat window. */
type Stored = "new" | "duplicate" | "repeat";

/** Key of a link and click id. The sender reuses an id for later clicks of the same visitor. */
const pairOf = (linkId: string, clickId: string): string => `${linkId}\0${clickId}`;
const keyOf = ({ linkId, clickId }: StoredClick): string => pairOf(linkId, clickId);

/** Second key of an advisory lock. */
const lockOf = (pair: string): number => createHash("sha256").update(pair).digest().readInt32BE();

/**
 * Locks each pair until the transaction ends, in the same order everywhere so that there is no deadlock. A unique key
 * can't express "within an hour"; a lock applies to all servers of the database.
 */
async function lockPairs(tx: Prisma.TransactionClient, pairs: readonly string[]): Promise<void> {
  const locks = [...new Set(pairs.map(lockOf))].sort((a, b) => a - b);
  await tx.$executeRaw`select pg_advisory_xact_lock(${PAIR_LOCKS}::int, lock) from unnest(${locks}::int[]) as lock`;
}

/** Times of the stored clicks by pair. */
async function knownTimes(tx: Prisma.TransactionClient, rows: readonly StoredClick[]): Promise<Map<string, number[]>> {
  const pairs = rowsSql(PAIR, rows);
  const found = Keys.parse(
    await tx.$queryRaw`
      select click.link_id, click.click_id, click.clicked_at
      from click join (select distinct * from ${pairs} as pair (link_id, click_id)) as pair
        on click.link_id = pair.link_id and click.click_id = pair.click_id`,
  );
  const times = new Map<string, number[]>();
  for (const { link_id, click_id, clicked_at } of found) {
    const pair = pairOf(link_id, click_id);
    times.set(pair, [...(times.get(pair) ?? []), clicked_at.getTime()]);
  }
  return times;
}

/** Judges each row by the stored times and those of the rows before it. */
function judge(rows: readonly StoredClick[], times: Map<string, number[]>, windowMs: number): Map<StoredClick, Stored> {
  const judged = new Map<StoredClick, Stored>();
  for (const row of rows) {
    const pair = keyOf(row);
    const known = times.get(pair) ?? [];
    const at = row.clickedAt.getTime();
    if (known.includes(at)) judged.set(row, "duplicate");
    else if (known.some((other) => Math.abs(other - at) < windowMs)) judged.set(row, "repeat");
    else {
      judged.set(row, "new");
      times.set(pair, [...known, at]);
    }
  }
  return judged;
}

/**
 * Stores new clicks. The sender may send a click again with a new time, and records one click per visitor and link
 * within an hour: the same ids within that window are one click. The caller holds WRITE_LOCK, shared, so no mirror
 * catches up until this transaction ends.
 *
 * @param windowMs maximum distance of two times of one click; 0: only equal times are the same click
 * @returns the result for each row; of equal rows the first is new
 */
export async function storeClicks(
  tx: Prisma.TransactionClient,
  rows: readonly StoredClick[],
  windowMs: number,
): Promise<ReadonlyMap<StoredClick, Stored>> {
  if (rows.length === 0) return new Map();
  await lockPairs(tx, rows.map(keyOf));
  const judged = judge(rows, await knownTimes(tx, rows), windowMs);
  const fresh = rows.filter((row) => judged.get(row) === "new");
  if (fresh.length === 0) return judged;
  // In key order, so that index pages are written sequentially.
  const sorted = fresh.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const written = Keys.parse(
    await tx.$queryRaw(Prisma.sql`
      insert into click (${namesSql(COLUMNS)})
      select * from ${rowsSql(COLUMNS, sorted)}
      on conflict (link_id, click_id, clicked_at) do nothing
      returning link_id, click_id, clicked_at`),
  );
  // Servers of an older version don't take these locks: what they stored meanwhile is a duplicate.
  const stored = new Set(written.map((key) => `${pairOf(key.link_id, key.click_id)}\0${key.clicked_at.toISOString()}`));
  for (const row of fresh) {
    if (!stored.has(`${keyOf(row)}\0${row.clickedAt.toISOString()}`)) judged.set(row, "duplicate");
  }
  return judged;
}
