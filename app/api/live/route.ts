import { readViewer, requireApiViewer } from "@/lib/access/session";
import { route } from "@/lib/http";
import { liveStream } from "@/lib/live/stream";
import { assertAnswerable, filtersFromParams } from "@/lib/query/search-params";

export const dynamic = "force-dynamic";

/** New clicks as they are stored, as server-sent events; the query string is the page's own. */
export const GET = route(async (request) => {
  const viewer = await requireApiViewer(request);
  const { searchParams } = new URL(request.url);
  const filters = () => filtersFromParams(searchParams, new Date(), "api/live");
  assertAnswerable(filters());
  const place = request.headers.get("last-event-id") ?? "";
  const after = /^\d{1,18}$/.test(place) ? place : null;
  const mayWatch = async () => (await readViewer(request.headers)) !== null;
  return new Response(liveStream({ viewer, filters, after, mayWatch }), {
    headers: {
      "Content-Type": "text/event-stream; charset=utf-8",
      "Cache-Control": "no-store, no-transform",
      // A proxy that waited for the end would never show anything.
      "X-Accel-Buffering": "no",
    },
  });
});
