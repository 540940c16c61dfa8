import type { Breakdown, BreakdownRow } from "@/lib/query/answers";
import type { LinkValue } from "@/lib/query/links";
import type { RowsQuestion } from "@/lib/query/plan";
import { cutRows } from "@/lib/query/rows";

/** A link of which nothing is known has no value. */
const UNKNOWN: LinkValue[] = [{ value: null }];

/**
 * Clicks by a property of their links, from the clicks of every link. A click counts for each of its link's tags, so
 * rows of tags may add up to more than the total.
 *
 * @param values of that property, by link id
 */
export function byLinkProperty(
  links: Breakdown,
  values: ReadonlyMap<string, LinkValue[]>,
  question: RowsQuestion,
): Breakdown {
  const rows = new Map<string | null, BreakdownRow>();
  for (const { value: id, clicks, previous } of links.rows) {
    for (const { value, name } of values.get(id ?? "") ?? UNKNOWN) {
      const row = rows.get(value) ?? { value, clicks: 0, ...(name && { name }) };
      row.clicks += clicks;
      if (previous !== undefined) row.previous = (row.previous ?? 0) + previous;
      rows.set(value, row);
    }
  }
  const all = [...rows.values()];
  const cut = cutRows(all, question, ({ value, name }) => name ?? value);
  const sum = all.reduce((clicks, row) => clicks + row.clicks, 0);
  const previousSum = all.reduce((clicks, row) => clicks + (row.previous ?? 0), 0);
  const isMore = sum > links.total || previousSum > (links.previousTotal ?? 0);
  return { ...links, ...cut, ...(isMore && { sum, ...(links.previousTotal !== undefined && { previousSum }) }) };
}
