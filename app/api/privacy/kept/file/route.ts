import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { requireApiBody } from "@/lib/account/session";
import { MAX_WHOSE_BYTES, VisitorNamed, whoseOf } from "@/lib/account/whose";
import { exportKept } from "@/lib/api/kept";
import { otherMethods, route } from "@/lib/base/http/route";

/** All that is stored about a visitor, as a file. The audit log doesn't tell which. */
export const POST = route(async (request) => {
  const { viewer, body } = await requireApiBody(request, "settings", VisitorNamed, MAX_WHOSE_BYTES);
  const detail = { by: body.ip === undefined ? "visitor" : "address" };
  await record("visitor.export", personActor(viewer), { detail, headers: request.headers });
  return exportKept(await whoseOf(body));
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
