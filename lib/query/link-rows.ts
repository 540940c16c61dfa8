import type { LinkDimensionKey } from "@/lib/dimensions";
import type { Breakdown, BreakdownRow } from "@/lib/query/answers";
import type { LinkProperties } from "@/lib/query/links";
import type { RowsQuestion } from "@/lib/query/plan";
import { cutRows } from "@/lib/query/rows";

type Named = { value: string | null; name?: string };

const VALUES: Record<LinkDimensionKey, (link: LinkProperties) => Named[]> = {
  domain: ({ domain }) => [{ value: domain }],
  folderId: ({ folderId }) => [{ value: folderId }],
  tagId: ({ tags }) => (tags.length > 0 ? tags.map(({ id, name }) => ({ value: id, name })) : [{ value: null }]),
};

/**
 * Clicks by a property of their links, from the clicks of every link. A click counts for each of its link's tags, so
 * rows of tags may add up to more than the total.
 */
export function byLinkProperty(
  key: LinkDimensionKey,
  links: Breakdown,
  known: ReadonlyMap<string, LinkProperties>,
  question: RowsQuestion,
): Breakdown {
  const rows = new Map<string | null, BreakdownRow>();
  for (const { value: id, clicks, previous } of links.rows) {
    const link = known.get(id ?? "");
    for (const { value, name } of link ? VALUES[key](link) : ([{ value: null }] as Named[])) {
      const row = rows.get(value) ?? { value, clicks: 0, ...(name && { name }) };
      row.clicks += clicks;
      if (previous !== undefined) row.previous = (row.previous ?? 0) + previous;
      rows.set(value, row);
    }
  }
  return { ...links, ...cutRows([...rows.values()], question, ({ value, name }) => name ?? value) };
}
