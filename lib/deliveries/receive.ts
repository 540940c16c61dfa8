import "server-only";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { bodyTooLarge } from "@/lib/base/http/body";
import { observeDelivery, observeRefusal } from "@/lib/base/metrics";
import { acceptDelivery } from "@/lib/deliveries/accept";
import { UnreadBody } from "@/lib/deliveries/bodies";
import { noteDelay } from "@/lib/deliveries/delays";
import { noteSuccess } from "@/lib/deliveries/failures";
import { countRefusal } from "@/lib/deliveries/refusals";
import { notSigned, requireSigner } from "@/lib/deliveries/secrets/live";
import { noteUse } from "@/lib/deliveries/secrets/use";
import { SENDER } from "@/lib/senders/senders";

/** A delivery has a few kilobytes; what is larger is not one. */
export const MAX_BODY_BYTES = 1_048_576;

/** A request to the webhook, however it came in. */
export type Incoming = {
  /** The sender's signature header. */
  signature: string | null;
  /** Bytes of the body, as far as the sender says it. */
  announced: number;
  /** Of the sender, as far as it is to be believed: see lib/base/http/proxies. */
  address: string | null;
  /** Reads the raw bytes. @throws AppError when there are more than MAX_BODY_BYTES, or when the sender broke off */
  body: () => Promise<Buffer>;
};

async function take({ signature, announced, address, body }: Incoming, onAuthentic: () => void): Promise<Response> {
  const { WEBHOOK_ALLOW } = env();
  if (WEBHOOK_ALLOW && !WEBHOOK_ALLOW.has(address))
    throw new AppError("forbidden", "Deliveries from this IP address aren’t allowed.");
  // Before the body is read: anybody can send one.
  if (announced > MAX_BODY_BYTES) throw bodyTooLarge(MAX_BODY_BYTES);
  if (!SENDER.isSignature(signature)) throw notSigned();
  const bytes = await body();
  const signer = await requireSigner(bytes, signature);
  onAuthentic();
  noteUse(signer);
  const { outcome, receivedAt, clickedAt } = await acceptDelivery(bytes, signer.id);
  noteSuccess();
  if (outcome === "counted" && clickedAt) noteDelay(receivedAt.getTime() - clickedAt.getTime());
  observeDelivery(outcome, receivedAt, clickedAt);
  return Response.json({ outcome }, { status: 202 });
}

/**
 * Accepts one delivery. 202 means it is on disk; anything else means send it again.
 *
 * @throws AppError that says why it was not taken
 */
export async function receive(incoming: Incoming): Promise<Response> {
  let isAuthentic = false;
  try {
    return await take(incoming, () => {
      isAuthentic = true;
    });
  } catch (error) {
    if (error instanceof UnreadBody) throw error;
    const reason = countRefusal(error, incoming.signature, isAuthentic);
    if (reason !== null) observeRefusal(reason);
    throw error;
  }
}
