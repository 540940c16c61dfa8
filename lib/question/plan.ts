import type { Bots } from "@/lib/base/bots";
import { isNoValue, tidyText } from "@/lib/base/clean";
import { type LongName, parseLongName } from "@/lib/base/long-value";
import { type Calendar, CLOCK_SKEW_MS, type ClosedSpan } from "@/lib/base/time";
import type { ClickDimensionKey, DimensionKey, TimeDimensionKey } from "@/lib/click/dimensions";
import { FIELD_OF, isClickDimension, WEEKDAYS } from "@/lib/click/dimensions";
import { spell } from "@/lib/click/spell";
import { isLinkField } from "@/lib/question/codec/conditions";
import type { Condition, Filters, LinkField, RowsPart } from "@/lib/question/question";
import { partOfValue } from "@/lib/question/row-selection";

/** Half-open. */
export type Span = { from: Date | null; to: Date | null };

/** A condition on links; it applies to the clicks of the links found. */
export type LinkTerm = Condition & { kind: "link"; field: LinkField };

/** A condition on local time: hours from midnight, or weekdays from Monday as 0. */
export type TimeTerm = { kind: "time"; unit: TimeDimensionKey; negated: boolean; values: number[] };

/** Clicks that were stored up to the one with a number; decimal. */
export type StoredTerm = { kind: "stored"; upTo: string };

export type Term = ({ kind: "click" } & Match) | LinkTerm | TimeTerm | StoredTerm;

/** Which clicks: those within the span for which a term of each list holds. */
export type Plan = Span & Calendar & { bots: Bots; terms: Term[][] };

function termOf({ field, op, values }: Condition): Term {
  if (isClickDimension(field)) return { kind: "click", ...matchOf(field, op, values) };
  if (isLinkField(field)) return { kind: "link", field, op, values };
  const weekdays: readonly (string | null)[] = WEEKDAYS;
  const numbers = values.map((value) => (field === "hour" ? Number(value) : weekdays.indexOf(value)));
  return { kind: "time", unit: field, negated: isNegated(op), values: numbers };
}

/** End of the clicks in a range: a range until now includes clicks dated in the future by fast clocks. */
function endOf({ from, to }: Span, now: Date): Date | null {
  if (to === null || to <= now || (from !== null && from > now)) return to;
  return new Date(Math.max(to.getTime(), now.getTime() + CLOCK_SKEW_MS));
}

/** The plan of the filters. */
export function planClicks({ range, zone, weekStart, bots, conditions, anyOf, now, upTo }: Filters): Plan {
  const terms = [...conditions.map((condition) => [condition]), ...anyOf].map((group) => group.map(termOf));
  const stored: Term[][] = upTo ? [[{ kind: "stored", upTo }]] : [];
  return { from: range.from, to: endOf(range, now), bots, zone, weekStart, terms: [...terms, ...stored] };
}

/** The plan of the comparison; null without one. */
export function planComparison(filters: Filters): (Plan & ClosedSpan) | null {
  const { comparison } = filters;
  return comparison && { ...planClicks(filters), from: comparison.from, to: comparison.to };
}

/** A plan grouped by a dimension. `visitors`: whether each row counts its visitors. */
export type BreakdownPlan = Plan & { key: DimensionKey; comparison: Span | null; rows: RowsPart; visitors: boolean };

export function planBreakdown(filters: Filters, key: DimensionKey, rows: RowsPart, visitors = false): BreakdownPlan {
  return { ...planClicks(filters), key, comparison: filters.comparison, rows, visitors };
}

/** A test on a click. */
export type Test = { key: ClickDimensionKey } & (
  | { in: string[] }
  | { endsWith: string }
  | { contains: string }
  | { named: LongName }
  | { absent: true }
);

/** A condition as tests on stored values: any of them, or none. */
export type Match = { negated: boolean; anyOf: Test[] };

/** Whether an operator negates. */
export const isNegated = (op: Condition["op"]): boolean => op === "isNot" || op === "notContains";

/** Translates a condition on clicks to stored values. */
export function matchOf(key: ClickDimensionKey, op: Condition["op"], values: Condition["values"]): Match {
  const given = values.filter((value) => value !== null);
  const isText = op === "contains" || op === "notContains";
  const tests = isText ? given.map((text) => ({ key, contains: partOfValue(key, text) })) : testsOf(key, given);
  const isAbsent =
    values.includes(null) || (!isText && given.some((value) => !parseLongName(value) && storedAs(key, value) === null));
  return { negated: isNegated(op), anyOf: isAbsent ? [...tests, { key, absent: true }] : tests };
}

const ADDRESSES: ReadonlySet<ClickDimensionKey> = new Set(["url", "baseUrl", "referer", "refererUrl"]);

/** Normalises a value; null for "no value". */
function storedAs(key: ClickDimensionKey, value: string): string | null {
  // Invisible text isn't the same as no value: it matches nothing.
  if (tidyText(value) === "") return value;
  const spelled = spell(FIELD_OF[key], key === "url" && value.endsWith("?") ? value.slice(0, -1) : value);
  // An invalid URL isn't the same as no value.
  return spelled === null && ADDRESSES.has(key) && !isNoValue(value) ? value : spelled;
}

function testsOf(key: ClickDimensionKey, given: string[]): Test[] {
  // Lists replace long values by names.
  const named = given.flatMap((value) => parseLongName(value) ?? []);
  const values = given.filter((value) => !parseLongName(value));
  const tests: Test[] = named.map((name) => ({ key, named: name }));
  // A destination without a query string matches any; a `?` at the end matches those without.
  if (key === "url") {
    const exact = values.filter((url) => url.includes("?"));
    const any = values.filter((url) => !url.includes("?"));
    return [...tests, ...inTest("url", exact), ...inTest("baseUrl", any)];
  }
  if (key !== "region") return [...tests, ...inTest(key, values)];
  // Regions are stored with their country. A bare code matches any country's; a leading hyphen, that of an unknown
  // country.
  const countryless = values.filter((value) => value.startsWith("-"));
  const others = values.filter((value) => !value.startsWith("-"));
  const bare = new Set(others.flatMap((value) => storedAs(key, value) ?? []).filter((code) => !code.includes("-")));
  return [
    ...tests,
    ...inTest(key, [...others, ...countryless.map((value) => value.slice(1))]),
    ...[...bare].map((code) => ({ key, endsWith: `-${code}` })),
  ];
}

function inTest(key: ClickDimensionKey, values: string[]): Test[] {
  const stored = new Set(values.flatMap((value) => storedAs(key, value) ?? []));
  return stored.size > 0 ? [{ key, in: [...stored] }] : [];
}
