import { requireApiViewer } from "@/lib/access/session";
import { otherMethods, route } from "@/lib/http";
import { answerAnalytics } from "@/lib/query/api";
import { filtersFromParams } from "@/lib/query/search-params";

/** The answer to one question about clicks; the query string is the page's own, with `groupBy` as Dub has it. */
export const GET = route(async (request) => {
  const viewer = await requireApiViewer(request);
  const { searchParams } = new URL(request.url);
  const answer = await answerAnalytics(viewer, filtersFromParams(searchParams, new Date()), searchParams);
  return Response.json(answer, { headers: { "Cache-Control": "no-store" } });
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
