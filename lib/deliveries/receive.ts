import "server-only";
import type { IncomingMessage } from "node:http";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { bodyBroke, bodyTooLarge } from "@/lib/base/http/body";
import { type Middleware, respond } from "@/lib/base/http/middleware";
import { answered, wrongMethod } from "@/lib/base/http/route";
import { decodedPath } from "@/lib/base/http/target";
import { observeDelivery, observeRefusal } from "@/lib/base/metrics";
import { acceptDelivery } from "@/lib/deliveries/accept";
import { noteDelay, noteSuccess } from "@/lib/deliveries/heartbeat/server-state";
import { countRefusal } from "@/lib/deliveries/refusals";
import { notSigned, requireSigner } from "@/lib/deliveries/secrets/live";
import { RETRY_AFTER } from "@/lib/deliveries/secrets/secret";
import { SENDER } from "@/lib/senders/senders";

/** Limits for all bodies being read. None of them is verified yet. */
const MOST_BYTES = 128 * 1024 ** 2;
const MOST_BODIES = 4_000;
/** Deliveries usually arrive within moments; a slow connection may take some seconds. */
const IDLE_MS = 10_000;
const WHOLE_MS = 20_000;
const FIRST_BYTES = 8_192;

/** The body wasn't read completely, so its signature can't be checked. */
export class UnreadBody extends AppError {}

const tooSlow = () => new UnreadBody("request_timeout", "The body took too long. Send this again.");
const evicted = () => new UnreadBody("unavailable", "Too many uploads in progress. Send this again.", RETRY_AFTER);

type Reading = { held: number; evict: () => void };

/** Bodies being read, oldest first. */
const readings = new Set<Reading>();
let held = 0;

/** Number and bytes of the bodies being read. */
export const unverifiedBodies = (): { bodies: number; bytes: number } => ({ bodies: readings.size, bytes: held });

function hold(reading: Reading, bytes: number): void {
  held += bytes - reading.held;
  reading.held = bytes;
}

/** Signed deliveries arrive within moments, so the oldest body is least likely to be one. */
function evictOldest(): void {
  for (const reading of readings) {
    if (readings.size <= MOST_BODIES && held <= MOST_BYTES) return;
    reading.evict();
  }
}

/**
 * The raw bytes of a request. All bodies together hold at most MOST_BYTES: beyond that the oldest is evicted.
 *
 * @throws AppError when there are more than `limit` bytes, they arrive too slowly, or the sender disconnected
 */
export function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers["content-length"]) > limit) return Promise.reject(bodyTooLarge(limit));
  return new Promise((resolve, reject) => {
    // One growing buffer: a body may arrive in chunks of one byte, each of which would take a hundred.
    let bytes = Buffer.alloc(0);
    let size = 0;
    const reading: Reading = { held: 0, evict: () => fail(evicted()) };
    const idle = setTimeout(() => fail(tooSlow()), IDLE_MS);
    const whole = setTimeout(() => fail(tooSlow()), WHOLE_MS);

    function cleanUp(): void {
      clearTimeout(idle);
      clearTimeout(whole);
      hold(reading, 0);
      readings.delete(reading);
      request.off("data", onData).off("end", onEnd).off("close", onClose);
      bytes = Buffer.alloc(0);
    }
    function fail(error: AppError): void {
      cleanUp();
      reject(error);
    }
    function onData(chunk: Buffer): void {
      const end = size + chunk.byteLength;
      if (end > limit) {
        fail(bodyTooLarge(limit));
        return;
      }
      idle.refresh();
      if (end > bytes.byteLength) {
        const larger = Buffer.allocUnsafeSlow(Math.min(limit, Math.max(FIRST_BYTES, end, bytes.byteLength * 2)));
        bytes.copy(larger, 0, 0, size);
        bytes = larger;
        hold(reading, larger.byteLength);
      }
      chunk.copy(bytes, size);
      size = end;
      evictOldest();
    }
    function onEnd(): void {
      const body = bytes.subarray(0, size);
      cleanUp();
      resolve(body);
    }
    const onClose = () => fail(bodyBroke());

    readings.add(reading);
    request.on("data", onData).once("end", onEnd).once("close", onClose);
    // Stays registered: errors after the answer are ignored.
    request.on("error", (error) => fail(bodyBroke(error)));
    evictOldest();
  });
}

/** A delivery has a few kilobytes. */
export const MAX_BODY_BYTES = 1_048_576;

/** A request to the webhook. */
export type Incoming = {
  /** The sender's signature header. */
  signature: string | null;
  /** Size of the body according to its header. */
  contentLength: number;
  /** The client's address: lib/base/http/proxies.ts has already verified X-Forwarded-For. */
  address: string | null;
  /** Reads the raw bytes. @throws AppError when there are more than MAX_BODY_BYTES, or when the sender disconnected */
  body: () => Promise<Buffer>;
};

/** The body, unless the address, size or header is refused before it is read: anybody can send one. */
function allowedBody({ signature, contentLength, address, body }: Incoming): Promise<Buffer> {
  const { WEBHOOK_ALLOW } = env();
  if (WEBHOOK_ALLOW && !WEBHOOK_ALLOW.has(address))
    throw new AppError("forbidden", "Deliveries from this IP address aren’t allowed.");
  if (contentLength > MAX_BODY_BYTES) throw bodyTooLarge(MAX_BODY_BYTES);
  if (!SENDER.isSignature(signature)) throw notSigned();
  return body();
}

/** 202: the delivery is on disk; anything else: send it again. @throws AppError that says why it was rejected */
export async function receive(incoming: Incoming): Promise<Response> {
  let isAuthentic = false;
  try {
    const body = await allowedBody(incoming);
    const { id } = await requireSigner(body, incoming.signature);
    isAuthentic = true;
    const { outcome, receivedAt, clickedAt } = await acceptDelivery(body, id);
    noteSuccess();
    if (outcome === "counted" && clickedAt) noteDelay(receivedAt.getTime() - clickedAt.getTime());
    observeDelivery(outcome, receivedAt, clickedAt);
    return Response.json({ outcome }, { status: 202 });
  } catch (error) {
    if (error instanceof UnreadBody) throw error;
    const reason = countRefusal(error, incoming.signature, isAuthentic);
    if (reason !== null) observeRefusal(reason);
    throw error;
  }
}

const { path: PATH, signatureHeader } = SENDER;
const HERE = "http://footfall.invalid";

const textOf = (header: string | string[] | undefined): string | null =>
  Array.isArray(header) ? header.join() : (header ?? null);

/** Whether a target is the webhook's path, even with extra slashes, needless escapes, or capitals. */
function isWebhook(target: string): boolean {
  if (target === PATH) return true;
  try {
    const { pathname } = new URL(`${HERE}${decodedPath(target).replaceAll(/[?#]/g, encodeURIComponent)}`);
    const path = decodedPath(pathname).toLowerCase().replaceAll(/\/+/g, "/").trim();
    return path.replace(/\/\s*$/, "") === PATH;
  } catch {
    // Somebody else's URL, such as a link's with a percent sign in its id.
    return false;
  }
}

function receiveFrom(request: IncomingMessage): Promise<Response> {
  return receive({
    signature: textOf(request.headers[signatureHeader.toLowerCase()]),
    contentLength: Number(request.headers["content-length"] ?? 0),
    address: textOf(request.headers["x-forwarded-for"]),
    body: () => readBytes(request, MAX_BODY_BYTES),
  });
}

/** Answers deliveries before Next does: Next's overhead is larger than storing a delivery. */
export const serveDeliveries: Middleware = (request, response) => {
  if (!isWebhook(request.url ?? "")) return false;
  const { method = "" } = request;
  const work = method === "POST" ? () => receiveFrom(request) : () => Promise.reject(wrongMethod(method, ["POST"]));
  void answered(PATH, work).then((answer) => respond(request, response, answer));
  return true;
};
