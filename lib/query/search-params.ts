import { CARDS, DIMENSIONS, type DimensionKey, dimension } from "@/lib/dimensions";
import { AppError } from "@/lib/errors";
import {
  BOTS,
  type Condition,
  type Filters,
  GRANULARITIES,
  LINK_FIELDS,
  type Problem,
  type Range,
} from "@/lib/query/filters";
import { RangeProblem, readRange } from "@/lib/query/range";
import { formatValues, parseValues } from "@/lib/query/values";
import { isZone } from "@/lib/time";

/** How the page looks rather than which clicks it shows, other questions' parameters, and what others append. */
const IGNORED: ReadonlySet<string> = new Set([
  ...Object.keys(CARDS),
  ...["q", "sort", "page", "show", "next", "view", "outcome"],
  ...["groupBy", "limit", "sortBy", "sortOrder", "order", "saleUnit"],
  ...["_rsc", "fbclid", "gclid", "msclkid"],
]);

/** Dub's parameters about things that a click does not tell. */
const UNANSWERABLE: ReadonlySet<string> = new Set([
  "externalId",
  "tenantId",
  "groupId",
  "partnerId",
  "partnerTagId",
  "customerId",
  "saleType",
  "programId",
  "query",
]);

const KNOWN: ReadonlySet<string> = new Set([
  ...["interval", "start", "end", "timezone", "granularity", "bots", "event", "tagIds", "qr"],
  ...DIMENSIONS.map(({ key }) => key),
  ...LINK_FIELDS,
]);

/**
 * The only reader of a query string, for pages, exports and API alike. Of a repeated parameter the last counts, an empty
 * one is as good as not given. What cannot be understood is listed in `problems`.
 */
export function filtersFromParams(params: URLSearchParams, now: Date): Filters {
  const given = new Map(
    // The storage has U+FFFD where a payload had NUL.
    [...params].map(([name, value]) => [name, value.replaceAll("\0", "\uFFFD")]),
  );
  for (const [name, value] of given) if (value === "" || IGNORED.has(name)) given.delete(name);
  const problems: Problem[] = [];
  const reject = (param: string, message: string) => {
    problems.push({ param, value: given.get(param) ?? "", message });
  };
  for (const name of given.keys()) {
    if (UNANSWERABLE.has(name)) reject(name, "Clicks do not tell this, so they cannot be filtered by it.");
    else if (!KNOWN.has(name)) reject(name, "There is no such parameter.");
  }
  const choice = <T extends string>(name: string, choices: readonly T[]): T | null => {
    const value = given.get(name) ?? null;
    const found = choices.find((entry) => entry === value) ?? null;
    if (value !== null && found === null) reject(name, `Use ${choices.join(" or ")}.`);
    return found;
  };
  choice("event", ["clicks"]);
  const zone = given.get("timezone") ?? "UTC";
  if (!isZone(zone)) reject("timezone", "Use an IANA name such as Europe/Berlin.");
  const knownZone = isZone(zone) ? zone : "UTC";
  const range = rangeOf(given, knownZone, now, reject);
  const granularity = choice("granularity", GRANULARITIES);
  const bots = choice("bots", BOTS) ?? "include";
  const isQr = choice("qr", ["true", "false"]) === "true";
  if (isQr && given.has("trigger")) reject("qr", "The trigger is given already.");
  const root = choice("root", ["true", "false"]);
  const conditions: Condition[] = [
    ...DIMENSIONS.flatMap(({ key, none }) => conditionOf(key, key, none, given, reject)),
    ...(["domain", "key", "folderId"] as const).flatMap((field) => conditionOf(field, field, null, given, reject)),
    ...conditionOf("tagId", given.has("tagId") ? "tagId" : "tagIds", null, given, reject),
  ];
  if (isQr && !given.has("trigger")) conditions.push({ field: "trigger", op: "is", values: ["qr"] });
  if (root) conditions.push({ field: "root", op: "is", values: [root] });
  return { range, zone: knownZone, granularity, bots, conditions, problems, now };
}

/** @throws AppError that says the first thing that could not be understood */
export function assertAnswerable({ problems: [first] }: Filters): void {
  if (first) throw new AppError("unprocessable_entity", `${first.param}: ${first.message}`);
}

type Given = ReadonlyMap<string, string>;
type Reject = (param: string, message: string) => void;

function rangeOf(given: Given, zone: string, now: Date, reject: Reject): Range {
  const text = (name: string) => given.get(name) ?? null;
  try {
    return readRange({ interval: text("interval"), start: text("start"), end: text("end") }, zone, now);
  } catch (error) {
    if (!(error instanceof RangeProblem)) throw error;
    reject(error.param, error.message);
    return readRange({ interval: null, start: null, end: null }, zone, now);
  }
}

function conditionOf(
  field: Condition["field"],
  param: string,
  none: string | null,
  given: Given,
  reject: Reject,
): Condition[] {
  const text = given.get(param);
  if (text === undefined) return [];
  const condition = { field, ...parseValues(text, none) };
  if (condition.values.length > 0) return [condition];
  reject(param, "Names no value.");
  return [];
}

/** Parameters that say the same as another, so that they go when it is set or removed. */
const SYNONYMS: Record<string, readonly string[]> = {
  trigger: ["qr"],
  tagId: ["tagIds"],
  interval: ["start", "end"],
};

/** The parameters with one set, or removed when `value` is null; back on the first page of lists. */
export function withParam(params: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const other of ["page", ...(SYNONYMS[name] ?? [])]) next.delete(other);
  if (value === null) next.delete(name);
  else next.set(name, value);
  return next;
}

/** The parameters without one: what removing a filter leads to. */
export function withoutParam(params: URLSearchParams, name: string): URLSearchParams {
  return withParam(params, name, null);
}

/** The parameters with exactly the clicks of one breakdown row; `value` null is the row without a value. */
export function withValue(params: URLSearchParams, key: DimensionKey, value: string | null): URLSearchParams {
  return withParam(params, key, formatValues("is", [value === null ? null : exactly(key, value)], dimension(key).none));
}

/** The parameters with exactly the clicks of one row of cities: many places share a name. */
export function withCity(
  params: URLSearchParams,
  place: { country: string | null; region: string | null; city: string | null },
): URLSearchParams {
  return withValue(withValue(withValue(params, "country", place.country), "region", place.region), "city", place.city);
}

/** How a stored value is asked for where the plain one would mean more than it. */
function exactly(key: DimensionKey, value: string): string {
  // Without a `?` a destination is meant with any query; one at the end asks for none and is not part of it.
  if (key === "url" && (!value.includes("?") || value.endsWith("?"))) return `${value}?`;
  // A bare region is any country's; a hyphen before it asks for the one whose country is unknown.
  if (key === "region" && value.indexOf("-") <= 0) return `-${value}`;
  return value;
}
