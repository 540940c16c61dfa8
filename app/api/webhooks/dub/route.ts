import { readBody } from "@/lib/body";
import { AppError } from "@/lib/errors";
import { route } from "@/lib/http";
import { acceptDelivery } from "@/lib/ingest/accept";
import { liveSecrets } from "@/lib/ingest/secrets";
import { isSigned } from "@/lib/ingest/signature";

/** A delivery has a few kilobytes; what is larger is not one. */
const MAX_BODY_BYTES = 1_048_576;

export const dynamic = "force-dynamic";
export const runtime = "nodejs";

/** Accepts one delivery. 202 means it is on disk; anything else means send it again. */
export const POST = route(async (request) => {
  const body = await readBody(request, MAX_BODY_BYTES);
  if (!isSigned(body, request.headers.get("dub-signature"), liveSecrets())) {
    throw new AppError("unauthorized", "The Dub-Signature header is missing or was made with another secret.");
  }
  return Response.json({ outcome: await acceptDelivery(body) }, { status: 202 });
});
