import { parseLongName } from "@/lib/base/long-value";
import type { DimensionKey } from "@/lib/click/dimensions";
import { isAppended, POSITIONS, SYNONYMS } from "@/lib/question/codec/parameters";
import { queryString } from "@/lib/question/codec/query-string";
import type { Condition, Filters, Problem } from "@/lib/question/question";
import { formatCondition, formatValues, inTodaysWords, noneOf, parseValues, readCondition } from "./conditions";

/** The parameters without the state of lists. */
export function fromTheStart(params: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...params].filter(([name]) => !POSITIONS.includes(name)));
}

/** The parameters with one set, or removed for null; lists return to their first page. */
export function withParam(params: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = fromTheStart(params);
  for (const other of SYNONYMS[name] ?? []) next.delete(other);
  if (value === null) next.delete(name);
  else next.set(name, value);
  return next;
}

export const withoutParam = (params: URLSearchParams, name: string): URLSearchParams => withParam(params, name, null);

/** The parameters with another condition, in a group or, for null, on its own. */
export function withCondition(params: URLSearchParams, condition: Condition, group: string | null): URLSearchParams {
  const next = fromTheStart(params);
  next.append(...formatCondition(condition, group));
  return next;
}

/** The parameters without an invalid one; others of the same name stay. */
export function withoutProblem(params: URLSearchParams, { param, value }: Problem): URLSearchParams {
  const entries = [...fromTheStart(params)];
  const isIt = ([name, text]: [string, string]) => name === param && text.replaceAll("\0", "\uFFFD") === value;
  const at = entries.findIndex(isIt);
  return at < 0 ? withoutParam(params, param) : new URLSearchParams(entries.filter((_, index) => index !== at));
}

/** The parameters for exactly the clicks of a breakdown row; null is the row without a value. */
export function withValue(params: URLSearchParams, key: DimensionKey, value: string | null): URLSearchParams {
  const values = [value === null ? null : exactly(key, value)];
  return withParam(params, ...formatCondition({ field: key, op: "is", values }, null));
}

/** The parameters for exactly the clicks of a city's row: places share names. */
export function withCity(
  params: URLSearchParams,
  place: { country: string | null; region: string | null; city: string | null },
): URLSearchParams {
  return withValue(withValue(withValue(params, "country", place.country), "region", place.region), "city", place.city);
}

/** A stored value as a filter where the plain value would match more. */
export function exactly(key: DimensionKey, value: string): string {
  if (parseLongName(value)) return value;
  // A destination without `?` matches any query string; a `?` at the end matches none and isn't part of it.
  if (key === "url" && (!value.includes("?") || value.endsWith("?"))) return `${value}?`;
  // A bare region matches any country's; a leading hyphen matches the one of an unknown country.
  if (key === "region" && value.indexOf("-") <= 0) return `-${value}`;
  return value;
}

/** The canonical query string of a view: sorted, without list state and appended parameters. */
export function canonicalQuery(params: URLSearchParams): string {
  const kept = [...fromTheStart(params)].filter(
    ([name, value]) => value !== "" && name !== "view" && !isAppended(name),
  );
  const sorted = new URLSearchParams(kept);
  sorted.sort();
  return queryString(sorted);
}

/** A condition in a URL: in a group of alternatives, or, for null, on its own. */
export type Placed = { group: string | null; condition: Condition };

type Entry = [name: string, text: string];

function placedAt([name, text]: Entry): Placed | null {
  const today = text === "" ? null : inTodaysWords(name, text.replaceAll("\0", "\uFFFD"));
  const reading = today && readCondition(...today);
  return reading && !("problem" in reading) ? reading : null;
}

/** The conditions of a URL as groups of alternatives, most with one. */
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

/** The parameters with something else in place of the first of these. */
function edited(params: URLSearchParams, place: Placed, entries: Entry[]): URLSearchParams {
  const all = [...params];
  const at = all.findIndex((entry) => isSame(placedAt(entry), place));
  return fromTheStart(new URLSearchParams(at < 0 ? all : all.toSpliced(at, 1, ...entries)));
}

/** The parameters with a condition replaced. */
export function withReplaced(params: URLSearchParams, place: Placed, condition: Condition): URLSearchParams {
  return edited(params, place, [formatCondition(condition, place.group)]);
}

/** The parameters with an alternative to a condition, in its group or a new one. */
export function withAlternative(params: URLSearchParams, place: Placed, condition: Condition): URLSearchParams {
  const taken = new Set([...params.keys()].map((name) => name.split(".", 1)[0]));
  let free = "any";
  for (let number = 2; taken.has(free); number++) free = `any${number}`;
  const group = place.group ?? free;
  return edited(params, place, [formatCondition(place.condition, group), formatCondition(condition, group)]);
}

/** The parameters without these conditions. A condition left alone in its group stands on its own. */
export function withoutPlaced(params: URLSearchParams, places: readonly Placed[]): URLSearchParams {
  const left = places.reduce((rest, place) => edited(rest, place, []), params);
  return placedConditions(left)
    .filter(([first, ...more]) => first && first.group !== null && more.length === 0)
    .flat()
    .reduce((rest, place) => edited(rest, place, [formatCondition(place.condition, null)]), fromTheStart(left));
}

/** The parameters without conditions; dates, zone and the rest stay. */
export function withoutConditions(params: URLSearchParams): URLSearchParams {
  return withoutPlaced(params, placedConditions(params).flat());
}

/** More lines in one chart would be indistinguishable. */
export const MOST_COMPARED = 6;

const namesLinks = ({ field, op }: Condition): boolean => field === "linkId" && op === "is";

/** The links named in a question, in order, and the question without them. */
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

/** Combines several `linkId` of a form, which would require all of them, into one list; null if there is only one. */
export function joinedLinks(params: URLSearchParams): URLSearchParams | null {
  const named = params.getAll("linkId");
  if (named.length < 2) return null;
  const lists = named.map((text) => parseValues(text, noneOf("linkId")));
  const ids = lists.flatMap(({ op, values }) => (op === "is" ? values.filter((id) => id !== null) : []));
  return withLinks(params, [...new Set(ids)]);
}
