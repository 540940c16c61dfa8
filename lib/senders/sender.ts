import type { StoredClick } from "@/lib/click/fields";
import type { LinkSummary } from "@/lib/click/links";
import type { Classified } from "@/lib/click/visitor";

/** A click as far as its payload tells; what follows from it and what the delivery tells is added when it is stored. */
export type ReadClick = Omit<StoredClick, keyof Classified | "eventId" | "receivedAt" | "secretId"> & {
  /** What the payload says; a sender may drop the bots that it recognises. */
  saysBot: boolean;
};

/** What one payload says of a link; it has to be cleaned, password included, before it is read. */
export type LinkState = LinkSummary & {
  /** The whole link object without its password. */
  payload: object;
  updatedAt: Date | null;
  /** When the message was made that says so. */
  saidAt: Date;
};

/** What is noted of every delivery, however little of it can be read. */
export type Receipt = {
  receivedAt: Date;
  /** Which secret signed it; null when that was not noted. */
  secretId: number | null;
  eventId: string | null;
  event: string | null;
  linkId: string | null;
  clickId: string | null;
  clickedAt: Date | null;
  /** The visitor's address, for deletion on request. */
  ip: string | null;
  /** The bytes as they came, passwords included: `redacted` before they are kept. */
  body: Buffer;
};

export type Delivery =
  | { kind: "click"; receipt: Receipt; click: ReadClick; link: LinkState }
  | { kind: "link"; receipt: Receipt; link: LinkState }
  | { kind: "test" | "ignored" | "quarantined"; receipt: Receipt; reason: string };

/** A program that tells of clicks by webhook. What is specific to it is in its folder, except for the words in lib/click/fields.ts. */
export type Sender = {
  /**
   * Stands before its ids of links where they are stored: two senders may use one id, and what a click is distributed by
   * can never be changed.
   */
  idPrefix: string;
  /** Where its deliveries arrive. */
  path: string;
  signatureHeader: string;
  /** Whether a header has the form of a signature at all. */
  isSignature: (header: string | null) => header is string;
  /** The header for a body that is signed with a secret. */
  sign: (body: Uint8Array, secret: string) => string;
  /** Which of the secrets signed exactly these bytes, or null. Takes the same time whichever it was. */
  signerOf: <Secret extends { value: string }>(
    body: Uint8Array,
    header: string | null,
    secrets: readonly Secret[],
  ) => Secret | null;
  /** Event words that are neither clicks nor links: nothing of their bodies is kept. */
  otherEvents: ReadonlySet<string>;
  /** What an authentic body says. Never throws: what cannot be read is `quarantined`, with the reason in words. */
  read: (body: Buffer, receivedAt: Date, secretId: number | null) => Delivery;
};

function withPrefix(prefix: string, delivery: Delivery): Delivery {
  const own = (id: string) => `${prefix}${id}`;
  const { linkId } = delivery.receipt;
  const receipt = { ...delivery.receipt, linkId: linkId === null ? null : own(linkId) };
  if (!("link" in delivery)) return { ...delivery, receipt };
  const link = { ...delivery.link, id: own(delivery.link.id) };
  if (delivery.kind === "link") return { ...delivery, receipt, link };
  return { ...delivery, receipt, link, click: { ...delivery.click, linkId: own(delivery.click.linkId) } };
}

/** What an authentic body of a sender says, with ids as they are stored. Never throws. */
export function readDelivery(
  { read, idPrefix }: Pick<Sender, "read" | "idPrefix">,
  body: Buffer,
  receivedAt: Date,
  secretId: number | null = null,
): Delivery {
  const delivery = read(body, receivedAt, secretId);
  return idPrefix === "" ? delivery : withPrefix(idPrefix, delivery);
}
