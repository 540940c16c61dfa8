import { CLOCK_SKEW_MS } from "@/lib/clock-skew";
import { type DimensionKey, isClickDimension, type TimeDimensionKey, WEEKDAYS } from "@/lib/dimensions";
import { isLinkField } from "@/lib/query/conditions";
import type { Bots, Condition, Filters, LinkField } from "@/lib/query/filters";
import { isNegated, type Match, matchOf } from "@/lib/query/match";

/** Half-open. */
export type Span = { from: Date | null; to: Date | null };

/** A condition on the link; it holds for the clicks of the links it finds. */
export type LinkTerm = { kind: "link"; field: LinkField; op: Condition["op"]; values: (string | null)[] };

/** A condition on the local time: hours from midnight, or weekdays from Monday as 0. */
export type TimeTerm = { kind: "time"; unit: TimeDimensionKey; negated: boolean; values: number[] };

export type Term = ({ kind: "click" } & Match) | LinkTerm | TimeTerm;

/** Which clicks: those of the span, of which every list has a term that holds. */
export type Plan = Span & { bots: Bots; zone: string; terms: Term[][] };

function termOf({ field, op, values }: Condition): Term {
  if (isClickDimension(field)) return { kind: "click", ...matchOf(field, op, values) };
  if (isLinkField(field)) return { kind: "link", field, op, values };
  const given = values.filter((value) => value !== null);
  const weekdays: readonly string[] = WEEKDAYS;
  const numbers = given.map((value) => (field === "hour" ? Number(value) : weekdays.indexOf(value)));
  return { kind: "time", unit: field, negated: isNegated(op), values: numbers };
}

/** The end of the clicks that a range means: where it includes now, also those that a clock ahead has dated later. */
function endOf({ from, to }: Span, now: Date): Date | null {
  if (to === null || to <= now || (from !== null && from > now)) return to;
  return new Date(Math.max(to.getTime(), now.getTime() + CLOCK_SKEW_MS));
}

/** Which clicks the filters mean. */
export function planClicks({ range, zone, bots, conditions, anyOf, now }: Filters): Plan {
  const terms = [...conditions.map((condition) => [condition]), ...anyOf].map((group) => group.map(termOf));
  return { from: range.from, to: endOf(range, now), bots, zone, terms };
}

/** The same of the comparison, or null without one. */
export function planComparison(filters: Filters): (Plan & { from: Date; to: Date }) | null {
  const { comparison } = filters;
  return comparison && { ...planClicks(filters), from: comparison.from, to: comparison.to };
}

/** In which order rows stand; what is equal is in the order of the values, no value last. */
export type Order = { by: "clicks" | "change" | "value"; descending: boolean };

/** A part of the rows of a breakdown. */
export type RowsQuestion = {
  /** Rows whose value has this as a part, in any case. */
  search: string | null;
  order: Order;
  /** Null is every row. */
  limit: number | null;
  offset: number;
};

/** Every row, most clicks first. */
export const ALL_ROWS: RowsQuestion = {
  search: null,
  order: { by: "clicks", descending: true },
  limit: null,
  offset: 0,
};

/** Which clicks, by which dimension. */
export type BreakdownPlan = Plan & { key: DimensionKey; comparison: Span | null; rows: RowsQuestion };

export function planBreakdown(filters: Filters, key: DimensionKey, rows: RowsQuestion): BreakdownPlan {
  return { ...planClicks(filters), key, comparison: filters.comparison, rows };
}
