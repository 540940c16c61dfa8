import "server-only";
import { z } from "zod";
import { type ClickDimensionKey, type DimensionKey, isClickDimension, isLinkDimension } from "@/lib/click/dimensions";
import { askCounts, askPlan } from "@/lib/question/answer/ask";
import { byTime, hoursOfWeek } from "@/lib/question/answer/counts";
import { resolvePlan } from "@/lib/question/answer/resolve";
import { type LinkValue, linkSummaries, linkValues } from "@/lib/question/answer/stored-links";
import { type VisitorsByValue, visitorsByLinks, visitorsByTime } from "@/lib/question/answer/visitors";
import type { Breakdown, BreakdownRow } from "@/lib/question/answer-types";
import { planBreakdown, planClicks } from "@/lib/question/plan";
import { ALL_ROWS, type Filters, type RowsPart } from "@/lib/question/question";
import { compareNames, compareValues, cutRows, slice } from "@/lib/question/row-selection";
import { breakdownSql, breakdownsSql, rowOrderSql } from "@/lib/question/sql";

const CountedRow = z.object({
  value: z.string().nullable(),
  clicks: z.int(),
  previous: z.int(),
  total: z.int(),
  previous_total: z.int(),
  row_count: z.int(),
  // If asked for.
  visitors: z.int().optional(),
  withheld: z.int().optional(),
  // Cities also have the next two; the last is for several breakdowns in one statement.
  country: z.string().nullish(),
  region: z.string().nullish(),
  field: z.string().optional(),
});
type CountedRow = z.infer<typeof CountedRow>;

/** Clicks, and `visitors` if asked for, by a property of the click, grouped by the engine. */
export async function countBy(
  filters: Filters,
  key: ClickDimensionKey,
  rows: RowsPart,
  visitors = false,
): Promise<Breakdown> {
  if (rows.order.by === "value")
    return byName(await countBy(filters, key, { ...ALL_ROWS, search: rows.search, only: rows.only }, visitors), rows);
  const plan = await resolvePlan(planBreakdown(filters, key, rows, visitors), filters.comparison);
  const found = breakdownOf(
    filters,
    key,
    visitors
      ? await askPlan(CountedRow, plan, (of) => breakdownSql(of))
      : await askCounts(
          CountedRow,
          plan,
          { by: [key], comparison: filters.comparison, order: rowOrderSql(plan) },
          breakdownSql,
        ),
  );
  if (found.rows.length > 0) return found;
  // A page beyond the last row, or a search without results, lacks the totals.
  if (rows.offset > 0) return { ...(await countBy(filters, key, { ...rows, limit: 1, offset: 0 })), rows: [] };
  if (rows.search === null && rows.only === null) return found;
  return { ...(await countBy(filters, key, { ...ALL_ROWS, limit: 1 })), rows: [], rowCount: 0 };
}

/** The first rows of several dimensions in one statement. A dimension without matches has no rows and no totals. */
export async function countTogether(
  filters: Filters,
  questions: readonly (readonly [ClickDimensionKey, RowsPart])[],
): Promise<Map<DimensionKey, Breakdown>> {
  const resolved = await resolvePlan(planClicks(filters), filters.comparison);
  const by = questions.map(([key]) => key);
  const { comparison } = filters;
  const rows = await askCounts(CountedRow, resolved, { by, comparison }, (plan, counts) =>
    breakdownsSql(
      questions.map(([key, part]) => ({ ...planBreakdown(filters, key, part), ...plan })),
      counts,
    ),
  );
  // A union has no order.
  rows.sort((a, b) => b.clicks - a.clicks || compareValues(a.value, b.value));
  return new Map(
    questions.map(([key]) => {
      const own = rows.filter(({ field }) => field === key);
      return [key, breakdownOf(filters, key, own)];
    }),
  );
}

function breakdownOf({ comparison }: Filters, key: ClickDimensionKey, rows: readonly CountedRow[]): Breakdown {
  const [first] = rows;
  return {
    total: first?.total ?? 0,
    ...(comparison && { previousTotal: first?.previous_total ?? 0 }),
    rows: rows.map(({ value, clicks, previous, visitors, withheld, country = null, region = null }) => ({
      value,
      clicks,
      ...(comparison && { previous }),
      ...(visitors !== undefined && withheld !== undefined && { visitors, withheld }),
      ...(key === "city" && { place: { country, region } }),
    })),
    rowCount: first?.row_count ?? 0,
  };
}

/** The engines have no common collation, so names are sorted here. */
function byName(all: Breakdown, part: RowsPart): Breakdown {
  const sign = part.order.descending ? -1 : 1;
  const sorted = all.rows.toSorted(
    (a, b) =>
      (a.value !== null && b.value !== null && sign * compareNames(a.value, b.value)) ||
      compareValues(a.value, b.value) ||
      compareValues(a.place?.country ?? null, b.place?.country ?? null) ||
      compareValues(a.place?.region ?? null, b.place?.region ?? null),
  );
  return { ...all, rows: slice(sorted, part) };
}

type BreakdownPart = { rows?: Partial<RowsPart> | undefined; visitors?: boolean; count?: typeof countBy };

/**
 * Clicks by one dimension, by default all rows, most clicks first, and their visitors if asked for. `count` counts them;
 * its answer may be known already.
 */
export async function breakdown(
  filters: Filters,
  key: DimensionKey,
  { rows: part, visitors = false, count = countBy }: BreakdownPart = {},
): Promise<Breakdown> {
  const rows = { ...ALL_ROWS, ...part };
  if (key === "linkId") {
    if (rows.search === null) return withLinks(await count(filters, key, rows, visitors));
    const all = await withLinks(await count(filters, key, ALL_ROWS, visitors));
    return { ...all, ...cutRows(all.rows, rows, ({ value, link }) => link?.shortLink ?? value) };
  }
  if (isClickDimension(key)) return count(filters, key, rows, visitors);
  if (!isLinkDimension(key)) {
    const counted = byTime(key, await hoursOfWeek(filters), filters, rows);
    return visitors ? withVisitors(counted, await visitorsByTime(filters, key)) : counted;
  }
  const links = await count(filters, "linkId", ALL_ROWS);
  const values = await linkValues(key, idsOf(links));
  const counted = byLinkProperty(links, values, rows);
  return visitors ? withVisitors(counted, await visitorsByLinks(filters, linksByValue(links, values))) : counted;
}

/** Ids of a breakdown's links by the values of a property. */
function linksByValue(links: Breakdown, values: ReadonlyMap<string, LinkValue[]>): Map<string | null, string[]> {
  const groups = new Map<string | null, string[]>();
  for (const id of idsOf(links)) {
    for (const { value } of values.get(id) ?? UNKNOWN) {
      const group = groups.get(value);
      if (group) group.push(id);
      else groups.set(value, [id]);
    }
  }
  return groups;
}

/**
 * A row that only the comparison has has no visitors. They were counted by another statement than the clicks: a click that
 * arrives in between is among the visitors only.
 */
function withVisitors(breakdown: Breakdown, counted: VisitorsByValue): Breakdown {
  const none = { visitors: 0, withheld: 0 };
  return { ...breakdown, rows: breakdown.rows.map((row) => ({ ...row, ...(counted.get(row.value) ?? none) })) };
}

const idsOf = ({ rows }: Breakdown): string[] => rows.flatMap(({ value }) => value ?? []);

async function withLinks(breakdown: Breakdown): Promise<Breakdown> {
  const links = await linkSummaries(idsOf(breakdown));
  const rows = breakdown.rows.map((row) => {
    const link = row.value === null ? undefined : links.get(row.value);
    return link ? { ...row, link } : row;
  });
  return { ...breakdown, rows };
}

/** An unknown link has no value. */
const UNKNOWN: LinkValue[] = [{ value: null }];

/** Clicks by a property of their links, whose values are given by link id. A click counts for each tag of its link. */
export function byLinkProperty(
  links: Breakdown,
  values: ReadonlyMap<string, LinkValue[]>,
  question: RowsPart,
): Breakdown {
  const rows = new Map<string | null, BreakdownRow>();
  for (const { value: id, clicks, previous } of links.rows) {
    for (const { value, name, color } of values.get(id ?? "") ?? UNKNOWN) {
      const row = rows.get(value) ?? { value, clicks: 0, ...(name && { name }), ...(color && { color }) };
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
