import { BOTS } from "@/lib/base/bots";
import { DIMENSIONS, type DimensionKey } from "@/lib/click/dimensions";
import { SETTINGS } from "@/lib/question/codec/parameters";
import { INTERVALS, LINK_FIELDS } from "@/lib/question/question";
import { Failure, wholeNumber } from "@/scripts/steps";

/** What is asked for: totals, a series, a heat map, single clicks, or a breakdown. */
export type What = "count" | "timeseries" | "heatmap" | "events" | DimensionKey;

/** A command line, read. */
export type AskedLine = {
  what: What;
  /** The pages' parameters. */
  params: URLSearchParams;
  output: "table" | "json" | "csv";
  limit: number;
  search: string | null;
  sort: "clicks" | "change" | "value";
  visitors: boolean;
};

/** Names that people try. */
const SYNONYMS: Readonly<Record<string, What>> = {
  ...{ totals: "count", clicks: "events", recent: "events", series: "timeseries", links: "linkId", urls: "url" },
  ...{ destinations: "url", pages: "baseUrl", tags: "tagId", folders: "folderId", domains: "domain" },
  systems: "os",
};

const WHATS: ReadonlyMap<string, What> = new Map<string, What>([
  ...(["count", "timeseries", "heatmap", "events"] as const).map((what): [string, What] => [what, what]),
  ...Object.entries(SYNONYMS),
  ...DIMENSIONS.flatMap(({ key, groupBy }): [string, What][] => [
    [key, key],
    [groupBy, key],
  ]),
]);

/** Parameters by the names of their options; fields have the names of the pages' addresses as well. */
const OPTIONS: ReadonlyMap<string, string> = new Map([
  ...[...SETTINGS].map((name): [string, string] => [name, name]),
  ...[...DIMENSIONS.map(({ key }) => key), ...LINK_FIELDS].map((name): [string, string] => [name, name]),
  ...([
    ["last", "interval"],
    ["zone", "timezone"],
  ] as [string, string][]),
  ...([
    ["link", "linkId"],
    ["tag", "tagId"],
    ["folder", "folderId"],
  ] as [string, string][]),
]);
const OWN = ["limit", "search", "sort"] as const;
const FLAGS = ["json", "csv", "visitors", "help"] as const;

const plain = (name: string): string => name.toLowerCase().replace(/[-_]/g, "");

/** Letters to insert, remove or replace between two names. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...a].entries()) {
    const next = [at + 1];
    for (let to = 1; to <= b.length; to++) {
      const replaced = (row[to - 1] ?? 0) + (b[to - 1] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** “ Did you mean x?” when a name is close to a known one, else nothing. */
function meant(given: string, known: Iterable<string>, prefix = ""): string {
  const ranked = [...known].map((name) => ({ name, far: distance(plain(given), plain(name)) }));
  const [best] = ranked.sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(1, Math.floor(given.length / 3)) ? ` Did you mean ${prefix}${best.name}?` : "";
}

function whatOf(word: string): What {
  const known = WHATS.get(word) ?? [...WHATS].find(([name]) => plain(name) === plain(word))?.[1];
  if (known) return known;
  const hint = meant(word, WHATS.keys()) || " npm run ask -- --help lists what there is.";
  throw new Failure(`There is no “${word}” to ask for.${hint}`);
}

/** The parameter of an option: `any.country`, `referer.contains` and `utm_source.empty` as in addresses. */
function parameterOf(option: string): string {
  const [, group = "", name = option, operator = ""] = /^(any\d{0,3}\.)?([\w-]+)(\.\w+)?$/.exec(option) ?? [];
  const known = OPTIONS.get(name) ?? [...OPTIONS].find(([each]) => plain(each) === plain(name))?.[1];
  if (known) return `${group}${known}${operator}`;
  const names = [...OPTIONS.keys(), ...OWN, ...FLAGS];
  const hint = meant(name, names, "--") || " npm run ask -- --help lists the options.";
  throw new Failure(`There is no option --${option}.${hint}`);
}

type Option = { name: string; value: string };

/** The words before options, and the options. A value may begin with a hyphen, which means “not”. */
function split(words: readonly string[]): { positionals: string[]; flags: Set<string>; options: Option[] } {
  const positionals: string[] = [];
  const flags = new Set<string>();
  const options: Option[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("--")) {
      positionals.push(word);
      continue;
    }
    const [, name = "", inline] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (FLAGS.some((flag) => flag === name) && inline === undefined) {
      flags.add(name);
      continue;
    }
    const value = inline ?? words[at + 1];
    if (value === undefined || value === "" || (inline === undefined && value.startsWith("--")))
      throw new Failure(`--${name} needs a value.`);
    if (inline === undefined) at++;
    options.push({ name, value });
  }
  return { positionals, flags, options };
}

const SORTS = ["clicks", "change", "value"] as const;

/** Reads a command line; null when it asks for help. @throws Failure in one line */
export function readLine(words: readonly string[]): AskedLine | null {
  const { positionals, flags, options } = split(words);
  if (flags.has("help")) return null;
  const [word, surplus] = positionals;
  if (word === undefined) throw new Failure("Say what to ask for, such as npm run ask -- countries --last 7d");
  if (surplus !== undefined)
    throw new Failure(`“${surplus}” has no option before it. Write values after their option.`);
  if (flags.has("json") && flags.has("csv")) throw new Failure("Use --json or --csv, not both.");
  const what = whatOf(word);
  const own = new Map(
    options.filter(({ name }) => OWN.some((each) => each === name)).map((one) => [one.name, one.value]),
  );
  const isRows = !["count", "timeseries", "heatmap", "events"].includes(what);
  for (const name of [...own.keys(), ...(flags.has("visitors") ? ["visitors"] : [])])
    if (!isRows && !(name === "limit" && what === "events"))
      throw new Failure(`--${name} is for lists, such as countries; ${word} has none.`);
  const params = new URLSearchParams();
  for (const { name, value } of options) {
    if (own.has(name)) continue;
    const parameter = parameterOf(name);
    if (SETTINGS.has(parameter) && params.has(parameter)) throw new Failure(`--${name} is there twice.`);
    params.append(parameter, value);
  }
  const interval = params.get("interval");
  if (interval !== null && !INTERVALS.some((each) => each === interval))
    throw new Failure(
      `There is no range “${interval}”.${meant(interval, INTERVALS) || ` Use one of ${INTERVALS.join(", ")}.`}`,
    );
  const bots = params.get("bots");
  if (bots !== null && !BOTS.some((each) => each === bots)) throw new Failure(`--bots: Use ${BOTS.join(" or ")}.`);
  const given = own.get("sort") ?? "clicks";
  const sort = SORTS.find((each) => each === given);
  if (!sort) throw new Failure(`--sort: Use ${SORTS.join(" or ")}.`);
  return {
    ...{ what, params, sort, search: own.get("search") ?? null, visitors: flags.has("visitors") },
    limit: wholeNumber("limit", own.get("limit") ?? "20"),
    output: flags.has("json") ? "json" : flags.has("csv") ? "csv" : "table",
  };
}
