import { requireApiViewer } from "@/lib/account/session";
import { assertPower } from "@/lib/account/viewer";
import { MAX_VIEW_BYTES, NewView } from "@/lib/account/views/input";
import { createView, listViews } from "@/lib/account/views/store";
import { readJson } from "@/lib/base/http/body";
import { otherMethods, route } from "@/lib/base/http/route";

/** The saved views that the caller can see. */
export const GET = route(async (request) => {
  const viewer = await requireApiViewer(request);
  return Response.json({ views: await listViews(viewer) }, { headers: { "Cache-Control": "no-store" } });
});

/** Saves a view: name, path, query string, and whether it is shared. */
export const POST = route(async (request) => {
  const viewer = await requireApiViewer(request);
  const view = await readJson(request, NewView, MAX_VIEW_BYTES);
  if (view.shared) assertPower(viewer, "write");
  return Response.json(await createView(viewer, view), { status: 201 });
});

export const { HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ GET, POST });
