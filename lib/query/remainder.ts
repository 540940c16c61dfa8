import type { Breakdown } from "@/lib/query/answers";

/** The clicks of all rows that are not listed, so that a list adds up to its total. */
export function remainderOf({ rows, total, previousTotal }: Breakdown): { clicks: number; previous?: number } {
  const clicks = rows.reduce((left, row) => left - row.clicks, total);
  if (previousTotal === undefined) return { clicks };
  return { clicks, previous: rows.reduce((left, row) => left - (row.previous ?? 0), previousTotal) };
}
