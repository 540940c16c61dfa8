import type { DimensionKey } from "@/lib/dimensions";
import { type Bots, type Condition, type Filters, LINK_FIELDS, type LinkField } from "@/lib/query/filters";
import { type Match, matchOf } from "@/lib/query/match";
import { assertBuckets } from "@/lib/query/series";

/** A condition on the link; it holds for the clicks of the links it finds. */
export type LinkMatch = { field: LinkField; op: Condition["op"]; values: string[] };

/** Which clicks. */
export type Plan = {
  from: Date | null;
  to: Date | null;
  bots: Bots;
  matches: Match[];
  linkMatches: LinkMatch[];
};

/** Which clicks, by which dimension. */
export type BreakdownPlan = Plan & { key: DimensionKey; limit: number | null };

function isLinkField(field: Condition["field"]): field is LinkField {
  return LINK_FIELDS.some((name) => name === field);
}

/** Tells conditions on clicks from those on links, whose ids are looked up before the question is asked. */
export function planTotals({ range, bots, conditions }: Filters): Plan {
  const matches: Match[] = [];
  const linkMatches: LinkMatch[] = [];
  for (const { field, op, values } of conditions) {
    if (isLinkField(field)) linkMatches.push({ field, op, values: values.filter((value) => value !== null) });
    else matches.push(matchOf(field, op, values));
  }
  return { from: range.from, to: range.to, bots, matches, linkMatches };
}

/**
 * Also refuses what would be too long to draw, as far as the range alone tells.
 *
 * @throws AppError when the granularity asked for is too fine for the range
 */
export function planSeries(filters: Filters): Plan {
  assertBuckets(filters.range.from, filters.range.to, filters.granularity);
  return planTotals(filters);
}

/** `limit` null is every row. */
export function planBreakdown(filters: Filters, key: DimensionKey, limit: number | null): BreakdownPlan {
  return { ...planTotals(filters), key, limit };
}
