import { isManaged, readAccount } from "@/lib/account/account";
import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { passwordLink } from "@/lib/account/mail/letters";
import { send, sendsMail } from "@/lib/account/mail/send";
import { passwordToken } from "@/lib/account/people/password-link";
import { targetOf } from "@/lib/account/people/people";
import { requireApiViewer } from "@/lib/account/session";
import { AppError } from "@/lib/base/errors";
import { otherMethods, route } from "@/lib/base/http/route";
import { text as words } from "@/lib/base/problems";

type Context = { params: Promise<{ id: string }> };

/** Makes a link with which a person sets a new password. Its token is in this response, and in the email if one is sent. */
export const POST = route<Context>(async (request, { params }) => {
  const viewer = await requireApiViewer(request, "settings");
  const { id, email } = await targetOf(viewer, (await params).id);
  if (isManaged(email)) throw new AppError("unprocessable_entity", words.people.managed);
  const token = await passwordToken(id);
  await record("person.reset", personActor(viewer), { target: email, headers: request.headers });
  const by = (await readAccount(viewer)).email;
  const isMailed = sendsMail() ? await send(email, () => passwordLink(token, email, by)) : null;
  return Response.json({ token, isMailed }, { status: 201, headers: { "Cache-Control": "no-store" } });
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
