import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Taker } from "@/lib/before-next";
import { bodyBroke, bodyTooLarge } from "@/lib/body";
import { answered } from "@/lib/http";
import { MAX_BODY_BYTES, receive } from "@/lib/ingest/receive";

const PATH = "/api/webhooks/dub";

/** The raw bytes of a request, of which never more than the limit are held. */
function readBytes(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers["content-length"]) > MAX_BODY_BYTES) return Promise.reject(bodyTooLarge(MAX_BODY_BYTES));
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= MAX_BODY_BYTES) {
        chunks.push(chunk);
        return;
      }
      request.off("data", onData);
      reject(bodyTooLarge(MAX_BODY_BYTES));
    };
    request.on("data", onData);
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", (error) => reject(bodyBroke(error)));
    request.once("close", () => reject(bodyBroke()));
  });
}

const textOf = (header: string | string[] | undefined): string | null =>
  Array.isArray(header) ? header.join() : (header ?? null);

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { headers, socket } = request;
  const result = await answered(PATH, () =>
    receive({
      signature: textOf(headers["dub-signature"]),
      forwarded: textOf(headers["x-forwarded-for"]) ?? socket.remoteAddress ?? null,
      body: () => readBytes(request),
    }),
  );
  const text = await result.text();
  if (response.destroyed) return;
  // What is left of a body that was too large is not waited for.
  const closing = request.complete ? {} : { Connection: "close" };
  response.writeHead(result.status, {
    ...Object.fromEntries(result.headers),
    ...closing,
    "X-Content-Type-Options": "nosniff",
  });
  response.end(text);
}

const isDelivery = ({ method, url }: IncomingMessage): boolean => method === "POST" && url?.split("?", 1)[0] === PATH;

/** Answers deliveries before Next sees them: what it does around a request costs more than storing the delivery. */
export const takeDelivery: Taker = (request, response) => {
  if (!isDelivery(request)) return false;
  void answer(request, response);
  return true;
};
