import { createHmac, timingSafeEqual } from "node:crypto";
import { OTHER_EVENTS, read } from "@/lib/senders/dub/read";
import type { Sender } from "@/lib/senders/sender";

const SIGNATURE = /^[0-9a-f]{64}$/;

const hmac = (body: Uint8Array, secret: string): Buffer => createHmac("sha256", secret).update(body).digest();

/** Dub's signature of a body: HMAC-SHA256 in lower-case hex. The key is the whole secret, `whsec_` included. */
export function sign(body: Uint8Array, secret: string): string {
  return hmac(body, secret).toString("hex");
}

/** Whether a header has the format of a signature. */
export const isSignature = (header: string | null): header is string => header !== null && SIGNATURE.test(header);

/** The secret that signed exactly these bytes, or null. Takes the same time for any of them. */
export function signerOf<Secret extends { value: string }>(
  body: Uint8Array,
  header: string | null,
  secrets: readonly Secret[],
): Secret | null {
  if (!isSignature(header)) return null;
  const claimed = Buffer.from(header, "hex");
  const matches = secrets.map(({ value }) => timingSafeEqual(hmac(body, value), claimed));
  return secrets[matches.indexOf(true)] ?? null;
}

/** Dub: https://dub.co/docs/concepts/webhooks. */
export const DUB: Sender = {
  // The first sender: existing installations store its ids without a prefix.
  idPrefix: "",
  path: "/api/webhooks/dub",
  signatureHeader: "Dub-Signature",
  isSignature,
  sign,
  signerOf,
  otherEvents: OTHER_EVENTS,
  read,
};
