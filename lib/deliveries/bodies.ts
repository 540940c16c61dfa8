import "server-only";
import type { IncomingMessage } from "node:http";
import { AppError } from "@/lib/base/errors";
import { bodyBroke, bodyTooLarge } from "@/lib/base/http/body";

/** Limit for all bodies being read, none of which is verified yet. */
const MOST_BYTES = 128 * 1024 ** 2;
const MOST_BODIES = 4_000;
/** Deliveries usually arrive at once; a slow connection may take some seconds. */
const IDLE_MS = 10_000;
const WHOLE_MS = 20_000;
const FIRST_BYTES = 8_192;

const RETRY_AFTER = { "Retry-After": "5" };

/** The body wasn't read completely, so its signature can't be checked. */
export class UnreadBody extends AppError {}

const tooSlow = () => new UnreadBody("request_timeout", "The body took too long. Send this again.");
const evicted = () => new UnreadBody("unavailable", "Too many uploads in progress. Send this again.", RETRY_AFTER);

type Reading = { held: number; evict: () => void };

/** Bodies being read, oldest first. */
const readings = new Set<Reading>();
let held = 0;

/** Bodies that are being read now, and the bytes that are held for them. */
export const unverifiedBodies = (): { bodies: number; bytes: number } => ({ bodies: readings.size, bytes: held });

function hold(reading: Reading, bytes: number): void {
  held += bytes - reading.held;
  reading.held = bytes;
}

/** Signed deliveries arrive within moments, so the oldest body is the least likely to be one. */
function evictOldest(): void {
  for (const reading of readings) {
    if (readings.size <= MOST_BODIES && held <= MOST_BYTES) return;
    reading.evict();
  }
}

/**
 * The raw bytes of a request. Of one body never more than `limit` are held, of all together never more than there is room
 * for: then the one that has been on its way for longest gives way.
 *
 * @throws AppError when there are more than `limit` bytes, they come too slowly, or the sender broke off
 */
export function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers["content-length"]) > limit) return Promise.reject(bodyTooLarge(limit));
  return new Promise((resolve, reject) => {
    // One buffer that grows: a body may come in pieces of one byte, each of which would take a hundred.
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
