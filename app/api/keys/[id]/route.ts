import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { revokeKey } from "@/lib/account/keys/store";
import { requireApiViewer } from "@/lib/account/session";
import { otherMethods, route } from "@/lib/base/http/route";

type Context = { params: Promise<{ id: string }> };

/** Revokes an API key: from now on no server accepts it. */
export const DELETE = route<Context>(async (request, { params }) => {
  const viewer = await requireApiViewer(request, "settings");
  const { name } = await revokeKey({ id: (await params).id });
  await record("key.revoke", personActor(viewer), { target: name, headers: request.headers });
  return new Response(null, { status: 204 });
});

export const { GET, HEAD, POST, PUT, PATCH, OPTIONS } = otherMethods({ DELETE });
