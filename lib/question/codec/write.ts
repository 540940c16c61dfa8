import { parseLongName } from "@/lib/base/long-value";
import type { DimensionKey } from "@/lib/click/dimensions";
import {
  formatCondition,
  formatValues,
  inTodaysWords,
  noneOf,
  parseValues,
  readCondition,
} from "@/lib/question/codec/conditions";
import { isAppended, POSITIONS, SYNONYMS } from "@/lib/question/codec/parameters";
import { queryString } from "@/lib/question/codec/query-string";
import type { Condition, Filters, Problem } from "@/lib/question/question";

/** The parameters without what tells where a list was left. */
export function fromTheStart(params: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...params].filter(([name]) => !POSITIONS.includes(name)));
}

/** The parameters with one set, or removed when `value` is null; back on the first page of lists. */
export function withParam(params: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = fromTheStart(params);
  for (const other of SYNONYMS[name] ?? []) next.delete(other);
  if (value === null) next.delete(name);
  else next.set(name, value);
  return next;
}

export const withoutParam = (params: URLSearchParams, name: string): URLSearchParams => withParam(params, name, null);

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
  const values = [value === null ? null : exactly(key, value)];
  return withParam(params, ...formatCondition({ field: key, op: "is", values }, null));
}

/** The parameters with exactly the clicks of one row of cities: many places share a name. */
export function withCity(
  params: URLSearchParams,
  place: { country: string | null; region: string | null; city: string | null },
): URLSearchParams {
  return withValue(withValue(withValue(params, "country", place.country), "region", place.region), "city", place.city);
}

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

/** A condition as it stands in an address: in a group of which one has to hold, or, when that is null, for itself. */
export type Placed = { group: string | null; condition: Condition };

type Entry = [name: string, text: string];

function placedAt([name, text]: Entry): Placed | null {
  const today = text === "" ? null : inTodaysWords(name, text.replaceAll("\0", "\uFFFD"));
  const reading = today && readCondition(...today);
  return reading && !("problem" in reading) ? reading : null;
}

/** The conditions of an address as they read: lists of which one has to hold, most of them of one. */
export function placedConditions(params: URLSearchParams): Placed[][] {
  const lists = new Map<string | symbol, Placed[]>();
  for (const entry of params) {
    const placed = placedAt(entry);
    if (placed === null) continue;
    const key = placed.group ?? Symbol();
    lists.set(key, [...(lists.get(key) ?? []), placed]);
  }
  return [...lists.values()];
}

const isSame = (a: Placed | null, b: Placed) =>
  a !== null && a.group === b.group && JSON.stringify(a.condition) === JSON.stringify(b.condition);

/** The parameters with something else where the first of these stands. */
function edited(params: URLSearchParams, place: Placed, entries: Entry[]): URLSearchParams {
  const all = [...params];
  const at = all.findIndex((entry) => isSame(placedAt(entry), place));
  return fromTheStart(new URLSearchParams(at < 0 ? all : all.toSpliced(at, 1, ...entries)));
}

/** The parameters with another condition at the same place. */
export function withReplaced(params: URLSearchParams, place: Placed, condition: Condition): URLSearchParams {
  return edited(params, place, [formatCondition(condition, place.group)]);
}

/** The parameters with an alternative to a condition: one of the two, and of others in its group, has to hold. */
export function withAlternative(params: URLSearchParams, place: Placed, condition: Condition): URLSearchParams {
  const taken = new Set([...params.keys()].map((name) => name.split(".", 1)[0]));
  let free = "any";
  for (let number = 2; taken.has(free); number++) free = `any${number}`;
  const group = place.group ?? free;
  return edited(params, place, [formatCondition(place.condition, group), formatCondition(condition, group)]);
}

/** The parameters without these conditions. What is left alone in its group stands for itself. */
export function withoutPlaced(params: URLSearchParams, places: readonly Placed[]): URLSearchParams {
  const left = places.reduce((rest, place) => edited(rest, place, []), params);
  return placedConditions(left)
    .filter(([first, ...more]) => first && first.group !== null && more.length === 0)
    .flat()
    .reduce((rest, place) => edited(rest, place, [formatCondition(place.condition, null)]), fromTheStart(left));
}

/** The parameters without any condition: the dates, the zone and the rest stay. */
export function withoutConditions(params: URLSearchParams): URLSearchParams {
  return withoutPlaced(params, placedConditions(params).flat());
}

/** More lines in one chart would be indistinguishable. */
export const MOST_COMPARED = 6;

const namesLinks = ({ field, op }: Condition): boolean => field === "linkId" && op === "is";

/** The links that a question names, in its order, and the question without them. */
export function comparedLinks(filters: Filters): { ids: string[]; others: Filters } {
  const named = filters.conditions.filter(namesLinks).flatMap(({ values }) => values.filter((id) => id !== null));
  const conditions = filters.conditions.filter((condition) => !namesLinks(condition));
  return { ids: [...new Set(named)], others: { ...filters, conditions } };
}

/** The question about exactly these links. */
export function ofLinks(filters: Filters, ids: readonly string[]): Filters {
  return { ...filters, conditions: [...filters.conditions, { field: "linkId", op: "is", values: [...ids] }] };
}

export const linksParam = (ids: readonly string[]): string => formatValues("is", [...ids], noneOf("linkId"));

export function withLinks(params: URLSearchParams, ids: readonly string[]): URLSearchParams {
  return withParam(params, "linkId", ids.length > 0 ? linksParam(ids) : null);
}

/** One list of links where a form named each alone, which would mean clicks on all at once; null if there is one. */
export function joinedLinks(params: URLSearchParams): URLSearchParams | null {
  const named = params.getAll("linkId");
  if (named.length < 2) return null;
  const lists = named.map((text) => parseValues(text, noneOf("linkId")));
  const ids = lists.flatMap(({ op, values }) => (op === "is" ? values.filter((id) => id !== null) : []));
  return withLinks(params, [...new Set(ids)]);
}
