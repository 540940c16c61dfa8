import { readViewer, requireApiViewer } from "@/lib/account/session";
import { sessionOf } from "@/lib/account/session-cookie";
import { acquireConnection, liveStream, type Watched } from "@/lib/api/live/stream";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { otherMethods, route } from "@/lib/base/http/route";
import { assertAnswerable, filtersFromParams } from "@/lib/question/codec/read";

/** More tabs than anybody sees at once. */
const MOST_VIEWS = 24;
const PLACE = /^\d{1,18}$/;

const HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-store, no-transform",
  // A proxy that buffers would never show anything.
  "X-Accel-Buffering": "no",
};

function watchedBy(params: URLSearchParams, place: string | null): Watched {
  const filters = () => filtersFromParams(params, new Date(), "api/live");
  assertAnswerable(filters());
  return { filters, after: [place ?? params.get("after") ?? ""].find((text) => PLACE.test(text)) ?? null };
}

/** @throws AppError for an invalid parameter */
function readWatched(request: Request): Watched[] {
  const { searchParams } = new URL(request.url);
  const views = searchParams.getAll("watch");
  if (views.length > MOST_VIEWS)
    throw new AppError("unprocessable_entity", `watch: Use at most ${MOST_VIEWS} in one request.`);
  if (views.length > 0) return views.map((view) => watchedBy(new URLSearchParams(view), null));
  return [watchedBy(searchParams, request.headers.get("last-event-id"))];
}

/**
 * New clicks as server-sent events. The query string is the page's own; or it has one or more `watch`, each such a
 * query string, with `after` as the place where it resumes.
 */
export const GET = route(async (request) => {
  const scope = await requireApiViewer(request);
  const watched = readWatched(request);
  const onEnd = acquireConnection(sessionOf(request.headers, env().SECRET_KEY ?? "") ?? scope.userId);
  // Who may see other links now has to ask anew.
  const mayWatch = async () => {
    const viewer = await readViewer(request.headers);
    return viewer !== null && JSON.stringify(viewer.links) === JSON.stringify(scope.links);
  };
  const tellsPlaces = new URL(request.url).searchParams.has("watch");
  return new Response(liveStream({ scope, watched, tellsPlaces, mayWatch, onEnd }), { headers: HEADERS });
});

/** The headers of GET, without a stream that nobody reads. */
export const HEAD = route(async (request) => {
  await requireApiViewer(request);
  readWatched(request);
  return new Response(null, { headers: HEADERS });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET, HEAD });
