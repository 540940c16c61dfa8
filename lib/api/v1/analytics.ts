import "server-only";
import { choice, integer, refuse } from "@/lib/api/v1/params";
import { freeText } from "@/lib/base/clean";
import { DIMENSIONS, dimensionByGroupBy } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import { remainderOf } from "@/lib/question/answer-types";
import { ROW_PARAMETERS } from "@/lib/question/codec/parameters";
import { assertAnswerable, filtersFromParams } from "@/lib/question/codec/read";
import { type Filters, type Order, question, type RowsPart, type Scope } from "@/lib/question/question";

const MAX_ROWS = 5_000;
const MAX_SPARKLINES = 100;
const ORDERS: readonly Order["by"][] = ["clicks", "change", "value"];

/** Answers without rows to search, sort or limit. */
const RANGE_WIDE: readonly string[] = ["count", "timeseries", "heatmap"];

/** @throws AppError for row parameters where there are no rows: ignoring them would mislead */
function refuseRows(params: URLSearchParams, names: readonly string[] = ROW_PARAMETERS): void {
  const given = names.find((name) => params.get(name));
  if (given) refuse(given, "Use this with a groupBy that returns rows, such as countries.");
}

/** @throws AppError naming the first invalid parameter */
function rowsPart(params: URLSearchParams): RowsPart {
  const by = choice(params, "sortBy", ORDERS, "clicks");
  return {
    search: freeText(params.get("search")),
    only: null,
    order: { by, descending: choice(params, "sortOrder", ["asc", "desc"], by === "value" ? "asc" : "desc") === "desc" },
    limit: integer(params, "limit", 100, 1, MAX_ROWS),
    offset: integer(params, "offset", 0, 0, 1_000_000),
  };
}

/**
 * Answers `/api/v1/analytics`, ready for JSON. `groupBy` is `count`, `timeseries`, `heatmap`, `sparklines` (of the
 * links that `top_links` lists) or a dimension's word. The other parameters are filters and row parameters.
 *
 * @throws AppError when the filters or the question are invalid
 */
export const analyticsOf = (scope: Scope, params: URLSearchParams, now: Date): Promise<unknown> =>
  answerAnalytics(scope, filtersFromParams(params, now, "api/v1/analytics"), params);

/** The same about these filters. */
export async function answerAnalytics(scope: Scope, filters: Filters, params: URLSearchParams): Promise<unknown> {
  assertAnswerable(filters);
  const groupBy = params.get("groupBy") || "count";
  if (RANGE_WIDE.includes(groupBy)) refuseRows(params);
  if (groupBy === "count") return answer(question(scope, { kind: "totals" }, filters));
  if (groupBy === "timeseries") return answer(question(scope, { kind: "series" }, filters));
  if (groupBy === "heatmap") return answer(question(scope, { kind: "heatMap" }, filters));
  if (groupBy === "sparklines") {
    refuseRows(params, ["facets", "visitors"]);
    return sparklines(scope, filters, rowsPart(params));
  }
  const dimension = dimensionByGroupBy(groupBy);
  const words = ["count", "timeseries", "heatmap", "sparklines", ...DIMENSIONS.map((entry) => entry.groupBy)];
  if (!dimension) refuse("groupBy", `Use one of ${words.join(", ")}.`);
  const breakdown = await answer(
    question(scope, { kind: "breakdown", key: dimension.key, rows: rowsPart(params), ...switches(params) }, filters),
  );
  return { ...breakdown, remainder: remainderOf(breakdown) };
}

const switches = (params: URLSearchParams) => ({
  facet: params.get("facets") === "true",
  visitors: params.get("visitors") === "true",
});

async function sparklines(scope: Scope, filters: Filters, part: RowsPart): Promise<unknown> {
  const limit = Math.min(part.limit ?? MAX_SPARKLINES, MAX_SPARKLINES);
  const { rows } = await answer(
    question(scope, { kind: "breakdown", key: "linkId", rows: { ...part, limit } }, filters),
  );
  const ids = rows.flatMap(({ value }) => value ?? []);
  return Object.fromEntries(await answer(question(scope, { kind: "linkSeries", ids }, filters)));
}
