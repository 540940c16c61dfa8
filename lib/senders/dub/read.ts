import { z } from "zod";
import { cleanJson } from "@/lib/base/clean";
import type { Delivery, Receipt } from "@/lib/senders/sender";
import { ClickData, LinkObject, looseId, looseInstant, raw, readClick, word } from "./payload";

const LINK_EVENTS = new Set(["link.created", "link.updated", "link.deleted"]);

/** Dub's events that are neither clicks nor links. Their bodies aren't stored. */
export const OTHER_EVENTS: ReadonlySet<string> = new Set([
  "lead.created",
  "sale.created",
  "partner.application_submitted",
  "partner.enrolled",
  "partner.merged",
  "commission.created",
  "bounty.created",
  "bounty.updated",
  "payout.confirmed",
  "discount_code.created",
  "discount_code.deleted",
]);

/** Dub's "Send test event" always posts the same click and link. */
const TEST_CLICK = { id: "yNrYm0F6r1KMnq6N", at: Date.parse("2025-02-03T09:35:57.926Z") };
const TEST_LINK = "cm0b87844000dismqhkviju54";
const TEST = "test event sent from Dub";

const Envelope = z.object({ id: looseId, event: looseId, createdAt: looseInstant, data: z.unknown().optional() });

const NO_CLICK = { id: null, timestamp: null, ip: null, ua: null };

const LooseIds = z
  .object({
    id: looseId,
    link: z.object({ id: looseId }).catch({ id: null }),
    click: z.object({ id: looseId, timestamp: looseInstant, ip: word, ua: raw }).catch(NO_CLICK),
  })
  .catch({ id: null, link: { id: null }, click: NO_CLICK });

/** What is invalid, such as `data.click.id is empty`. Quotes no values. */
const problems = (path: string, { issues }: z.ZodError): string =>
  issues.map((issue) => `${[path, ...issue.path].join(".")} ${issue.message}`).join("; ");

function parse(body: Buffer): { json: unknown } | null {
  try {
    // Drops a byte order mark; bytes that aren't UTF-8 become U+FFFD.
    return { json: cleanJson(JSON.parse(new TextDecoder().decode(body))) };
  } catch {
    return null;
  }
}

function clicked(data: unknown, receipt: Receipt, saidAt: Date): Delivery {
  const { data: checked, error } = ClickData.safeParse(data);
  if (error) return { kind: "quarantined", receipt, reason: problems("data", error) };
  const click = readClick(checked);
  if (click.clickId === TEST_CLICK.id && click.clickedAt.getTime() === TEST_CLICK.at) {
    return { kind: "test", receipt, reason: TEST };
  }
  return { kind: "click", receipt, click, link: { ...checked.link, saidAt, deletedAt: null } };
}

function linkChanged(data: unknown, receipt: Receipt, saidAt: Date, deletedAt: Date | null): Delivery {
  const { data: link, error } = LinkObject.safeParse(data);
  if (error) return { kind: "quarantined", receipt, reason: problems("data", error) };
  if (link.id === TEST_LINK) return { kind: "test", receipt, reason: TEST };
  return { kind: "link", receipt, link: { ...link, saidAt, deletedAt } };
}

/** Reads an authentic body. Never throws: an unreadable one is `quarantined` with the reason. */
export function read(body: Buffer, receivedAt: Date, secretId: number | null): Delivery {
  const unread = { eventId: null, event: null, linkId: null, clickId: null, clickedAt: null, ip: null, ua: null };
  const nothing: Receipt = { receivedAt, secretId, ...unread, body };
  const parsed = parse(body);
  if (parsed === null) return { kind: "quarantined", receipt: nothing, reason: "the body is not JSON" };
  const envelope = Envelope.safeParse(parsed.json);
  if (!envelope.success) return { kind: "quarantined", receipt: nothing, reason: "the body is not a JSON object" };

  const { id: eventId, event, createdAt, data } = envelope.data;
  const { id, link, click } = LooseIds.parse(data);
  const isLinkEvent = event !== null && LINK_EVENTS.has(event);
  const linkId = isLinkEvent ? id : link.id;
  const { id: clickId, timestamp: clickedAt, ip, ua } = click;
  const receipt: Receipt = { ...nothing, eventId, event, linkId, clickId, clickedAt, ip, ua };
  if (event === null) return { kind: "quarantined", receipt, reason: "event is missing or not text" };
  // Else a message dated in the future would block later ones.
  const saidAt = createdAt && createdAt < receivedAt ? createdAt : receivedAt;
  if (event === "link.clicked") return clicked(data, receipt, saidAt);
  if (isLinkEvent)
    return linkChanged(data, receipt, saidAt, event === "link.deleted" ? (createdAt ?? receivedAt) : null);
  if (OTHER_EVENTS.has(event)) return { kind: "ignored", receipt, reason: `${event} is not counted` };
  return { kind: "quarantined", receipt, reason: "unknown event type" };
}
