import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const keyFor = (serverKey: string): Buffer =>
  Buffer.from(hkdfSync("sha256", serverKey, "", "footfall webhook secret", 32));

/** Encrypts a secret with the server's key. It belongs to its id: under another it does not open. */
export function seal(value: string, id: number, serverKey: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyFor(serverKey), nonce).setAAD(Buffer.from(String(id)));
  const text = Buffer.concat([cipher.update(value, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** The inverse; null when it was sealed with another key or for another id, or was altered. */
export function open(sealed: Uint8Array, id: number, serverKey: string): string | null {
  try {
    const bytes = Buffer.from(sealed);
    const [nonce, tag] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)];
    const decipher = createDecipheriv(CIPHER, keyFor(serverKey), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(String(id))).setAuthTag(tag);
    return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return null;
  }
}
