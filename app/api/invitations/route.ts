import { readAccount } from "@/lib/account/account";
import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { withLinkIds } from "@/lib/account/link-choices";
import { invitation } from "@/lib/account/mail/letters";
import { send, sendsMail } from "@/lib/account/mail/send";
import { invite, NewInvitation } from "@/lib/account/people/invitations";
import { MAX_PERSON_BYTES } from "@/lib/account/people/people";
import { requireApiBody } from "@/lib/account/session";
import { otherMethods, route } from "@/lib/base/http/route";

/**
 * Invites somebody. The token of the link is in this response and in the email only. `isMailed`: whether an email with it
 * was sent; null when none was to be.
 */
export const POST = route(async (request) => {
  const { viewer, body } = await requireApiBody(request, "settings", NewInvitation, MAX_PERSON_BYTES);
  const { rights, email } = body;
  const links = await withLinkIds(rights.links);
  const invited = await invite(viewer, { rights: { ...rights, links }, email });
  const detail = { role: rights.role, mayExport: rights.mayExport, ...(links && { links }) };
  await record("person.invite", personActor(viewer), { target: email, detail, headers: request.headers });
  const by = (await readAccount(viewer)).email;
  const isMailed = email !== null && sendsMail() ? await send(email, () => invitation(invited.token, by)) : null;
  return Response.json({ ...invited, isMailed }, { status: 201, headers: { "Cache-Control": "no-store" } });
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
