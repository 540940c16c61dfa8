import { requireApiViewer } from "@/lib/access/session";
import { otherMethods, route } from "@/lib/http";
import { exportClicks } from "@/lib/query/export-clicks";
import { filtersFromParams } from "@/lib/query/search-params";

/** The list of clicks as a file; the query string is the page's own, `columns` chooses and orders. */
export const GET = route(async (request) => {
  const viewer = await requireApiViewer(request);
  const { searchParams } = new URL(request.url);
  return exportClicks(viewer, filtersFromParams(searchParams, new Date()), searchParams.get("columns"));
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
