import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { MAX_KEY_BYTES, NewKey } from "@/lib/account/keys/key";
import { createKey } from "@/lib/account/keys/store";
import { withLinkIds } from "@/lib/account/link-choices";
import { requireApiBody } from "@/lib/account/session";
import { otherMethods, route } from "@/lib/base/http/route";

/** Makes an API key. Its value is in this response only. */
export const POST = route(async (request) => {
  const { viewer, body } = await requireApiBody(request, "settings", NewKey, MAX_KEY_BYTES);
  const key = { ...body, links: await withLinkIds(body.links) };
  const { userId } = viewer;
  const made = await createKey(key, userId);
  const { name, scopes, links, expiresAt } = key;
  const detail = { scopes, ...(expiresAt && { expires: expiresAt.toISOString() }), ...(links && { links }) };
  await record("key.create", personActor(viewer), { target: name, detail, headers: request.headers });
  return Response.json(made, { status: 201, headers: { "Cache-Control": "no-store" } });
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
