import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { requireApiBody } from "@/lib/account/session";
import { otherMethods, route } from "@/lib/base/http/route";
import { addSecret, MAX_SECRET_BYTES, NewSecret } from "@/lib/deliveries/secrets/manage";

/** Adds a webhook secret. A generated one is in this response only. */
export const POST = route(async (request) => {
  const { viewer, body: secret } = await requireApiBody(request, "settings", NewSecret, MAX_SECRET_BYTES);
  const added = await addSecret(secret);
  await record("secret.add", personActor(viewer), { target: secret.name, headers: request.headers });
  return Response.json(added, { status: 201, headers: { "Cache-Control": "no-store" } });
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
