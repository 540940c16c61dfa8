import { requireApiViewer } from "@/lib/account/session";
import { assertPower } from "@/lib/account/viewer";
import { MAX_VIEW_BYTES, ViewChange } from "@/lib/account/views/input";
import { changeView, deleteView, readView } from "@/lib/account/views/store";
import { cleanText } from "@/lib/base/clean";
import { readJson } from "@/lib/base/http/body";
import { otherMethods, route } from "@/lib/base/http/route";

type Context = { params: Promise<{ id: string }> };

/** Changes the given fields of a view; `pinned` applies to the caller only. */
export const PATCH = route<Context>(async (request, { params }) => {
  const viewer = await requireApiViewer(request);
  const change = await readJson(request, ViewChange, MAX_VIEW_BYTES);
  const id = cleanText((await params).id);
  // What is shared is changed for everybody; it may be taken back, and pinned for oneself.
  const { pinned: _, ...content } = change;
  const isShared = change.shared ?? (await readView(viewer, id)).shared;
  if (isShared && Object.keys(content).length > 0) assertPower(viewer, "write");
  return Response.json(await changeView(viewer, id, change));
});

/** Deletes a view for everybody. */
export const DELETE = route<Context>(async (request, { params }) => {
  const viewer = await requireApiViewer(request);
  await deleteView(viewer, cleanText((await params).id));
  return new Response(null, { status: 204 });
});

export const { GET, HEAD, POST, PUT, OPTIONS } = otherMethods({ PATCH, DELETE });
