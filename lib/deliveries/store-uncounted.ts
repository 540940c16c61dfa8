import "server-only";
import { type Column, hexOf, namesSql, rowsSql } from "@/lib/base/rows-sql";
import { cutBody } from "@/lib/deliveries/privacy/cut-body";
import { type PrivacyRules, visitorOf } from "@/lib/deliveries/privacy/rules";
import { redacted } from "@/lib/deliveries/redact";
import { Prisma } from "@/lib/generated/prisma/client";
import type { Receipt } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";

export type UncountedDelivery = {
  receipt: Receipt;
  outcome: "duplicate" | "test" | "ignored" | "quarantined";
  /** Shown in the list of deliveries. */
  reason: string;
};

/** Reason of a click that is older than clicks are kept. */
export const TOO_OLD = "older than clicks are kept";

/** A delivery with what is stored of its body. */
type Listed = UncountedDelivery & { body: Buffer | null; visitor: string | null; isCut: boolean };

/** The body to store. A duplicate's is in the click already; other events are about people, and never shown. */
function bodyOf({ outcome, reason, receipt }: UncountedDelivery): Buffer | null {
  if (outcome === "duplicate" || reason === TOO_OLD) return null;
  if (outcome === "ignored" && SENDER.otherEvents.has(receipt.event ?? "")) return null;
  return redacted(receipt.body);
}

/** What can be counted later keeps its visitor, which the rest of its address doesn't tell any more. */
function listed(delivery: UncountedDelivery, key: string, rules: PrivacyRules): Listed {
  const whole = bodyOf(delivery);
  const body = whole && cutBody(whole, rules.keptAddress);
  const isCut = body !== whole;
  const visitor = isCut && delivery.outcome === "quarantined" ? visitorOf(delivery.receipt, key, rules) : null;
  return { ...delivery, body, visitor, isCut };
}

const COLUMNS: Column<Listed>[] = [
  ["received_at", "timestamptz", ({ receipt }) => receipt.receivedAt.toISOString()],
  ["event_id", "text", ({ receipt }) => receipt.eventId],
  ["event", "text", ({ receipt }) => receipt.event],
  ["outcome", "text", ({ outcome }) => outcome],
  ["reason", "text", ({ reason }) => reason],
  ["link_id", "text", ({ receipt }) => receipt.linkId],
  ["click_id", "text", ({ receipt }) => receipt.clickId],
  ["clicked_at", "timestamptz", ({ receipt }) => receipt.clickedAt?.toISOString() ?? null],
  ["secret_id", "int", ({ receipt }) => receipt.secretId],
  ["body", "bytea", ({ body }) => body && hexOf(body)],
  ["visitor", "text", ({ visitor }) => visitor],
  ["address_cut", "boolean", ({ isCut }) => isCut],
];

/** Stores uncounted deliveries for the list. The only place where a body is stored. */
export async function storeUncounted(
  tx: Prisma.TransactionClient,
  deliveries: readonly UncountedDelivery[],
  key: string,
  rules: PrivacyRules,
): Promise<void> {
  if (deliveries.length === 0) return;
  const rows = deliveries.map((delivery) => listed(delivery, key, rules));
  await tx.$executeRaw(Prisma.sql`
    insert into delivery (${namesSql(COLUMNS)})
    select * from ${rowsSql(COLUMNS, rows)}`);
}
