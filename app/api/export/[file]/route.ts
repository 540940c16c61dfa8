import { requireApiViewer } from "@/lib/access/session";
import { otherMethods, route } from "@/lib/http";
import { exportFile } from "@/lib/query/export";
import { filtersFromParams } from "@/lib/query/search-params";

type Context = { params: Promise<{ file: string }> };

/** What the page shows, as a file; the query string is the page's own. */
export const GET = route<Context>(async (request, { params }) => {
  const viewer = await requireApiViewer(request);
  const filters = filtersFromParams(new URL(request.url).searchParams, new Date());
  return exportFile(viewer, filters, (await params).file);
});

export const { HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET });
