import { readBody } from "@/lib/body";
import { route } from "@/lib/http";
import { MAX_BODY_BYTES, receive } from "@/lib/ingest/receive";

export const dynamic = "force-dynamic";
export const runtime = "nodejs";

/** Accepts one delivery. On a running server it is answered before it comes here: see lib/ingest/direct.ts. */
export const POST = route((request) =>
  receive({
    signature: request.headers.get("dub-signature"),
    forwarded: request.headers.get("x-forwarded-for"),
    body: () => readBody(request, MAX_BODY_BYTES),
  }),
);
