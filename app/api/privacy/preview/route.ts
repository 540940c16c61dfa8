import { requireApiBody } from "@/lib/account/session";
import { otherMethods, route } from "@/lib/base/http/route";
import { countLoss } from "@/lib/deliveries/privacy/preview";
import { MAX_PRIVACY_BYTES, PrivacyChange } from "@/lib/deliveries/privacy/settings";

/** What a change of the privacy settings would take from what is stored. Changes nothing. */
export const POST = route(async (request) => {
  const { body } = await requireApiBody(request, "settings", PrivacyChange, MAX_PRIVACY_BYTES);
  return Response.json(await countLoss(body, new Date()), { headers: { "Cache-Control": "no-store" } });
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
