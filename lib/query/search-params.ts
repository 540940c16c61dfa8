import { CARDS } from "@/lib/dimensions";
import { AppError } from "@/lib/errors";
import { comparisonOf, readComparison } from "@/lib/query/comparison";
import { inTodaysWords, readCondition } from "@/lib/query/conditions";
import {
  BOTS,
  type Comparison,
  type Condition,
  type Filters,
  GRANULARITIES,
  type Problem,
  type Range,
} from "@/lib/query/filters";
import { RangeProblem, readRange } from "@/lib/query/range";
import { text as words } from "@/lib/text/problems";
import { isZone } from "@/lib/time";

/** How the page looks rather than which clicks it shows, other questions' parameters, and what others append. */
const IGNORED: ReadonlySet<string> = new Set([
  ...Object.keys(CARDS),
  ...["q", "sort", "page", "show", "next", "view", "outcome", "before", "after", "search", "offset", "align"],
  ...["click", "columns", "words", "find", "by"],
  ...["reason", "type", "link", "id", "secret", "span", "delivery"],
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

/** What is set once: of several the last counts, as it does for Dub. */
const SETTINGS: ReadonlySet<string> = new Set([
  ...["interval", "start", "end", "timezone", "granularity", "bots", "event"],
  ...["compare", "compareStart", "compareEnd", "compareAlign"],
]);

type Reject = (param: string, message: string) => void;

/**
 * The only reader of a query string, for pages, exports and API alike. A condition given twice holds twice, of another
 * repeated parameter the last counts, an empty one is as good as not given. What cannot be understood is listed in
 * `problems`.
 */
export function filtersFromParams(params: URLSearchParams, now: Date): Filters {
  const entries = meaningful(params);
  const settings = new Map(entries.filter(([name]) => SETTINGS.has(name)));
  const problems: Problem[] = [];
  const reject: Reject = (param, message) => {
    problems.push({ param, value: settings.get(param) ?? "", message });
  };
  const choice = <T extends string>(name: string, choices: readonly T[]): T | null => {
    const value = settings.get(name) ?? null;
    const found = choices.find((entry) => entry === value) ?? null;
    if (value !== null && found === null) reject(name, words.oneOf(choices));
    return found;
  };
  choice("event", ["clicks"]);
  const given = settings.get("timezone") ?? "UTC";
  const zone = isZone(given) ? given : "UTC";
  if (zone !== given) reject("timezone", words.filters.zone);
  const range = rangeOf(settings, zone, now, reject);
  return {
    range,
    comparison: comparisonOfSettings(settings, range, zone, now, reject),
    zone,
    granularity: choice("granularity", GRANULARITIES),
    bots: choice("bots", BOTS) ?? "include",
    ...conditionsOf(entries, problems),
    problems,
    now,
  };
}

/** The parameters that say something about the clicks. The storage has U+FFFD where a payload had NUL. */
function meaningful(params: URLSearchParams): [name: string, value: string][] {
  return [...params].flatMap(([name, value]) =>
    value === "" || IGNORED.has(name) ? [] : [[name, value.replaceAll("\0", "\uFFFD")] as [string, string]],
  );
}

/** Adds to `problems` what is neither a setting nor a condition. */
function conditionsOf(entries: [string, string][], problems: Problem[]): Pick<Filters, "conditions" | "anyOf"> {
  const conditions: Condition[] = [];
  const groups = new Map<string, Condition[]>();
  for (const [param, value] of entries) {
    if (SETTINGS.has(param)) continue;
    const reading = readParameter(param, value);
    if (reading === null) continue;
    if ("problem" in reading) problems.push({ param, value, message: reading.problem });
    else if (reading.group === null) conditions.push(reading.condition);
    else groups.set(reading.group, [...(groups.get(reading.group) ?? []), reading.condition]);
  }
  return { conditions, anyOf: [...groups.values()] };
}

function readParameter(param: string, value: string) {
  if (UNANSWERABLE.has(param)) return { problem: words.filters.unanswerable };
  const today = inTodaysWords(param, value);
  if (!today) return null;
  if (today[0] === "qr") return { problem: words.flag };
  return readCondition(...today) ?? { problem: words.filters.noParameter };
}

/** @throws AppError that says the first thing that could not be understood */
export function assertAnswerable({ problems: [first] }: Filters): void {
  if (first) throw new AppError("unprocessable_entity", `${first.param}: ${first.message}`);
}

type Settings = ReadonlyMap<string, string>;

function rangeOf(settings: Settings, zone: string, now: Date, reject: Reject): Range {
  const text = (name: string) => settings.get(name) ?? null;
  try {
    return readRange({ interval: text("interval"), start: text("start"), end: text("end") }, zone, now);
  } catch (error) {
    if (!(error instanceof RangeProblem)) throw error;
    reject(error.param, error.message);
    return readRange({ interval: null, start: null, end: null }, zone, now);
  }
}

function comparisonOfSettings(
  settings: Settings,
  range: Range,
  zone: string,
  now: Date,
  reject: Reject,
): Comparison | null {
  const text = (name: string) => settings.get(name) ?? null;
  try {
    const asked = readComparison(text("compare"), text("compareStart"), text("compareEnd"), text("compareAlign"));
    return asked && comparisonOf(asked, range, zone, now);
  } catch (error) {
    if (!(error instanceof RangeProblem)) throw error;
    reject(error.param, error.message);
    return null;
  }
}
