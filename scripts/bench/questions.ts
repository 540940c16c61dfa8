import { localMonths } from "@/lib/base/time";
import { DIMENSIONS, dimensionByGroupBy } from "@/lib/click/dimensions";
import type { Engine } from "@/lib/click/selection";
import type { Prisma } from "@/lib/generated/prisma/client";
import { resolvePlan } from "@/lib/question/answer/resolve";
import { planBreakdown, planClicks } from "@/lib/question/plan";
import { ALL_ROWS, type Filters } from "@/lib/question/question";
import { fittingGranularity } from "@/lib/question/series";
import { breakdownSql, clicksSql, hoursOfWeekSql, linkStepsSql, stepsSql, totalsSql } from "@/lib/question/sql";
import type { EnginePlan, ResolvedPlan } from "@/lib/question/where-sql";
import type { Run } from "./engines";

/** Runs a question's statements. */
export type Ask = (filters: Filters, run: Run) => Promise<unknown>;

/** A kind of question: path and the beginning of its query string, whether it makes sense for one link, its statements. */
export type Question = { name: string; address: string; ofLink: boolean; ask: Ask };

/** Default number of rows of the API. */
const ROWS = 100;

/** A statement about a plan. */
const over =
  <P extends ResolvedPlan>(plan: P, sqlOf: (plan: P & EnginePlan) => Prisma.Sql) =>
  (engine: Engine) =>
    sqlOf({ ...plan, engine });

const planned = (filters: Filters) => resolvePlan(planClicks(filters));

const askTotals: Ask = async (filters, run) => run(over(await planned(filters), totalsSql));
const askWeek: Ask = async (filters, run) => run(over(await planned(filters), (plan) => hoursOfWeekSql(plan, null)));
const askSteps: Ask = async (filters, run) =>
  run(over(await planned(filters), (plan) => stepsSql(plan, stepOf(filters).granularity)));
// One more to know whether there is a next page.
const askEvents: Ask = async (filters, run) =>
  run(over(await planned(filters), (plan) => clicksSql(plan, null, true, ROWS + 1)));

function stepOf({ range: { from, to }, granularity, zone }: Filters) {
  if (!from || !to) throw new RangeError("the range has no end");
  return { granularity: fittingGranularity(from, to, granularity), months: localMonths(from, to, zone) };
}

async function askRows(filters: Filters, groupBy: string, limit: number | null, run: Run) {
  const dimension = dimensionByGroupBy(groupBy);
  if (!dimension) throw new RangeError(`no dimension ${groupBy}`);
  const plan = planBreakdown(filters, dimension.of === "link" ? "linkId" : dimension.key, { ...ALL_ROWS, limit });
  return run(over(await resolvePlan(plan), (of) => breakdownSql(of)));
}

const askSparklines: Ask = async (filters, run) => {
  const rows = await askRows(filters, "top_links", ROWS, run);
  if (rows.length === 0) return;
  const plan = await planned(filters);
  const ids = { kind: "ids" as const, negated: false, ids: rows.map(({ value }) => String(value)) };
  const { granularity, months } = stepOf(filters);
  await run(over({ ...plan, terms: [...plan.terms, [ids]] }, (of) => linkStepsSql(of, granularity, months)));
};

const api = (name: string, ask: Ask, ofLink = true): Question => ({
  ...{ name, address: `/api/analytics?groupBy=${name}`, ofLink, ask },
});
const breakdown = (groupBy: string, ofLink = true, limit: number | null = ROWS): Question =>
  api(groupBy, (filters, run) => askRows(filters, groupBy, limit, run), ofLink);

export const QUESTIONS: readonly Question[] = [
  api("count", askTotals),
  api("timeseries", askSteps),
  api("heatmap", askWeek),
  api("sparklines", askSparklines, false),
  ...["countries", "cities", "referers", "browsers", "top_urls"].map((groupBy) => breakdown(groupBy)),
  breakdown("top_links", false),
  // Covers all links.
  breakdown("top_link_tags", false, null),
  { name: "events", address: "/api/events?", ofLink: true, ask: askEvents },
];

/** Breakdowns not measured above. */
export const OTHER_DIMENSIONS: readonly Question[] = DIMENSIONS.filter(
  ({ groupBy, of }) => of === "click" && !QUESTIONS.some(({ name }) => name === groupBy),
).map(({ groupBy }) => breakdown(groupBy));
