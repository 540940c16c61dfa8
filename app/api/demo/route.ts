import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { requireApiViewer } from "@/lib/account/session";
import { otherMethods, route } from "@/lib/base/http/route";
import { addDemo, removeDemo } from "@/lib/deliveries/demo/demo";

const HEADERS = { "Cache-Control": "no-store" };

/** Begins to add demo clicks to an installation without clicks. */
export const POST = route(async (request) => {
  const viewer = await requireApiViewer(request, "settings");
  await addDemo();
  await record("demo.add", personActor(viewer), { headers: request.headers });
  return Response.json({ started: true }, { status: 202, headers: HEADERS });
});

/** Deletes the demo's clicks and links, and says how many. */
export const DELETE = route(async (request) => {
  const viewer = await requireApiViewer(request, "settings");
  const removed = await removeDemo();
  await record("demo.remove", personActor(viewer), { detail: removed, headers: request.headers });
  return Response.json(removed, { headers: HEADERS });
});

export const { GET, HEAD, PUT, PATCH, OPTIONS } = otherMethods({ POST, DELETE });
