import { readBody } from "@/lib/base/http/body";
import { otherMethods, route } from "@/lib/base/http/route";
import { MAX_BODY_BYTES, receive } from "@/lib/deliveries/receive";
import { DUB } from "@/lib/senders/dub/dub";

/**
 * Accepts one delivery. A running server answers it in lib/deliveries/receive.ts, before Next, with the same `receive`; this
 * answers wherever a route is called without server.ts, as tests do.
 */
export const POST = route((request) =>
  receive({
    signature: request.headers.get(DUB.signatureHeader),
    contentLength: Number(request.headers.get("content-length") ?? 0),
    address: request.headers.get("x-forwarded-for"),
    body: () => readBody(request, MAX_BODY_BYTES),
  }),
);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods({ POST });
