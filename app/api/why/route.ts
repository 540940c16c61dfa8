import { requireApiViewer } from "@/lib/account/session";
import { namesIn } from "@/lib/api/about";
import { whyFacts } from "@/lib/api/why";
import { AppError } from "@/lib/base/errors";
import { otherMethods, route } from "@/lib/base/http/route";
import { dimensionByGroupBy } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import { assertAnswerable, filtersFromParams } from "@/lib/question/codec/read";
import { type Figure, question } from "@/lib/question/question";

function figureOf(groupBy: string): Figure {
  if (groupBy === "count" || groupBy === "timeseries" || groupBy === "heatmap") return groupBy;
  const key = dimensionByGroupBy(groupBy)?.key;
  if (!key) throw new AppError("unprocessable_entity", "groupBy: Use one of those that /api/analytics takes.");
  return key;
}

/** Explains a figure in words; the query string is that of `/api/analytics`. */
export const GET = route(async (request) => {
  const scope = await requireApiViewer(request);
  const { searchParams } = new URL(request.url);
  const filters = filtersFromParams(searchParams, new Date(), "api/why");
  assertAnswerable(filters);
  const figure = figureOf(searchParams.get("groupBy") || "count");
  const facet = searchParams.get("facets") === "true";
  const [why, names] = await Promise.all([
    answer(question(scope, { kind: "why", figure, facet }, filters)),
    namesIn(scope, filters),
  ]);
  const facts = whyFacts(figure, filters, why, names, facet);
  return Response.json({ facts }, { headers: { "Cache-Control": "no-store" } });
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
