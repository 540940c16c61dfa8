import type { Breakdown } from "@/lib/query/answers";

/** The clicks of all rows that are not listed, so that a list adds up. */
export function remainderOf(breakdown: Breakdown): { clicks: number; previous?: number } {
  const { rows, total, previousTotal, sum = total, previousSum = previousTotal } = breakdown;
  const clicks = rows.reduce((left, row) => left - row.clicks, sum);
  if (previousSum === undefined) return { clicks };
  return { clicks, previous: rows.reduce((left, row) => left - (row.previous ?? 0), previousSum) };
}
