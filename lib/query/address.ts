import { type DimensionKey, dimension, isTimeDimension } from "@/lib/dimensions";
import { formatCondition, readCondition } from "@/lib/query/conditions";
import type { Condition } from "@/lib/query/filters";
import { formatValues } from "@/lib/query/values";

/** Parameters that say the same as another, so that they go when it is set or removed. */
const SYNONYMS: Record<string, readonly string[]> = {
  trigger: ["qr"],
  tagId: ["tagIds"],
  interval: ["start", "end"],
  compare: ["compareStart", "compareEnd", "compareAlign"],
};

/** Where a list was left, and what was open in it: of no use when it has other rows. */
const PLACES = ["page", "before", "after", "click"] as const;

/** The parameters with one set, or removed when `value` is null; back on the first page of lists. */
export function withParam(params: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const other of [...PLACES, ...(SYNONYMS[name] ?? [])]) next.delete(other);
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
  const next = new URLSearchParams(params);
  for (const place of PLACES) next.delete(place);
  next.append(...formatCondition(condition, group));
  return next;
}

/** The parameters without the one that reads as this condition, in whichever group; others of the same name stay. */
export function withoutCondition(params: URLSearchParams, condition: Condition): URLSearchParams {
  const wanted = JSON.stringify(condition);
  const entries = [...params].filter(([name]) => !PLACES.some((place) => place === name));
  const at = entries.findIndex(([name, text]) => {
    const reading = readCondition(name, text.replaceAll("\0", "\uFFFD"));
    return reading !== null && !("problem" in reading) && JSON.stringify(reading.condition) === wanted;
  });
  // Older words for the same are not conditions by name.
  if (at < 0) return withoutParam(params, condition.field);
  return new URLSearchParams(entries.filter((_, index) => index !== at));
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
function exactly(key: DimensionKey, value: string): string {
  // Without a `?` a destination is meant with any query; one at the end asks for none and is not part of it.
  if (key === "url" && (!value.includes("?") || value.endsWith("?"))) return `${value}?`;
  // A bare region is any country's; a hyphen before it asks for the one whose country is unknown.
  if (key === "region" && value.indexOf("-") <= 0) return `-${value}`;
  return value;
}

/** What chat clients and e-mail leave out of an address when it stands at the end. */
const CUT_OFF = /[.,:;!?*_~'-]$/;

/**
 * The parameters as an address shows them: commas, colons and slashes stay readable, and nothing stands at the end that
 * a chat client would take for the end of a sentence.
 */
export function queryString(params: URLSearchParams): string {
  const text = params.toString().replace(/%(2C|3A|2F)/g, (code) => decodeURIComponent(code));
  return text.replace(CUT_OFF, (last) => `%${last.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}
