import { createHmac, timingSafeEqual } from "node:crypto";

const SIGNATURE = /^[0-9a-f]{64}$/;

const hmac = (body: Uint8Array, secret: string): Buffer => createHmac("sha256", secret).update(body).digest();

/** Dub's signature of a body: HMAC-SHA256 as lowercase hex. The whole secret is the key, `whsec_` included. */
export function sign(body: Uint8Array, secret: string): string {
  return hmac(body, secret).toString("hex");
}

/**
 * Whether any of the live secrets signed exactly these bytes. Takes the same time whichever secret it was; only
 * lowercase hex is a signature.
 */
export function isSigned(body: Uint8Array, header: string | null, secrets: readonly string[]): boolean {
  if (header === null || !SIGNATURE.test(header)) return false;
  const claimed = Buffer.from(header, "hex");
  const matches = secrets.map((secret) => timingSafeEqual(hmac(body, secret), claimed));
  return matches.includes(true);
}
