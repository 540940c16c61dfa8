import "server-only";
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";

/** Where a secret comes from: the settings page, DUB_WEBHOOK_SECRET, or the server's own key. */
export type SecretSource = "settings" | "environment" | "demo";

/** A secret that may have signed a delivery. */
export type LiveSecret = { id: number; value: string; source: SecretSource };

/** A secret's id: a keyed hash, so that every server computes the same one and it reveals nothing. */
export function secretId(value: string, key: string): number {
  return createHmac("sha256", key).update(`webhook secret\0${value}`).digest().readUInt32BE() >>> 1;
}

/** The last four characters, to recognise a secret by. */
export const hintOf = (value: string): string => value.slice(-4);

/** Name of a secret that has none of its own. */
export function givenName({ source, value }: LiveSecret): string {
  return source === "demo" ? "Demo" : `DUB_WEBHOOK_SECRET …${hintOf(value)}`;
}

/** For clients that respect it, such as the demo. The sender waits longer anyway. */
export const RETRY_AFTER = { "Retry-After": "5" };

/** The key of this installation. The start script always sets it. */
export function serverKey(): string {
  const { SECRET_KEY } = env();
  if (SECRET_KEY) return SECRET_KEY;
  throw new AppError("unavailable", "No SECRET_KEY: start the server with npm start, or set it.", RETRY_AFTER);
}

/** The demo's secret. Only those who can read the server's key can derive it. */
export function demoSecret(key: string): string {
  return `whsec_${createHmac("sha256", key).update("footfall demo").digest("hex")}`;
}

/** The secrets that need no database: configured ones and the demo's. */
export function fixedSecrets(): LiveSecret[] {
  const key = serverKey();
  const live = (value: string, source: SecretSource) => ({ id: secretId(value, key), value, source });
  return [...env().DUB_WEBHOOK_SECRET.map((value) => live(value, "environment")), live(demoSecret(key), "demo")];
}

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const keyFor = (serverKey: string): Buffer =>
  Buffer.from(hkdfSync("sha256", serverKey, "", "footfall webhook secret", 32));

/** What is encrypted: the secret with this id, or where the data was moved. */
type Sealed = number | "move";

/** Encrypts a secret with the server's key, bound to its id. */
export function seal(value: string, id: Sealed, serverKey: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyFor(serverKey), nonce).setAAD(Buffer.from(String(id)));
  const text = Buffer.concat([cipher.update(value, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** Decrypts; null when it was encrypted with another key or for another id, or was altered. */
export function open(sealed: Uint8Array, id: Sealed, serverKey: string): string | null {
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
