import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { withLinkIds } from "@/lib/account/link-choices";
import { changeRights, MAX_PERSON_BYTES, Rights, removePerson } from "@/lib/account/people/people";
import { requireApiBody, requireApiViewer } from "@/lib/account/session";
import { otherMethods, route } from "@/lib/base/http/route";

type Context = { params: Promise<{ id: string }> };

/** Changes what a person may do and see. */
export const PATCH = route<Context>(async (request, { params }) => {
  const { viewer, body } = await requireApiBody(request, "settings", Rights, MAX_PERSON_BYTES);
  const rights = { ...body, links: await withLinkIds(body.links) };
  const { email } = await changeRights(viewer, (await params).id, rights);
  const detail = { role: rights.role, mayExport: rights.mayExport, ...(rights.links && { links: rights.links }) };
  await record("person.change", personActor(viewer), { target: email, detail, headers: request.headers });
  return new Response(null, { status: 204 });
});

/** Removes a person's account. */
export const DELETE = route<Context>(async (request, { params }) => {
  const viewer = await requireApiViewer(request, "settings");
  const { email } = await removePerson(viewer, (await params).id);
  await record("person.remove", personActor(viewer), { target: email, headers: request.headers });
  return new Response(null, { status: 204 });
});

export const { GET, HEAD, POST, PUT, OPTIONS } = otherMethods({ PATCH, DELETE });
