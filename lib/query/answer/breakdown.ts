import "server-only";
import type { Viewer } from "@/lib/access/viewer";
import { type DimensionKey, isClickDimension, isLinkDimension } from "@/lib/dimensions";
import type { Breakdown } from "@/lib/query/answers";
import { countBy as countAlone } from "@/lib/query/count-by";
import type { Filters } from "@/lib/query/filters";
import { byLinkProperty } from "@/lib/query/link-rows";
import { linkSummaries, linkValues } from "@/lib/query/links";
import { ALL_ROWS, type RowsQuestion } from "@/lib/query/plan";
import { cutRows } from "@/lib/query/rows";
import { byTime, hoursOfWeek } from "@/lib/query/week";

/**
 * Clicks by one dimension. Without a question it is every row, most clicks first.
 *
 * @param countBy counts by a property of the click; another one may have counted already
 */
export async function answerBreakdown(
  _viewer: Viewer,
  filters: Filters,
  key: DimensionKey,
  question: Partial<RowsQuestion> = {},
  countBy = countAlone,
): Promise<Breakdown> {
  const rows = { ...ALL_ROWS, ...question };
  if (filters.problems.length > 0) return { rows: [], rowCount: 0, total: 0 };
  if (key === "linkId" && rows.search !== null) {
    const all = await withLinks(await countBy(filters, key, ALL_ROWS));
    return { ...all, ...cutRows(all.rows, rows, ({ value, link }) => link?.shortLink ?? value) };
  }
  if (key === "linkId") return withLinks(await countBy(filters, key, rows));
  if (isClickDimension(key)) return countBy(filters, key, rows);
  if (!isLinkDimension(key)) return byTime(key, await hoursOfWeek(filters), filters.comparison !== null, rows);
  const links = await countBy(filters, "linkId", ALL_ROWS);
  return byLinkProperty(
    links,
    await linkValues(
      key,
      links.rows.flatMap(({ value }) => value ?? []),
    ),
    rows,
  );
}

async function withLinks(breakdown: Breakdown): Promise<Breakdown> {
  const links = await linkSummaries(breakdown.rows.flatMap(({ value }) => value ?? []));
  const rows = breakdown.rows.map((row) => {
    const link = row.value === null ? undefined : links.get(row.value);
    return link ? { ...row, link } : row;
  });
  return { ...breakdown, rows };
}
