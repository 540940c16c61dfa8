import { readBody } from "@/lib/body";
import { otherMethods, route } from "@/lib/http";
import { MAX_BODY_BYTES, receive } from "@/lib/ingest/receive";

export const dynamic = "force-dynamic";
export const runtime = "nodejs";

/** Accepts one delivery. On a running server it is answered before it comes here: see lib/ingest/direct.ts. */
export const POST = route((request) =>
  receive({
    signature: request.headers.get("dub-signature"),
    announced: Number(request.headers.get("content-length") ?? 0),
    address: request.headers.get("x-forwarded-for"),
    body: () => readBody(request, MAX_BODY_BYTES),
  }),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
