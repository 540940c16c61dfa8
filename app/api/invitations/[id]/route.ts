import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { uninvite } from "@/lib/account/people/invitations";
import { requireApiViewer } from "@/lib/account/session";
import { otherMethods, route } from "@/lib/base/http/route";

type Context = { params: Promise<{ id: string }> };

/** Takes an invitation back. */
export const DELETE = route<Context>(async (request, { params }) => {
  const viewer = await requireApiViewer(request, "settings");
  const { email } = await uninvite(viewer, (await params).id);
  await record("person.uninvite", personActor(viewer), { target: email, headers: request.headers });
  return new Response(null, { status: 204 });
});

export const { GET, HEAD, POST, PUT, PATCH, OPTIONS } = otherMethods({ DELETE });
