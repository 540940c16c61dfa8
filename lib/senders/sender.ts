import type { StoredClick } from "@/lib/click/fields";
import type { LinkSummary } from "@/lib/click/links";
import type { Classified } from "@/lib/click/visitor";

/** A click as its payload describes it, without what is derived and what the delivery adds. */
export type ReadClick = Omit<StoredClick, keyof Classified | "eventId" | "receivedAt" | "secretId"> & {
  /** The payload's own flag; a sender may drop bots that it recognises. */
  saysBot: boolean;
};

/** A link as one payload describes it. The payload must be cleaned first, of passwords too. */
export type LinkState = LinkSummary & {
  /** The whole link object without its password. */
  payload: object;
  updatedAt: Date | null;
  /** When the message was created. */
  saidAt: Date;
};

/** What is recorded about every delivery, however little of it is readable. */
export type Receipt = {
  receivedAt: Date;
  /** The secret that signed it; null if that wasn't recorded. */
  secretId: number | null;
  eventId: string | null;
  event: string | null;
  linkId: string | null;
  clickId: string | null;
  clickedAt: Date | null;
  /** The visitor's IP address, for deletion on request. */
  ip: string | null;
  /** The visitor's user agent. */
  ua: string | null;
  /** Raw bytes, passwords included: use `redacted` before storing them. */
  body: Buffer;
};

export type Delivery =
  | { kind: "click"; receipt: Receipt; click: ReadClick; link: LinkState }
  | { kind: "link"; receipt: Receipt; link: LinkState }
  | { kind: "test" | "ignored" | "quarantined"; receipt: Receipt; reason: string };

/** A program that reports clicks by webhook: all that is specific to it, except field names in lib/click/fields.ts. */
export type Sender = {
  /** Prefix of its stored link ids: two senders may use the same id, and a stored one can never change. */
  idPrefix: string;
  /** Path of its webhook. */
  path: string;
  signatureHeader: string;
  /** Whether a header has the format of a signature. */
  isSignature: (header: string | null) => header is string;
  /** The signature header for a body. */
  sign: (body: Uint8Array, secret: string) => string;
  /** The secret that signed exactly these bytes, or null. Takes the same time for any of them. */
  signerOf: <Secret extends { value: string }>(
    body: Uint8Array,
    header: string | null,
    secrets: readonly Secret[],
  ) => Secret | null;
  /** Types of events that are neither clicks nor links. Their bodies aren't stored. */
  otherEvents: ReadonlySet<string>;
  /** Reads an authentic body. Never throws: an unreadable one is `quarantined` with the reason. */
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

/** Reads an authentic body, with ids as they are stored. Never throws. */
export function readDelivery(
  { read, idPrefix }: Pick<Sender, "read" | "idPrefix">,
  body: Buffer,
  receivedAt: Date,
  secretId: number | null = null,
): Delivery {
  const delivery = read(body, receivedAt, secretId);
  return idPrefix === "" ? delivery : withPrefix(idPrefix, delivery);
}
