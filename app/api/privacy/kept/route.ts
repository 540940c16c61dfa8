import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { requireApiBody } from "@/lib/account/session";
import { MAX_WHOSE_BYTES, WhoseNamed, whoseOf } from "@/lib/account/whose";
import { env } from "@/lib/base/env";
import { otherMethods, route } from "@/lib/base/http/route";
import { log } from "@/lib/base/log";
import { vacuumDeleted } from "@/lib/deliveries/delete-clicks";
import { countEverywhere, deleteEverywhere } from "@/lib/deliveries/delete-everywhere";

const NOT_CACHED = { headers: { "Cache-Control": "no-store" } };

/** How much is stored about a visitor or a link. A body, so that no address is in a proxy's log. */
export const POST = route(async (request) => {
  const { body } = await requireApiBody(request, "settings", WhoseNamed, MAX_WHOSE_BYTES);
  return Response.json(await countEverywhere(await whoseOf(body), env().DATA_DIR), NOT_CACHED);
});

/** Deletes it for good. The audit log tells a link, but no visitor. */
export const DELETE = route(async (request) => {
  const { viewer, body } = await requireApiBody(request, "settings", WhoseNamed, MAX_WHOSE_BYTES);
  const whose = await whoseOf(body);
  const deleted = await deleteEverywhere(whose, env().DATA_DIR);
  const { clicks, deliveries, quarantined } = deleted;
  const by = whose.linkId !== undefined ? "link" : whose.ip === undefined ? "visitor" : "address";
  const detail = { by, clicks, deliveries, quarantined };
  await record("clicks.delete", personActor(viewer), {
    target: whose.linkId ?? null,
    detail,
    headers: request.headers,
  });
  // Of a large table it takes minutes.
  void vacuumDeleted().catch((error: unknown) => log.warn({ err: error }, "deletion: vacuum failed"));
  return Response.json(deleted, NOT_CACHED);
});

export const { GET, HEAD, PUT, PATCH, OPTIONS } = otherMethods({ POST, DELETE });
