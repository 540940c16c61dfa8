import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { endOneSession } from "@/lib/account/people/sessions";
import { requireApiViewer } from "@/lib/account/session";
import { otherMethods, route } from "@/lib/base/http/route";

type Context = { params: Promise<{ id: string }> };

/** Ends one of the caller's sessions. */
export const DELETE = route<Context>(async (request, { params }) => {
  const viewer = await requireApiViewer(request);
  await endOneSession(viewer, (await params).id);
  await record("session.revoke", personActor(viewer), { detail: { sessions: 1 }, headers: request.headers });
  return new Response(null, { status: 204 });
});

export const { GET, HEAD, POST, PUT, PATCH, OPTIONS } = otherMethods({ DELETE });
