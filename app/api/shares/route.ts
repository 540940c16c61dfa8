import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { requireApiBody } from "@/lib/account/session";
import { MAX_SHARE_BYTES, NewShare, sharePath } from "@/lib/account/shares/share";
import { createShare } from "@/lib/account/shares/store";
import { otherMethods, route } from "@/lib/base/http/route";

/** Makes a share link. */
export const POST = route(async (request) => {
  const { viewer, body } = await requireApiBody(request, "write", NewShare, MAX_SHARE_BYTES);
  const { id, token } = await createShare(viewer, body, new Date());
  const { name, path, password, expiresAt, embedOn } = body;
  const detail = { path, ...(password !== null && { password: true }), ...(embedOn.length > 0 && { embedOn }) };
  const until = expiresAt && { expires: expiresAt.toISOString() };
  await record("share.create", personActor(viewer), {
    target: name,
    detail: { ...detail, ...until },
    headers: request.headers,
  });
  return Response.json({ id, path: sharePath(token) }, { status: 201, headers: { "Cache-Control": "no-store" } });
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
