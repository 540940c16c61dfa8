import { requireApiViewer } from "@/lib/account/session";
import { readJson } from "@/lib/base/http/body";
import { otherMethods, route } from "@/lib/base/http/route";
import { addSecret, MAX_SECRET_BYTES, NewSecret } from "@/lib/deliveries/secrets/manage";

/** Adds a webhook secret. One that was made here is in this answer and in no other. */
export const POST = route(async (request) => {
  await requireApiViewer(request);
  const secret = await readJson(request, NewSecret, MAX_SECRET_BYTES);
  const added = await addSecret(secret);
  return Response.json(added, { status: 201, headers: { "Cache-Control": "no-store" } });
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
