import "server-only";
import { z } from "zod";
import { CLICK_FIELDS, type FieldKey, type StoredClick } from "@/lib/click/fields";
import { Prisma } from "@/lib/generated/prisma/client";
import { type Column, namesSql, rowsSql } from "@/lib/ingest/columns";

/** A click as it is stored. Nothing may be left out: what the type lacks, the insert would store as null. */
export type ClickRow = StoredClick;

const parameterOf = (value: ClickRow[FieldKey]) => (value instanceof Date ? value.toISOString() : value);

const COLUMNS: Column<ClickRow>[] = CLICK_FIELDS.map(({ key, column, type }) => [
  column,
  type,
  (row) => parameterOf(row[key]),
]);

const Written = z.array(z.object({ link_id: z.string(), click_id: z.string(), clicked_at: z.date() }));

/** A click's identity as text: link, click id and time, in the order of the table's key. */
const keyOf = (linkId: string, clickId: string, clickedAt: Date): string =>
  [linkId, clickId, clickedAt.toISOString()].join("\0");

/**
 * Stores the clicks that are not there yet.
 *
 * @returns the rows that are new; of the same click twice, the first
 */
export async function storeClicks(
  tx: Prisma.TransactionClient,
  rows: readonly ClickRow[],
): Promise<ReadonlySet<ClickRow>> {
  const byKey = new Map<string, ClickRow>();
  for (const row of rows) {
    const key = keyOf(row.linkId, row.clickId, row.clickedAt);
    if (!byKey.has(key)) byKey.set(key, row);
  }
  // Everybody takes the keys in the same order, so that nobody waits in a circle.
  const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const statement = Prisma.sql`
    insert into click (${namesSql(COLUMNS)})
    select * from ${rowsSql(COLUMNS, sorted)}
    on conflict (link_id, click_id, clicked_at) do nothing
    returning link_id, click_id, clicked_at`;
  const written = sorted.length > 0 ? Written.parse(await tx.$queryRaw(statement)) : [];
  return new Set(written.flatMap((row) => byKey.get(keyOf(row.link_id, row.click_id, row.clicked_at)) ?? []));
}
