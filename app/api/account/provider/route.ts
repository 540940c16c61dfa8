import { disconnect, readAccount } from "@/lib/account/account";
import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { requireApiViewer } from "@/lib/account/session";
import { AppError } from "@/lib/base/errors";
import { otherMethods, route } from "@/lib/base/http/route";
import { text as words } from "@/lib/base/problems";

/** Disconnects the sign-in provider from the caller's account, which has a password besides. */
export const DELETE = route(async (request) => {
  const viewer = await requireApiViewer(request);
  if (!(await readAccount(viewer)).hasPassword) throw new AppError("unprocessable_entity", words.provider.connected);
  if (await disconnect(viewer)) await record("account.disconnect", personActor(viewer), { headers: request.headers });
  return Response.json({ changed: true }, { headers: { "Cache-Control": "no-store" } });
});

export const { GET, HEAD, POST, PUT, PATCH, OPTIONS } = otherMethods({ DELETE });
