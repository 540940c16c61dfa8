import { assertPower, requireApiViewer } from "@/lib/account/session";
import { MAX_VIEW_BYTES, ViewChange } from "@/lib/account/views/input";
import { changeView, deleteView } from "@/lib/account/views/store";
import { cleanText } from "@/lib/base/clean";
import { readJson } from "@/lib/base/http/body";
import { otherMethods, route } from "@/lib/base/http/route";

type Context = { params: Promise<{ id: string }> };

/** Changes the given fields of a view; `pinned` applies to the caller only. */
export const PATCH = route<Context>(async (request, { params }) => {
  const viewer = await requireApiViewer(request);
  const change = await readJson(request, ViewChange, MAX_VIEW_BYTES);
  if (change.shared) assertPower(viewer, "write");
  return Response.json(await changeView(viewer, cleanText((await params).id), change));
});

/** Deletes a view for everybody. */
export const DELETE = route<Context>(async (request, { params }) => {
  const viewer = await requireApiViewer(request);
  await deleteView(viewer, cleanText((await params).id));
  return new Response(null, { status: 204 });
});

export const { GET, HEAD, POST, PUT, OPTIONS } = otherMethods({ PATCH, DELETE });
