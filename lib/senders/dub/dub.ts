import type { Sender } from "@/lib/senders/sender";
import { OTHER_EVENTS, read } from "./read";
import { isSignature, sign, signerOf } from "./verify";

/** Dub: https://dub.co/docs/concepts/webhooks. */
export const DUB: Sender = {
  // The first sender: installations have its ids as they are.
  idPrefix: "",
  path: "/api/webhooks/dub",
  signatureHeader: "Dub-Signature",
  isSignature,
  sign,
  signerOf,
  otherEvents: OTHER_EVENTS,
  read,
};
