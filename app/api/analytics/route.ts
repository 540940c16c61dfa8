import { reading } from "@/lib/account/reading";
import { answerAnalytics } from "@/lib/api/analytics";
import { otherMethods } from "@/lib/base/http/route";
import { filtersFromParams } from "@/lib/question/codec/read";

/** Answers a question about clicks, with the pages' filters and settings; `groupBy` is Dub's. */
export const GET = reading("read", async (request, scope) => {
  const { searchParams } = new URL(request.url);
  const filters = filtersFromParams(searchParams, new Date(), "api/analytics");
  const body = await answerAnalytics(scope, filters, searchParams);
  return Response.json(body, { headers: { "Cache-Control": "no-store" } });
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
