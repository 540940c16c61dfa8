import "server-only";
import { z } from "zod";
import { type ClickDimensionKey, type DimensionKey, isClickDimension, isLinkDimension } from "@/lib/click/dimensions";
import { ask } from "@/lib/engines/engine";
import { resolve } from "@/lib/question/answer/resolve";
import { compareNames, compareValues, cutRows } from "@/lib/question/answer/rows";
import { type LinkValue, linkSummaries, linkValues } from "@/lib/question/answer/stored-links";
import { byTime, hoursOfWeek } from "@/lib/question/answer/week";
import type { Breakdown, BreakdownRow } from "@/lib/question/answers";
import { planBreakdown, planClicks } from "@/lib/question/plan";
import { ALL_ROWS, type Filters, type RowsPart } from "@/lib/question/question";
import { breakdownSql, breakdownsSql } from "@/lib/question/sql";

const Row = z.object({
  value: z.string().nullable(),
  clicks: z.int(),
  previous: z.int(),
  total: z.int(),
  previous_total: z.int(),
  row_count: z.int(),
});
const CityRow = Row.extend({ country: z.string().nullable(), region: z.string().nullable() });
const FieldRow = CityRow.extend({ field: z.string() });

/** Clicks by a property of the click, as the engine makes the rows. */
export async function countBy(filters: Filters, key: ClickDimensionKey, rows: RowsPart): Promise<Breakdown> {
  if (rows.order.by === "value") return byName(await countBy(filters, key, { ...ALL_ROWS, search: rows.search }), rows);
  const plan = await resolve(planBreakdown(filters, key, rows), filters.comparison);
  const groups = await ask(key === "city" ? CityRow : Row, breakdownSql(plan));
  const [first] = groups;
  // A part beyond the last row, or a search that finds nothing, does not say how many clicks there are.
  if (!first && rows.offset > 0)
    return { ...(await countBy(filters, key, { ...rows, limit: 1, offset: 0 })), rows: [] };
  if (!first && rows.search !== null) {
    return { ...(await countBy(filters, key, { ...ALL_ROWS, limit: 1 })), rows: [], rowCount: 0 };
  }
  return {
    ...sums(first, filters),
    rows: groups.map((group) => rowOf(group, filters)),
    rowCount: first?.row_count ?? 0,
  };
}

/** A part of the rows of several dimensions, in one statement. What a search does not find has no rows and no sums. */
export async function countTogether(
  filters: Filters,
  questions: readonly (readonly [ClickDimensionKey, RowsPart])[],
): Promise<Map<DimensionKey, Breakdown>> {
  const { from, to, bots, zone, periods, terms } = await resolve(planClicks(filters), filters.comparison);
  const shared = { from, to, bots, zone, periods, terms };
  const plans = questions.map(([key, rows]) => ({ ...planBreakdown(filters, key, rows), ...shared }));
  const groups = await ask(FieldRow, breakdownsSql(plans));
  return new Map(
    questions.map(([key]) => {
      // A union keeps no order.
      const own = groups
        .filter(({ field }) => field === key)
        .sort((a, b) => b.clicks - a.clicks || compareValues(a.value, b.value));
      const rows = own.map(({ country, region, ...group }) =>
        rowOf(key === "city" ? { ...group, country, region } : group, filters),
      );
      return [key, { ...sums(own[0], filters), rows, rowCount: own[0]?.row_count ?? 0 }];
    }),
  );
}

/** No collation is the same in both engines, so names are brought into the order of a dictionary here. */
function byName(all: Breakdown, { order, offset, limit }: RowsPart): Breakdown {
  const sign = order.descending ? -1 : 1;
  const sorted = all.rows.toSorted(
    (a, b) =>
      (a.value !== null && b.value !== null && sign * compareNames(a.value, b.value)) ||
      compareValues(a.value, b.value) ||
      compareValues(a.place?.country ?? null, b.place?.country ?? null) ||
      compareValues(a.place?.region ?? null, b.place?.region ?? null),
  );
  return { ...all, rows: sorted.slice(offset, limit === null ? undefined : offset + limit) };
}

function sums(row: z.infer<typeof Row> | undefined, { comparison }: Filters) {
  return { total: row?.total ?? 0, ...(comparison && { previousTotal: row?.previous_total ?? 0 }) };
}

function rowOf(group: z.infer<typeof Row> | z.infer<typeof CityRow>, { comparison }: Filters): BreakdownRow {
  const { value, clicks } = group;
  const row = { value, clicks, ...(comparison && { previous: group.previous }) };
  return "country" in group ? { ...row, place: { country: group.country, region: group.region } } : row;
}

/**
 * Clicks by one dimension. Without a question it is every row, most clicks first.
 *
 * @param count counts by a property of the click; another one may have counted already
 */
export async function breakdown(
  filters: Filters,
  key: DimensionKey,
  part: Partial<RowsPart> = {},
  count = countBy,
): Promise<Breakdown> {
  const rows = { ...ALL_ROWS, ...part };
  if (key === "linkId" && rows.search !== null) {
    const all = await withLinks(await count(filters, key, ALL_ROWS));
    return { ...all, ...cutRows(all.rows, rows, ({ value, link }) => link?.shortLink ?? value) };
  }
  if (key === "linkId") return withLinks(await count(filters, key, rows));
  if (isClickDimension(key)) return count(filters, key, rows);
  if (!isLinkDimension(key)) return byTime(key, await hoursOfWeek(filters), filters.comparison !== null, rows);
  const links = await count(filters, "linkId", ALL_ROWS);
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
  question: RowsPart,
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
