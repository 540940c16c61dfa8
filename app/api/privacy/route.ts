import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { requireApiBody } from "@/lib/account/session";
import { otherMethods, route } from "@/lib/base/http/route";
import { changePrivacy, MAX_PRIVACY_BYTES, PrivacyChange } from "@/lib/deliveries/privacy/settings";

/** Changes what is stored of clicks, and for how long. What is stored already follows in the background. */
export const PATCH = route(async (request) => {
  const { viewer, body } = await requireApiBody(request, "settings", PrivacyChange, MAX_PRIVACY_BYTES);
  await changePrivacy(body, new Date());
  await record("privacy.change", personActor(viewer), { detail: body, headers: request.headers });
  return Response.json(body, { headers: { "Cache-Control": "no-store" } });
});

export const { GET, HEAD, POST, PUT, DELETE, OPTIONS } = otherMethods({ PATCH });
