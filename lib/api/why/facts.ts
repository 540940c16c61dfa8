import { conditionWords, type Names } from "@/lib/api/why/conditions";
import { text } from "@/lib/api/why/facts-text";
import { ago, zoneLabel } from "@/lib/base/format";
import { dimension } from "@/lib/click/dimensions";
import type { Why } from "@/lib/question/answers";
import type { Condition, Figure, Filters } from "@/lib/question/question";
import { comparisonDates, rangeDates } from "@/lib/question/words";

/** One thing to know about a figure. */
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

/** How a figure came about, in words, the most important first. */
export function whyFacts(figure: Figure, filters: Filters, why: Why, names: Names): WhyFact[] {
  const { comparison, zone, now } = filters;
  return [
    { name: text.meaning.name, text: meaning(figure) },
    { name: text.range.name, text: text.range.inZone(rangeDates(filters), zoneLabel(zone, now)) },
    ...(comparison ? [{ name: text.comparedWith, text: comparisonDates(filters, comparison) }] : []),
    { name: text.filters.name, text: filterWords(filters, names) },
    { name: text.bots.name, text: text.bots[filters.bots](why.byBots) },
    { name: text.neverCounted.name, text: text.neverCounted.what },
    { name: text.answeredBy.name, text: answeredBy(why) },
    { name: text.fresh.name, text: why.newest ? text.fresh.newest(ago(why.newest, now)) : text.fresh.none },
  ];
}
