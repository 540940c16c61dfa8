import { requireApiViewer } from "@/lib/account/session";
import { freeText } from "@/lib/base/clean";
import { AppError } from "@/lib/base/errors";
import { count, percent } from "@/lib/base/format";
import { otherMethods, route } from "@/lib/base/http/route";
import { answer } from "@/lib/question/answer";
import { isField } from "@/lib/question/codec/conditions";
import { assertAnswerable, filtersFromParams } from "@/lib/question/codec/read";
import { question } from "@/lib/question/question";

type Context = { params: Promise<{ field: string }> };

/** More than anybody scrolls through; the search finds the rest. */
const LIMIT = 60;

/** Values of one field with their clicks, as display texts; the query string is the page's own. */
export const GET = route<Context>(async (request, { params }) => {
  const scope = await requireApiViewer(request);
  const { field } = await params;
  if (!isField(field)) throw new AppError("not_found", "Unknown field. Use the name of a filter, such as country.");
  const { searchParams } = new URL(request.url);
  const filters = filtersFromParams(searchParams, new Date(), "api/values");
  assertAnswerable(filters);
  const search = freeText(searchParams.get("search"));
  const { rows, rowCount, total } = await answer(
    question(scope, { kind: "values", field, search, limit: LIMIT }, filters),
  );
  const listed = rows.map((row) => ({ ...row, count: count(row.clicks), share: percent(row.clicks, total) }));
  return Response.json({ rows: listed, rowCount }, { headers: { "Cache-Control": "no-store" } });
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
