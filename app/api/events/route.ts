import { requireApiViewer } from "@/lib/account/session";
import { answerEvents } from "@/lib/api/analytics";
import { otherMethods, route } from "@/lib/base/http/route";
import { filtersFromParams } from "@/lib/question/codec/read";

/** Clicks one by one, newest first; conditions and settings are the pages', with a cursor in `before` or `after`. */
export const GET = route(async (request) => {
  const scope = await requireApiViewer(request);
  const { searchParams } = new URL(request.url);
  const filters = filtersFromParams(searchParams, new Date(), "api/events");
  const answer = await answerEvents(scope, filters, searchParams);
  return Response.json(answer, { headers: { "Cache-Control": "no-store" } });
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
