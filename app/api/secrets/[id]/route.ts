import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { requireApiViewer } from "@/lib/account/session";
import { AppError } from "@/lib/base/errors";
import { readJson } from "@/lib/base/http/body";
import { otherMethods, route } from "@/lib/base/http/route";
import {
  MAX_SECRET_BYTES,
  renameSecret,
  revokeSecret,
  SecretChange,
  secretNames,
} from "@/lib/deliveries/secrets/manage";

type Context = { params: Promise<{ id: string }> };

async function idOf({ params }: Context): Promise<number> {
  const { id } = await params;
  const number = /^\d{1,10}$/.test(id) ? Number(id) : Number.POSITIVE_INFINITY;
  if (number < 2 ** 31) return number;
  throw new AppError("not_found", "Secret not found.");
}

/** Renames a webhook secret. */
export const PATCH = route<Context>(async (request, context) => {
  const viewer = await requireApiViewer(request, "settings");
  const { name } = await readJson(request, SecretChange, MAX_SECRET_BYTES);
  await renameSecret(await idOf(context), name);
  await record("secret.rename", personActor(viewer), { target: name, headers: request.headers });
  return new Response(null, { status: 204 });
});

/** Revokes a webhook secret: deliveries signed with it are rejected from now on. */
export const DELETE = route<Context>(async (request, context) => {
  const viewer = await requireApiViewer(request, "settings");
  const id = await idOf(context);
  await revokeSecret(id);
  await record("secret.revoke", personActor(viewer), { target: (await secretNames())(id), headers: request.headers });
  return new Response(null, { status: 204 });
});

export const { GET, HEAD, POST, PUT, OPTIONS } = otherMethods({ PATCH, DELETE });
