import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { targetOf } from "@/lib/account/people/people";
import { endAllSessions } from "@/lib/account/people/sessions";
import { requireApiViewer } from "@/lib/account/session";
import { otherMethods, route } from "@/lib/base/http/route";

type Context = { params: Promise<{ id: string }> };

/** Ends all sessions of a person. */
export const DELETE = route<Context>(async (request, { params }) => {
  const viewer = await requireApiViewer(request, "settings");
  const { id, email } = await targetOf(viewer, (await params).id);
  const sessions = await endAllSessions({ userId: id });
  await record("session.revoke", personActor(viewer), {
    target: email,
    detail: { sessions },
    headers: request.headers,
  });
  return new Response(null, { status: 204 });
});

export const { GET, HEAD, POST, PUT, PATCH, OPTIONS } = otherMethods({ DELETE });
