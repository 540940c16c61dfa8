import { AccountChange, changeAccount, MAX_ACCOUNT_BYTES, readAccount } from "@/lib/account/account";
import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { tellOfChange } from "@/lib/account/mail/changes";
import { requireApiViewer } from "@/lib/account/session";
import { readJson } from "@/lib/base/http/body";
import { otherMethods, route } from "@/lib/base/http/route";

/** Changes the email address or the password of the caller, who gives the current password. */
export const PATCH = route(async (request) => {
  const viewer = await requireApiViewer(request);
  const before = await readAccount(viewer);
  const change = await readJson(request, AccountChange, MAX_ACCOUNT_BYTES);
  const headers = new Headers({ "Cache-Control": "no-store" });
  for (const cookie of await changeAccount(request.headers, change)) headers.append("Set-Cookie", cookie);
  const isMoved = change.email !== undefined && change.email !== before.email;
  const detail = {
    ...(isMoved && { from: before.email, to: change.email }),
    ...(change.newPassword !== undefined && { password: true }),
  };
  await record("account.change", personActor(viewer), { detail, headers: request.headers });
  if (isMoved || change.newPassword !== undefined) tellOfChange(before.email, isMoved ? (change.email ?? null) : null);
  return Response.json({ changed: true }, { headers });
});

export const { GET, HEAD, POST, PUT, DELETE, OPTIONS } = otherMethods({ PATCH });
