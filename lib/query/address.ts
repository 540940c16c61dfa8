import { type DimensionKey, dimension, isTimeDimension } from "@/lib/dimensions";
import { parseLongName } from "@/lib/long-value";
import { formatCondition } from "@/lib/query/conditions";
import type { Condition, Problem } from "@/lib/query/filters";
import { isAppended } from "@/lib/query/known-params";
import { queryString } from "@/lib/query/query-string";
import { formatValues } from "@/lib/query/values";

/** Parameters that say the same as another, so that they go when it is set or removed. */
const SYNONYMS: Record<string, readonly string[]> = {
  trigger: ["qr"],
  tagId: ["tagIds"],
  interval: ["start", "end"],
  compare: ["compareStart", "compareEnd", "compareAlign"],
};

/** Where a list was left, and what was open in it: of no use when it has other rows. */
const PLACES: readonly string[] = ["page", "before", "after", "click", "delivery", "show", "find", "by"];

/** The parameters without what tells where a list was left. */
export function fromTheStart(params: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...params].filter(([name]) => !PLACES.includes(name)));
}

/** The parameters with one set, or removed when `value` is null; back on the first page of lists. */
export function withParam(params: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = fromTheStart(params);
  for (const other of SYNONYMS[name] ?? []) next.delete(other);
  if (value === null) next.delete(name);
  else next.set(name, value);
  return next;
}

/** The parameters without one: what removing a filter leads to. */
export function withoutParam(params: URLSearchParams, name: string): URLSearchParams {
  return withParam(params, name, null);
}

/** The parameters with one more condition, in a group or, when that is null, for itself. */
export function withCondition(params: URLSearchParams, condition: Condition, group: string | null): URLSearchParams {
  const next = fromTheStart(params);
  next.append(...formatCondition(condition, group));
  return next;
}

/** The parameters without one that was not understood; others of the same name stay. */
export function withoutProblem(params: URLSearchParams, { param, value }: Problem): URLSearchParams {
  const entries = [...fromTheStart(params)];
  const isIt = ([name, text]: [string, string]) => name === param && text.replaceAll("\0", "\uFFFD") === value;
  const at = entries.findIndex(isIt);
  return at < 0 ? withoutParam(params, param) : new URLSearchParams(entries.filter((_, index) => index !== at));
}

/** The parameters with exactly the clicks of one breakdown row; `value` null is the row without a value. */
export function withValue(params: URLSearchParams, key: DimensionKey, value: string | null): URLSearchParams {
  return withParam(params, key, formatValues("is", [value === null ? null : exactly(key, value)], noneOf(key)));
}

/** The parameters with exactly the clicks of one row of cities: many places share a name. */
export function withCity(
  params: URLSearchParams,
  place: { country: string | null; region: string | null; city: string | null },
): URLSearchParams {
  return withValue(withValue(withValue(params, "country", place.country), "region", place.region), "city", place.city);
}

const noneOf = (key: DimensionKey): string | null => (isTimeDimension(key) ? null : dimension(key).none);

/** How a stored value is asked for where the plain one would mean more than it. */
export function exactly(key: DimensionKey, value: string): string {
  if (parseLongName(value)) return value;
  // Without a `?` a destination is meant with any query; one at the end asks for none and is not part of it.
  if (key === "url" && (!value.includes("?") || value.endsWith("?"))) return `${value}?`;
  // A bare region is any country's; a hyphen before it asks for the one whose country is unknown.
  if (key === "region" && value.indexOf("-") <= 0) return `-${value}`;
  return value;
}

/** The query string by which a view is kept and recognised: in one order, without a way here and what others append. */
export function canonicalQuery(params: URLSearchParams): string {
  const kept = [...fromTheStart(params)].filter(
    ([name, value]) => value !== "" && name !== "view" && !isAppended(name),
  );
  const sorted = new URLSearchParams(kept);
  sorted.sort();
  return queryString(sorted);
}
