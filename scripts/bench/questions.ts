import { localMonths } from "@/lib/base/time";
import { DIMENSIONS, dimensionByGroupBy } from "@/lib/click/dimensions";
import { resolvePlan } from "@/lib/question/answer/resolve";
import { planBreakdown, planClicks } from "@/lib/question/plan";
import { ALL_ROWS, type Filters, type RowsPart } from "@/lib/question/question";
import { fittingGranularity } from "@/lib/question/series";
import { breakdownSql, clicksSql, hoursOfWeekSql, linkStepsSql, stepsSql, totalsSql } from "@/lib/question/sql";
import type { Run } from "./engines";

/** Rows that the API gives when it is not told how many. */
const ROWS = 100;

/** A kind of question: where the server has it, and the statements that it makes of it. */
export type Question = {
  name: string;
  /** Path and the beginning of the query string. */
  address: string;
  /** Whether it makes sense for one link. */
  ofLink: boolean;
  /** The statements that the server runs for it. */
  ask: (filters: Filters, run: Run) => Promise<void>;
};

const api = (groupBy: string) => `/api/analytics?groupBy=${groupBy}`;

/** The statement of one breakdown. */
export async function askRows(filters: Filters, groupBy: string, rows: Partial<RowsPart>, run: Run) {
  const dimension = dimensionByGroupBy(groupBy);
  if (!dimension) throw new RangeError(`no dimension ${groupBy}`);
  const plan = planBreakdown(filters, dimension.of === "link" ? "linkId" : dimension.key, { ...ALL_ROWS, ...rows });
  return run(breakdownSql(await resolvePlan(plan)));
}

/** The statement of the totals. */
export async function askTotals(filters: Filters, run: Run): Promise<void> {
  await run(totalsSql(await resolvePlan(planClicks(filters))));
}

/** The statement of the hours of the week. */
export async function askWeek(filters: Filters, run: Run): Promise<void> {
  await run(hoursOfWeekSql(await resolvePlan(planClicks(filters)), null));
}

/** The statement of clicks over time. */
export async function askSteps(filters: Filters, run: Run): Promise<void> {
  await run(stepsSql(await resolvePlan(planClicks(filters)), granularityOf(filters)));
}

function granularityOf({ range: { from, to }, granularity }: Filters) {
  if (!from || !to) throw new RangeError("the range has no end");
  return fittingGranularity(from, to, granularity);
}

async function askSparklines(filters: Filters, run: Run): Promise<void> {
  const rows = await askRows(filters, "top_links", { limit: ROWS }, run);
  if (rows.length === 0) return;
  const plan = await resolvePlan(planClicks(filters));
  const ids = { kind: "ids" as const, negated: false, ids: rows.map(({ value }) => String(value)) };
  const { from, to } = filters.range;
  const months = from && to ? localMonths(from, to, filters.zone) : [];
  await run(linkStepsSql({ ...plan, terms: [...plan.terms, [ids]] }, granularityOf(filters), months));
}

const breakdown = (groupBy: string, ofLink: boolean, limit: number | null = ROWS): Question => ({
  name: groupBy,
  address: api(groupBy),
  ofLink,
  ask: async (filters, run) => {
    await askRows(filters, groupBy, { limit }, run);
  },
});

export const QUESTIONS: readonly Question[] = [
  {
    name: "count",
    address: api("count"),
    ofLink: true,
    ask: askTotals,
  },
  { name: "timeseries", address: api("timeseries"), ofLink: true, ask: askSteps },
  {
    name: "heatmap",
    address: api("heatmap"),
    ofLink: true,
    ask: askWeek,
  },
  { name: "sparklines", address: api("sparklines"), ofLink: false, ask: askSparklines },
  ...["countries", "cities", "referers", "browsers", "top_urls"].map((groupBy) => breakdown(groupBy, true)),
  breakdown("top_links", false),
  // Made of the clicks of every link.
  breakdown("top_link_tags", false, null),
  {
    name: "events",
    address: "/api/events?",
    ofLink: true,
    ask: async (filters, run) => {
      // One more tells whether there is a next page.
      await run(clicksSql(await resolvePlan(planClicks(filters)), null, true, ROWS + 1));
    },
  },
];

/** Breakdowns that are not among the questions. */
export const OTHER_DIMENSIONS: readonly Question[] = DIMENSIONS.filter(
  ({ groupBy, of }) => of === "click" && !QUESTIONS.some(({ name }) => name === groupBy),
).map(({ groupBy }) => breakdown(groupBy, true));
