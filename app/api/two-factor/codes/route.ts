import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { requireApiViewer } from "@/lib/account/session";
import { MAX_TWO_FACTOR_BYTES, newRecoveryCodes, WithPassword } from "@/lib/account/two-factor";
import { readJson } from "@/lib/base/http/body";
import { otherMethods, route } from "@/lib/base/http/route";

/** Makes recovery codes, which are in this response only. Earlier ones are no longer valid. */
export const POST = route(async (request) => {
  const viewer = await requireApiViewer(request);
  const { currentPassword } = await readJson(request, WithPassword, MAX_TWO_FACTOR_BYTES);
  const recoveryCodes = await newRecoveryCodes(request.headers, currentPassword);
  await record("account.recovery-codes", personActor(viewer), { headers: request.headers });
  return Response.json({ recoveryCodes }, { status: 201, headers: { "Cache-Control": "no-store" } });
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
