import "server-only";
import { freeText } from "@/lib/base/clean";
import { AppError } from "@/lib/base/errors";
import { DIMENSIONS, dimensionByGroupBy } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import { remainderOf } from "@/lib/question/answer-types";
import { ROW_PARAMETERS } from "@/lib/question/codec/parameters";
import { parseCursor } from "@/lib/question/codec/query-string";
import { assertAnswerable } from "@/lib/question/codec/read";
import {
  type ClicksPart,
  type Cursor,
  type Filters,
  type Order,
  question,
  type RowsPart,
  type Scope,
} from "@/lib/question/question";
import { withWords } from "@/lib/question/words";

const MAX_ROWS = 5_000;
const MAX_CLICKS = 1_000;
const MAX_SPARKLINES = 100;
const ORDERS: readonly Order["by"][] = ["clicks", "change", "value"];

function refuse(param: string, message: string): never {
  throw new AppError("unprocessable_entity", `${param}: ${message}`);
}

function integer(params: URLSearchParams, name: string, fallback: number, min: number, max: number): number {
  const text = params.get(name) || String(fallback);
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : refuse(name, `Use a number from ${min} to ${max}.`);
}

function choice<T extends string>(params: URLSearchParams, name: string, choices: readonly T[], fallback: T): T {
  const text = params.get(name) || fallback;
  return choices.find((entry) => entry === text) ?? refuse(name, `Use ${choices.join(" or ")}.`);
}

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
 * Answers an analytics request, ready for JSON. `groupBy` is `count`, `timeseries`, `heatmap`, `sparklines` (of the
 * links that `top_links` lists) or a dimension's word. The other parameters are filters and row parameters.
 *
 * @throws AppError when the filters or the question are invalid
 */
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

/** A page of clicks for JSON; with `words=true` each has readable texts. @throws AppError as `answerAnalytics` does */
export async function answerEvents(scope: Scope, filters: Filters, params: URLSearchParams): Promise<unknown> {
  assertAnswerable(filters);
  const part: ClicksPart = {
    limit: integer(params, "limit", 100, 1, MAX_CLICKS),
    before: cursor(params, "before"),
    after: cursor(params, "after"),
    oldestFirst: isAscending(params),
  };
  choice(params, "sortBy", ["timestamp"], "timestamp");
  if (params.get("page"))
    refuse("page", "There are no numbered pages. Send the response’s older as before, or its newer as after.");
  if (part.before && part.after) refuse("after", "Use before or after, not both.");
  const wantsWords = choice(params, "words", ["true", "false"], "false") === "true";
  const page = await answer(question(scope, { kind: "clicks", ...part }, filters));
  return wantsWords ? withWords(page, filters.zone) : page;
}

/** `order` is Dub's older name. */
const isAscending = (params: URLSearchParams): boolean =>
  choice(params, "sortOrder", ["asc", "desc"], choice(params, "order", ["asc", "desc"], "desc")) === "asc";

function cursor(params: URLSearchParams, name: string): Cursor | null {
  const text = params.get(name);
  return text ? (parseCursor(text) ?? refuse(name, "Use a cursor from an earlier response.")) : null;
}
