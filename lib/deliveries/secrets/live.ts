import "server-only";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { SENDER } from "@/lib/senders/senders";
import { type LiveSecret, type SecretSource, secretId } from "./secret";
import { cachedSecrets, refreshSecrets, unreadableSecrets } from "./secret-cache";
import { demoSecret, RETRY_AFTER, serverKey } from "./server-key";

/** The secrets that need no database: the configured ones and the demo's. */
export function fixedSecrets(): LiveSecret[] {
  const key = serverKey();
  const live = (value: string, source: SecretSource) => ({ id: secretId(value, key), value, source });
  return [...env().DUB_WEBHOOK_SECRET.map((value) => live(value, "environment")), live(demoSecret(key), "demo")];
}

/** Says that a delivery has no signature of a secret that is valid here. */
export const notSigned = (): AppError =>
  new AppError("unauthorized", `The ${SENDER.signatureHeader} header is missing or was made with a different secret.`);

/**
 * The secret that signed exactly these bytes. A signature that fits none may be of a secret that was added a moment
 * ago: the database is asked once more before it is refused.
 *
 * @throws AppError unauthorized, or unavailable as long as not all secrets are known: the delivery may be authentic
 */
export async function requireSigner(body: Uint8Array, header: string | null): Promise<LiveSecret> {
  const find = () => SENDER.signerOf(body, header, [...fixedSecrets(), ...(cachedSecrets() ?? [])]);
  let signer = find();
  if (!signer && SENDER.isSignature(header)) {
    await refreshSecrets();
    signer = find();
    if (!signer && (cachedSecrets() === null || unreadableSecrets() > 0))
      throw new AppError("unavailable", "Webhook secrets haven’t been loaded yet. Send this again.", RETRY_AFTER);
  }
  if (signer) return signer;
  throw notSigned();
}
