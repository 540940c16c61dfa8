import { requireApiViewer } from "@/lib/account/session";
import { otherMethods, route } from "@/lib/base/http/route";
import { addDemo, removeDemo } from "@/lib/deliveries/demo/demo";

const HEADERS = { "Cache-Control": "no-store" };

/** Begins to add demo clicks to an installation without clicks. */
export const POST = route(async (request) => {
  await requireApiViewer(request);
  await addDemo();
  return Response.json({ started: true }, { status: 202, headers: HEADERS });
});

/** Deletes the demo's clicks and links, and says how many. */
export const DELETE = route(async (request) => {
  await requireApiViewer(request);
  return Response.json(await removeDemo(), { headers: HEADERS });
});

export const { GET, HEAD, PUT, PATCH, OPTIONS } = otherMethods({ POST, DELETE });
