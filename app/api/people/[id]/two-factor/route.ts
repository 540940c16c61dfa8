import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { targetOf } from "@/lib/account/people/people";
import { requireApiViewer } from "@/lib/account/session";
import { dropTwoFactor } from "@/lib/account/two-factor";
import { otherMethods, route } from "@/lib/base/http/route";

type Context = { params: Promise<{ id: string }> };

/** Turns a person's two-factor sign-in off, for somebody who lost their app and recovery codes. */
export const DELETE = route<Context>(async (request, { params }) => {
  const viewer = await requireApiViewer(request, "settings");
  const { id, email } = await targetOf(viewer, (await params).id);
  await dropTwoFactor({ userId: id });
  await record("person.two-factor-off", personActor(viewer), { target: email, headers: request.headers });
  return new Response(null, { status: 204 });
});

export const { GET, HEAD, POST, PUT, PATCH, OPTIONS } = otherMethods({ DELETE });
