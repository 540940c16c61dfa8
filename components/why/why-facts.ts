import { conditionWords, type Names } from "@/components/dashboard/chips";
import { dimension } from "@/lib/dimensions";
import { ago, comparisonDates, count, rangeDates, zoneLabel } from "@/lib/format";
import type { Figure, Why } from "@/lib/query/answer/why";
import type { Condition, Filters } from "@/lib/query/filters";

/** One thing to know about a figure. */
export type Fact = { name: string; text: string };

const MEANINGS: Record<"count" | "timeseries" | "heatmap", string> = {
  count:
    "Clicks: every click that the filters let through, each counted once. Visitors: told apart by a hash of address and browser; clicks with neither have none. Links clicked: links with at least one of these clicks.",
  timeseries: "Clicks by the moment when they happened, not when they arrived. Buckets follow the zone's own calendar.",
  heatmap: "Clicks by the hour and weekday that the zone's clocks showed when they happened.",
};

function meaning(figure: Figure): string {
  if (figure === "count" || figure === "timeseries" || figure === "heatmap") return MEANINGS[figure];
  const { label, none } = dimension(figure);
  const rows = `Clicks by ${label.toLowerCase()}. Clicks without one are the row “${none}”`;
  return figure === "tagId"
    ? `${rows}. A click counts for every tag of its link, so rows may add up to more than all clicks.`
    : `${rows}, so that all rows together are all clicks. Shares are of all clicks.`;
}

function sentence(conditions: readonly Condition[], names: Names): string {
  return conditions
    .map((condition) => conditionWords(condition, names))
    .map(({ subject, verb, object }) => `${subject} ${verb} ${object}`)
    .join(", or ");
}

function filterWords({ conditions, anyOf }: Filters, names: Names): string {
  const groups = [...conditions.map((condition) => [condition]), ...anyOf];
  if (groups.length === 0) return "None: every click in the range.";
  return groups.map((group) => sentence(group, names)).join("; and ");
}

const BOTS: Record<Filters["bots"], string> = { include: "included", exclude: "left out", only: "counted alone" };

function botWords({ byBots }: Why, { bots }: Filters): string {
  return byBots === 1 ? `1 click by a bot is ${BOTS[bots]}.` : `${count(byBots)} clicks by bots are ${BOTS[bots]}.`;
}

function answeredBy({ engines, ms, stored, matching }: Why): string {
  const engine = engines.includes("postgres") ? "Postgres" : "The mirror of Postgres, an embedded DuckDB,";
  return `${engine} answered in ${Math.max(1, Math.round(ms))} ms. Of ${count(stored)} stored clicks, ${count(matching)} match.`;
}

/** How a figure came about, in words, the most important first. */
export function whyFacts(figure: Figure, filters: Filters, why: Why, names: Names): Fact[] {
  const { comparison, zone, now } = filters;
  const fresh = why.newest
    ? `Every click that was stored until this moment; the newest was stored ${ago(why.newest, now)}.`
    : "No click has been stored yet.";
  return [
    { name: "What it counts", text: meaning(figure) },
    { name: "Range", text: `${rangeDates(filters)}, in ${zoneLabel(zone, now)}` },
    ...(comparison ? [{ name: "Compared with", text: comparisonDates(filters, comparison) }] : []),
    { name: "Filters", text: filterWords(filters, names) },
    { name: "Bots", text: botWords(why, filters) },
    {
      name: "Never counted",
      text: "Test events, deliveries that came twice, and those that could not be read. They are listed under Deliveries.",
    },
    { name: "Answered by", text: answeredBy(why) },
    { name: "How fresh", text: fresh },
  ];
}
