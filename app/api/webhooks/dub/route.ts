import { readBody } from "@/lib/body";
import { AppError } from "@/lib/errors";
import { route } from "@/lib/http";
import { createBatcher } from "@/lib/ingest/batcher";
import { readDelivery } from "@/lib/ingest/payload";
import { liveSecrets } from "@/lib/ingest/secrets";
import { isSigned } from "@/lib/ingest/signature";
import { storeDeliveries } from "@/lib/ingest/store";

/** A delivery has a few kilobytes; what is larger is not one. */
const MAX_BODY_BYTES = 1_048_576;

const store = createBatcher(storeDeliveries);

export const dynamic = "force-dynamic";
export const runtime = "nodejs";

/** Accepts one delivery. 202 means it is on disk; anything else means send it again. */
export const POST = route(async (request) => {
  const body = await readBody(request, MAX_BODY_BYTES);
  if (!isSigned(body, request.headers.get("dub-signature"), liveSecrets())) {
    throw new AppError("unauthorized", "The Dub-Signature header is missing or was made with another secret.");
  }
  const outcome = await store(readDelivery(body, new Date()));
  return Response.json({ outcome }, { status: 202 });
});
