import "server-only";
import { z } from "zod";
import type { ClickDimensionKey, DimensionKey } from "@/lib/dimensions";
import type { Breakdown, BreakdownRow } from "@/lib/query/answers";
import { ask } from "@/lib/query/engine";
import type { Filters } from "@/lib/query/filters";
import { ALL_ROWS, planBreakdown, planClicks, type RowsQuestion } from "@/lib/query/plan";
import { resolve } from "@/lib/query/resolve";
import { compareNames, compareValues } from "@/lib/query/rows";
import { breakdownSql, breakdownsSql } from "@/lib/query/sql";

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
export async function countBy(filters: Filters, key: ClickDimensionKey, rows: RowsQuestion): Promise<Breakdown> {
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
  questions: readonly (readonly [ClickDimensionKey, RowsQuestion])[],
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
function byName(all: Breakdown, { order, offset, limit }: RowsQuestion): Breakdown {
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
