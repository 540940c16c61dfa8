import { requireApiViewer } from "@/lib/account/session";
import { freeText } from "@/lib/base/clean";
import { count, percent } from "@/lib/base/format";
import { otherMethods, route } from "@/lib/base/http/route";
import { answer } from "@/lib/question/answer";
import { assertAnswerable, filtersFromParams } from "@/lib/question/codec/read";
import { fieldWords } from "@/lib/question/fields";
import { question } from "@/lib/question/question";

/** Values of any field whose display text contains `search`; the rest of the query string is the page's own. */
export const GET = route(async (request) => {
  const scope = await requireApiViewer(request);
  const { searchParams } = new URL(request.url);
  const filters = filtersFromParams(searchParams, new Date(), "api/values");
  assertAnswerable(filters);
  const search = freeText(searchParams.get("search"));
  const found = search === null ? [] : await answer(question(scope, { kind: "valueSearch", search }, filters));
  const fields = found.map(({ field, rows, total }) => ({
    field,
    label: fieldWords(field).label,
    rows: rows.map((row) => ({ ...row, count: count(row.clicks), share: percent(row.clicks, total) })),
  }));
  return Response.json({ fields }, { headers: { "Cache-Control": "no-store" } });
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
