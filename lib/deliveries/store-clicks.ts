import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import { type Column, namesSql, rowsSql } from "@/lib/base/rows-sql";
import { PAIR_LOCKS } from "@/lib/base/write-lock";
import { CLICK_FIELDS, type FieldKey, type StoredClick } from "@/lib/click/fields";
import { Prisma } from "@/lib/generated/prisma/client";

/** A click as it is stored. Nothing may be left out: what the type lacks, the insert would store as null. */
export type ClickRow = StoredClick;

const parameterOf = (value: ClickRow[FieldKey]) => (value instanceof Date ? value.toISOString() : value);

const COLUMNS: Column<ClickRow>[] = CLICK_FIELDS.map(({ key, column, type }) => [
  column,
  type,
  (row) => parameterOf(row[key]),
]);

const PAIR: Column<ClickRow>[] = [
  ["link_id", "text", (row) => row.linkId],
  ["click_id", "text", (row) => row.clickId],
];

const Key = z.object({ link_id: z.string(), click_id: z.string(), clicked_at: z.date() });
const Keys = z.array(Key);

/** What became of a click: new, there already, or there already with another time within the window of repeats. */
export type Stored = "new" | "duplicate" | "repeat";

/** A link and a click id as text. The sender uses an id again for a visitor's later clicks. */
const pairOf = (linkId: string, clickId: string): string => `${linkId}\0${clickId}`;

/** A number for an advisory lock, in the space of locks that take two numbers. */
const lockOf = (pair: string): number => createHash("sha256").update(pair).digest().readInt32BE();

/**
 * Takes each pair of link and click id alone until the transaction ends, in one order, so that nobody waits in a circle.
 * A unique key cannot say "within an hour", and a lock holds for all servers of a database.
 */
async function lockPairs(tx: Prisma.TransactionClient, pairs: readonly string[]): Promise<void> {
  const locks = [...new Set(pairs.map(lockOf))].sort((a, b) => a - b);
  await tx.$executeRaw`select pg_advisory_xact_lock(${PAIR_LOCKS}::int, lock) from unnest(${locks}::int[]) as lock`;
}

/** When clicks with these ids were, as far as they are stored, by pair. */
async function knownTimes(tx: Prisma.TransactionClient, rows: readonly ClickRow[]): Promise<Map<string, number[]>> {
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

/** What each row is, given the times that are stored and those of rows before it. */
function judge(rows: readonly ClickRow[], times: Map<string, number[]>, windowMs: number): Map<ClickRow, Stored> {
  const judged = new Map<ClickRow, Stored>();
  for (const row of rows) {
    const pair = pairOf(row.linkId, row.clickId);
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
 * Stores the clicks that are not there yet. The sender stamps a click again when it sends it anew without a time, and
 * records one click of a visitor on a link within an hour: the same ids with another time in that window are one click.
 * The caller holds WRITE_LOCK (shared), so no mirror catches up until this transaction ends.
 *
 * @param windowMs how far apart two times of one click may be; 0: only the same time is the same click
 * @returns what became of each row; of the same click twice, the first is new
 */
export async function storeClicks(
  tx: Prisma.TransactionClient,
  rows: readonly ClickRow[],
  windowMs: number,
): Promise<ReadonlyMap<ClickRow, Stored>> {
  if (rows.length === 0) return new Map();
  await lockPairs(
    tx,
    rows.map(({ linkId, clickId }) => pairOf(linkId, clickId)),
  );
  const judged = judge(rows, await knownTimes(tx, rows), windowMs);
  const fresh = rows.filter((row) => judged.get(row) === "new");
  if (fresh.length === 0) return judged;
  // In the order of the key, so that pages of the index are written one after the other.
  const keyOf = ({ linkId, clickId }: ClickRow) => pairOf(linkId, clickId);
  const sorted = fresh.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const written = Keys.parse(
    await tx.$queryRaw(Prisma.sql`
      insert into click (${namesSql(COLUMNS)})
      select * from ${rowsSql(COLUMNS, sorted)}
      on conflict (link_id, click_id, clicked_at) do nothing
      returning link_id, click_id, clicked_at`),
  );
  // A server of an older version takes no such lock: what it stored in the meantime is a duplicate here.
  const stored = new Set(written.map((key) => `${pairOf(key.link_id, key.click_id)}\0${key.clicked_at.toISOString()}`));
  for (const row of fresh) {
    if (!stored.has(`${keyOf(row)}\0${row.clickedAt.toISOString()}`)) judged.set(row, "duplicate");
  }
  return judged;
}
