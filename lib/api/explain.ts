import "server-only";
import { namesIn } from "@/lib/api/about";
import { type WhyFact, whyFacts } from "@/lib/api/why";
import { AppError } from "@/lib/base/errors";
import { dimensionByGroupBy } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import { assertAnswerable, filtersFromParams } from "@/lib/question/codec/read";
import { type Figure, question, type Scope } from "@/lib/question/question";

/** The figure of a `groupBy`. @throws AppError for one that isn’t explained */
export function figureOf(groupBy: string): Figure {
  if (groupBy === "count" || groupBy === "timeseries" || groupBy === "heatmap") return groupBy;
  const key = dimensionByGroupBy(groupBy)?.key;
  if (!key) throw new AppError("unprocessable_entity", "groupBy: Use one of those that /api/v1/analytics takes.");
  return key;
}

/**
 * Explains a figure in words, the most important fact first; the parameters are those of `/api/v1/analytics`.
 *
 * @throws AppError when the filters or the figure are invalid
 */
export async function explain(scope: Scope, params: URLSearchParams, now: Date): Promise<{ facts: WhyFact[] }> {
  const filters = filtersFromParams(params, now, "api/why");
  assertAnswerable(filters);
  const figure = figureOf(params.get("groupBy") || "count");
  const facet = params.get("facets") === "true";
  const [why, names] = await Promise.all([
    answer(question(scope, { kind: "why", figure, facet }, filters)),
    namesIn(scope, filters),
  ]);
  return { facts: whyFacts(figure, filters, why, names, facet) };
}
