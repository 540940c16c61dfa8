import { reading } from "@/lib/account/reading";
import { answerEvents } from "@/lib/api/analytics";
import { otherMethods } from "@/lib/base/http/route";
import { filtersFromParams } from "@/lib/question/codec/read";

/** Clicks, newest first, with the pages' filters and settings; `before` or `after` is a cursor. */
export const GET = reading("read", async (request, scope) => {
  const { searchParams } = new URL(request.url);
  const filters = filtersFromParams(searchParams, new Date(), "api/events");
  const answer = await answerEvents(scope, filters, searchParams);
  return Response.json(answer, { headers: { "Cache-Control": "no-store" } });
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
