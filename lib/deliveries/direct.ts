import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Middleware, respond } from "@/lib/base/http/middleware";
import { answered, wrongMethod } from "@/lib/base/http/route";
import { decodedPath } from "@/lib/base/http/target";
import { readBytes } from "@/lib/deliveries/bodies";
import { MAX_BODY_BYTES, receive } from "@/lib/deliveries/receive";
import { SENDER } from "@/lib/senders/senders";

const { path: PATH, signatureHeader } = SENDER;
const HERE = "http://footfall.invalid";

const textOf = (header: string | string[] | undefined): string | null =>
  Array.isArray(header) ? header.join() : (header ?? null);

/**
 * Whether a target is the webhook's address, in any spelling that a person may paste or a sender make of it: with slashes
 * too many, escapes that are not needed, or in capitals.
 */
export function isWebhook(target: string): boolean {
  if (target === PATH) return true;
  try {
    const { pathname } = new URL(`${HERE}${decodedPath(target).replaceAll(/[?#]/g, encodeURIComponent)}`);
    const path = decodedPath(pathname).toLowerCase().replaceAll(/\/+/g, "/").trim();
    return path.replace(/\/\s*$/, "") === PATH;
  } catch {
    // An address of somebody else's, such as that of a link with a percent sign in its id.
    return false;
  }
}

function deliver(request: IncomingMessage): Promise<Response> {
  return receive({
    signature: textOf(request.headers[signatureHeader.toLowerCase()]),
    announced: Number(request.headers["content-length"] ?? 0),
    address: textOf(request.headers["x-forwarded-for"]),
    body: () => readBytes(request, MAX_BODY_BYTES),
  });
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "" } = request;
  const work = method === "POST" ? () => deliver(request) : () => Promise.reject(wrongMethod(method, ["POST"]));
  await respond(request, response, await answered(PATH, work));
}

/** Answers deliveries before Next: what it does around a request costs more than storing the delivery. */
export const serveDeliveries: Middleware = (request, response) => {
  if (!isWebhook(request.url ?? "")) return false;
  void answer(request, response);
  return true;
};
