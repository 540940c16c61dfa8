import { ago, count, zoneLabel } from "@/lib/base/format";
import { parseLongName } from "@/lib/base/long-value";
import { dimension } from "@/lib/click/dimensions";
import { linkName } from "@/lib/click/link-name";
import type { LinkSummary } from "@/lib/click/links";
import type { Why } from "@/lib/question/answer-types";
import { hasOwn, withoutOwn } from "@/lib/question/codec/facets";
import { fieldWords, isDimension, OPERATOR_WORDS } from "@/lib/question/fields";
import { type Condition, type Figure, type Filters, isDimensionFigure } from "@/lib/question/question";
import { comparisonDates, rangeDates, valueWord } from "@/lib/question/words";

/** Texts that explain a figure. */
const text = {
  meaning: {
    name: "What it counts",
    count:
      "Clicks: all clicks that match the filters, each counted once. Visitors: unique visitors, recognised by a hash of IP address and browser; clicks with neither aren’t included. Links clicked: links with at least one of these clicks.",
    timeseries:
      "Clicks by the time they happened, not the time they arrived. Buckets follow the calendar of the time zone.",
    heatmap:
      "Clicks by hour and weekday in the time zone. A typical week shows the median of each hour: one busy day doesn’t change it.",
    byBot: "Clicks by humans and by bots, which are recognised by their user agent. Shares are of all clicks.",
    byTag: (label: string, none: string) =>
      `Clicks by ${label}. Clicks without one are in the row “${none}”. A click counts for every tag of its link, so rows can add up to more than the total.`,
    by: (label: string, none: string) =>
      `Clicks by ${label}. Clicks without one are in the row “${none}”, so the rows add up to the total. Shares are of all clicks.`,
  },
  range: {
    name: "Range",
    inZone: (dates: string, zone: string) => `${dates}, in ${zone}`,
  },
  comparedWith: "Compared with",
  filters: {
    name: "Filters",
    none: "None: all clicks in the range.",
    condition: (subject: string, verb: string, object: string) => `${subject} ${verb} ${object}`,
    facet: (label: string) => `The filter by ${label} doesn’t apply to this card, so that it lists every value.`,
    anyOf: (conditions: readonly string[]) => conditions.join(", or "),
    allOf: (groups: readonly string[]) => groups.join("; and "),
  },
  bots: {
    name: "Bots",
    include: (n: number) => (n === 1 ? "Includes 1 click by a bot." : `Includes ${count(n)} clicks by bots.`),
    exclude: (n: number) => (n === 1 ? "Excludes 1 click by a bot." : `Excludes ${count(n)} clicks by bots.`),
    only: (n: number) =>
      n === 1 ? "Counts only the 1 click by a bot." : `Counts only the ${count(n)} clicks by bots.`,
  },
  visitors: {
    name: "Visitors",
    withheld: (n: number) =>
      `${n === 1 ? "1 click" : `${count(n)} clicks`} came without an IP address, as Dub withholds them in some countries. Visitors are estimated there by place and browser, so several people may count as one.`,
  },
  neverCounted: {
    name: "Never counted",
    what: "Test events, duplicate deliveries, and deliveries that couldn’t be read. They are listed under Deliveries.",
  },
  answeredBy: {
    name: "Answered by",
    postgres: (ms: number, stored: number, matching: number) =>
      `Postgres answered in ${ms} ms. Of ${count(stored)} stored clicks, ${count(matching)} match.`,
    mirror: (ms: number, stored: number, matching: number) =>
      `The mirror of Postgres, an embedded DuckDB, answered in ${ms} ms. Of ${count(stored)} stored clicks, ${count(matching)} match.`,
  },
  fresh: {
    name: "How fresh",
    newest: (ago: string) => `Includes every click stored until now. The newest was stored ${ago}.`,
    none: "No clicks stored yet.",
  },
} as const;

/** Names of ids: metadata of links, names of tags and folders. */
export type Names = { links: Map<string, LinkSummary>; tags: Map<string, string>; folders: Map<string, string> };

function wordOf({ field, op }: Condition, value: string, { links, tags, folders }: Names): string {
  if (op === "contains" || op === "notContains") return `“${value}”`;
  const link = field === "linkId" ? links.get(value) : undefined;
  if (link) return linkName(link.id, link);
  if (field === "tagId") return tags.get(value) ?? value;
  if (field === "folderId") return folders.get(value) ?? value;
  const named = parseLongName(value);
  if (named) return `a value of ${count(named.length)} characters`;
  // A `?` at the end means no query string, which nobody has to read.
  return valueWord(field, field === "url" ? value.replace(/\?$/, "") : value);
}

/** A condition in words: subject, verb and object, and a label for each value. */
export function conditionWords(condition: Condition, names: Names) {
  const { field, op, values } = condition;
  const subject = fieldWords(field).label;
  const verb = OPERATOR_WORDS[op];
  const isEmpty = values.length === 1 && values[0] === null;
  if (isEmpty && (!isDimension(field) || dimension(field).of === "link"))
    return { subject, verb, object: "empty", labels: [valueWord(field, null)] };
  const labels = values.map((value) => (value === null ? valueWord(field, null) : wordOf(condition, value, names)));
  return { subject, verb, object: labels.join(" or "), labels };
}

/** One fact about a figure. */
export type WhyFact = { name: string; text: string };

function meaning(figure: Figure): string {
  if (figure === "count" || figure === "timeseries" || figure === "heatmap") return text.meaning[figure];
  if (figure === "bot") return text.meaning.byBot;
  const { label, none } = dimension(figure);
  return (figure === "tagId" ? text.meaning.byTag : text.meaning.by)(label.toLowerCase(), none);
}

function groupWords(conditions: readonly Condition[], names: Names): string {
  const words = conditions.map((condition) => conditionWords(condition, names));
  return text.filters.anyOf(words.map(({ subject, verb, object }) => text.filters.condition(subject, verb, object)));
}

function filterWords({ conditions, anyOf }: Filters, names: Names): string {
  const groups = [...conditions.map((condition) => [condition]), ...anyOf];
  if (groups.length === 0) return text.filters.none;
  return text.filters.allOf(groups.map((group) => groupWords(group, names)));
}

function answeredBy({ engines, ms, stored, matching }: Why): string {
  const words = engines.includes("postgres") ? text.answeredBy.postgres : text.answeredBy.mirror;
  return words(Math.max(1, Math.round(ms)), stored, matching);
}

/** Explains a figure, the most important fact first. */
export function whyFacts(figure: Figure, filters: Filters, why: Why, names: Names, facet = false): WhyFact[] {
  const { comparison, zone, now } = filters;
  const own = facet && isDimensionFigure(figure) && hasOwn(filters, figure) ? figure : null;
  const asked = own ? withoutOwn(filters, own) : filters;
  return [
    { name: text.meaning.name, text: meaning(figure) },
    { name: text.range.name, text: text.range.inZone(rangeDates(filters), zoneLabel(zone, now)) },
    ...(comparison ? [{ name: text.comparedWith, text: comparisonDates(filters, comparison) }] : []),
    {
      name: text.filters.name,
      text: [filterWords(asked, names), own && text.filters.facet(dimension(own).label.toLowerCase())]
        .filter(Boolean)
        .join(" "),
    },
    { name: text.bots.name, text: text.bots[filters.bots](why.byBots) },
    ...(why.withheld ? [{ name: text.visitors.name, text: text.visitors.withheld(why.withheld) }] : []),
    { name: text.neverCounted.name, text: text.neverCounted.what },
    { name: text.answeredBy.name, text: answeredBy(why) },
    { name: text.fresh.name, text: why.newest ? text.fresh.newest(ago(why.newest, now)) : text.fresh.none },
  ];
}
