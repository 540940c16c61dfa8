import { ago, count, zoneLabel } from "@/lib/base/format";
import { parseLongName } from "@/lib/base/long-value";
import { weekStartName } from "@/lib/base/week-start";
import { type DimensionKey, dimension, inSentence } from "@/lib/click/dimensions";
import { linkName } from "@/lib/click/link-name";
import type { LinkSummary } from "@/lib/click/links";
import type { Why } from "@/lib/question/answer-types";
import { hasOwn, withoutOwn } from "@/lib/question/codec/facets";
import { fieldWords, isDimension, OPERATOR_WORDS } from "@/lib/question/fields";
import { type Condition, type Figure, type Filters, type Interval, isDimensionFigure } from "@/lib/question/question";
import { comparisonDates, rangeDates, valueWord } from "@/lib/question/words";

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

function meaning(figure: Figure, { weekStart }: Filters): string {
  if (figure === "count")
    return "Clicks: all clicks that match the filters, each counted once. Visitors: unique visitors, recognised by a hash of IP address and browser; clicks with neither aren’t included. Links clicked: links with at least one of these clicks.";
  if (figure === "timeseries")
    return `Clicks by the time they happened, not the time they arrived. Buckets follow the calendar of the time zone; weeks start on ${weekStartName(weekStart)}.`;
  if (figure === "heatmap")
    return "Clicks by hour and weekday in the time zone. A typical week shows the median of each hour: one busy day doesn’t change it.";
  if (figure === "bot")
    return "Clicks by humans and by bots, which are recognised by their user agent. Shares are of all clicks.";
  const { label, none } = dimension(figure);
  const by = `Clicks by ${inSentence(label)}. Clicks without one are in the row “${none}”`;
  if (figure !== "tagId") return `${by}, so the rows add up to the total. Shares are of all clicks.`;
  return `${by}. A click counts for every tag of its link, so rows can add up to more than the total.`;
}

function groupWords(conditions: readonly Condition[], names: Names): string {
  const words = conditions.map((condition) => conditionWords(condition, names));
  return words.map(({ subject, verb, object }) => `${subject} ${verb} ${object}`).join(", or ");
}

/** All conditions in words. */
export function filterWords({ conditions, anyOf }: Filters, names: Names): string {
  const groups = [...conditions.map((condition) => [condition]), ...anyOf];
  return groups.map((group) => groupWords(group, names)).join("; and ") || "None: all clicks in the range.";
}

function botWords(bots: Filters["bots"], clicks: number): string {
  const byBots = clicks === 1 ? "1 click by a bot" : `${count(clicks)} clicks by bots`;
  return { include: `Includes ${byBots}.`, exclude: `Excludes ${byBots}.`, only: `Counts only the ${byBots}.` }[bots];
}

function answerWords({ answeredBy, ms, stored, matching }: Why): string {
  const engine = answeredBy.includes("postgres") ? "Postgres" : "The mirror of Postgres, an embedded DuckDB,";
  const how = answeredBy.includes("counts") ? ", from counts that it shares with the page’s other figures" : "";
  const time = `${Math.max(1, Math.round(ms))} ms`;
  return `${engine} answered in ${time}${how}. Of ${count(stored)} stored clicks, ${count(matching)} match.`;
}

const NEVER_COUNTED =
  "Test events, duplicate deliveries, and deliveries that couldn’t be read. They are listed under Deliveries.";

const facetWords = (key: DimensionKey) =>
  `The filter by ${inSentence(dimension(key).label)} doesn’t apply to this card, so that it lists every value.`;

const withheldWords = (clicks: number) =>
  `${clicks === 1 ? "1 click" : `${count(clicks)} clicks`} came without an IP address, as Dub withholds them in some countries. Visitors are estimated there by place and browser, so several people may count as one.`;

/** Ranges that Dub begins at this time of day rather than at midnight. */
const DUBS_DAYS: Partial<Record<Interval, string>> = {
  "7d": "7 days",
  "30d": "30 days",
  "90d": "90 days",
  "1y": "a year",
};

const dubsWords = (length: string) =>
  `Dub counts from exactly ${length} ago, so its first day is only a part of one. Here the range is whole days including today. A key that asks /api/analytics gets Dub’s.`;

/** Explains a figure, the most important fact first. */
export function whyFacts(figure: Figure, filters: Filters, why: Why, names: Names, facet = false): WhyFact[] {
  const { comparison, zone, now, bots } = filters;
  const own = facet && isDimensionFigure(figure) && hasOwn(filters, figure) ? figure : null;
  const asked = filterWords(own ? withoutOwn(filters, own) : filters, names);
  const dubs = filters.range.interval && DUBS_DAYS[filters.range.interval];
  const newest = why.newest && `Includes every click stored until now. The newest was stored ${ago(why.newest, now)}.`;
  return [
    { name: "What it counts", text: meaning(figure, filters) },
    { name: "Range", text: `${rangeDates(filters)}, in ${zoneLabel(zone, now)}` },
    ...(dubs ? [{ name: "Dub’s days", text: dubsWords(dubs) }] : []),
    ...(comparison ? [{ name: "Compared with", text: comparisonDates(filters, comparison) }] : []),
    { name: "Filters", text: own ? `${asked} ${facetWords(own)}` : asked },
    { name: "Bots", text: botWords(bots, why.byBots) },
    ...(why.withheld ? [{ name: "Visitors", text: withheldWords(why.withheld) }] : []),
    { name: "Never counted", text: NEVER_COUNTED },
    { name: "Answered by", text: answerWords(why) },
    { name: "How fresh", text: newest ?? "No clicks stored yet." },
  ];
}
