import { BOTS } from "@/lib/base/bots";
import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";
import { GRANULARITIES, isZone } from "@/lib/base/time";
import { WEEK_STARTS } from "@/lib/base/week-start";
import { inTodaysWords, readCondition, tooMany } from "@/lib/question/codec/conditions";
import { type Endpoint, isAppended, ownChoices, SETTINGS, UNANSWERABLE } from "@/lib/question/codec/parameters";
import { RangeProblem, readComparison, readRange } from "@/lib/question/codec/range";
import type { Condition, Filters, Problem } from "@/lib/question/question";

/**
 * The only reader of query strings. A repeated condition applies twice; of other repeated parameters the last counts;
 * empty ones are ignored, and so are the endpoint's own. `problems` lists what is invalid.
 */
export function filtersFromParams(params: URLSearchParams, now: Date, endpoint: Endpoint | null = null): Filters {
  const { entries, problems } = meaningful(params, endpoint);
  const settings = new Map(entries.filter(([name]) => SETTINGS.has(name)));
  const setting = (name: string) => settings.get(name) ?? null;
  const reject = (param: string, message: string) => {
    problems.push({ param, value: setting(param) ?? "", message });
  };
  const choice = <T extends string>(name: string, choices: readonly T[]): T | null => {
    const found = choices.find((entry) => entry === setting(name)) ?? null;
    if (setting(name) !== null && found === null) reject(name, words.oneOf(choices));
    return found;
  };
  const orRejected = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof RangeProblem)) throw error;
      reject(error.param, error.message);
      return otherwise;
    }
  };
  choice("event", ["clicks"]);
  const given = setting("timezone") ?? "UTC";
  const zone = isZone(given) ? given : "UTC";
  if (zone !== given) reject("timezone", words.filters.zone);
  const calendar = { zone, weekStart: choice("weekStart", WEEK_STARTS) ?? "monday" };
  const range = orRejected(
    () => readRange({ interval: setting("interval"), start: setting("start"), end: setting("end") }, calendar, now),
    readRange({ interval: null, start: null, end: null }, calendar, now),
  );
  return {
    range,
    comparison: orRejected(() => readComparison(setting, range, zone, now), null),
    ...calendar,
    granularity: choice("granularity", GRANULARITIES),
    bots: choice("bots", BOTS) ?? "include",
    ...conditionsOf(entries, problems),
    problems,
    now,
  };
}

type Entry = [name: string, value: string];

/** Parameters about clicks, and problems with the endpoint's own. Stored text has U+FFFD instead of NUL. */
function meaningful(params: URLSearchParams, endpoint: Endpoint | null): { entries: Entry[]; problems: Problem[] } {
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  for (const [param, text] of params) {
    if (text === "" || isAppended(param)) continue;
    const value = text.replaceAll("\0", "\uFFFD");
    const choices = ownChoices(endpoint, param);
    if (choices === undefined) entries.push([param, value]);
    else if (choices && !choices.includes(value)) problems.push({ param, value, message: words.oneOfMany(choices) });
  }
  return { entries, problems };
}

/** Problems of an endpoint without conditions: all parameters but its own, and the settings if it takes them. */
export function unknownParams(params: URLSearchParams, endpoint: Endpoint, takesSettings = true): Problem[] {
  const { entries, problems } = meaningful(params, endpoint);
  const unknown = entries.filter(([name]) => !takesSettings || !SETTINGS.has(name));
  return [...problems, ...unknown.map(([param, value]) => ({ param, value, message: words.filters.noParameter }))];
}

/** Adds a problem for every parameter that is neither a setting nor a condition. */
function conditionsOf(entries: Entry[], problems: Problem[]): Pick<Filters, "conditions" | "anyOf"> {
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
  const anyOf = [...groups.values()];
  const excess = tooMany([...conditions, ...anyOf.flat()]);
  if (!excess) return { conditions, anyOf };
  problems.push({ param: excess.field, value: "", message: excess.message });
  return { conditions: [], anyOf: [] };
}

function readParameter(param: string, value: string) {
  if (UNANSWERABLE.includes(param)) return { problem: words.filters.unanswerable };
  const today = inTodaysWords(param, value);
  if (!today) return null;
  if (today[0] === "qr") return { problem: words.flag };
  return readCondition(...today) ?? { problem: words.filters.noParameter };
}

/** @throws AppError naming the first problem */
export function assertAnswerable({ problems: [first] }: Pick<Filters, "problems">): void {
  if (first) throw new AppError("unprocessable_entity", `${first.param}: ${first.message}`);
}
