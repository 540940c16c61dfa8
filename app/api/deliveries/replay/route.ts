import { z } from "zod";
import { personActor } from "@/lib/account/audit/actions";
import { record } from "@/lib/account/audit/record";
import { requireApiViewer } from "@/lib/account/session";
import { readJson } from "@/lib/base/http/body";
import { otherMethods, route } from "@/lib/base/http/route";
import { deliveryWhere, readListFilters } from "@/lib/deliveries/list/filters";
import { replay } from "@/lib/deliveries/replay";
import { assertAnswerable } from "@/lib/question/codec/read";

const MAX_BYTES = 16_384;

const number = z
  .string()
  .regex(/^\d{1,18}$/, "must be the number of a delivery")
  .transform(BigInt);

/** Either one delivery, or the page's filters as its query string. */
const Replay = z.union([
  z.object({ delivery: number }),
  z.object({ query: z.string(), after: number.nullable().default(null) }),
]);

/** Replays quarantined deliveries: one, or one step of all that match. */
export const POST = route(async (request) => {
  const viewer = await requireApiViewer(request, "operate");
  const asked = await readJson(request, Replay, MAX_BYTES);
  const note = (target: string) => record("delivery.replay", personActor(viewer), { target, headers: request.headers });
  if ("delivery" in asked) {
    const replayed = await replay({ id: asked.delivery }, null);
    await note(`Delivery ${asked.delivery}`);
    return Response.json(replayed);
  }
  const filters = readListFilters(new URLSearchParams(asked.query));
  assertAnswerable(filters);
  const replayed = await replay(deliveryWhere(filters, new Date()), asked.after);
  // The page asks step by step.
  if (asked.after === null) await note(asked.query === "" ? "All in quarantine" : asked.query);
  return Response.json(replayed);
});

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
