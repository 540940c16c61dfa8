import "server-only";
import { type Column, hexOf, namesSql, rowsSql } from "@/lib/base/rows-sql";
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

/** The body to store. A duplicate's is in the click already; other events are about people, and never shown. */
function bodyOf({ outcome, receipt }: UncountedDelivery): string | null {
  if (outcome === "duplicate" || (outcome === "ignored" && SENDER.otherEvents.has(receipt.event ?? ""))) return null;
  return hexOf(redacted(receipt.body));
}

const COLUMNS: Column<UncountedDelivery>[] = [
  ["received_at", "timestamptz", ({ receipt }) => receipt.receivedAt.toISOString()],
  ["event_id", "text", ({ receipt }) => receipt.eventId],
  ["event", "text", ({ receipt }) => receipt.event],
  ["outcome", "text", ({ outcome }) => outcome],
  ["reason", "text", ({ reason }) => reason],
  ["link_id", "text", ({ receipt }) => receipt.linkId],
  ["click_id", "text", ({ receipt }) => receipt.clickId],
  ["clicked_at", "timestamptz", ({ receipt }) => receipt.clickedAt?.toISOString() ?? null],
  ["secret_id", "int", ({ receipt }) => receipt.secretId],
  ["body", "bytea", bodyOf],
];

/** Stores uncounted deliveries for the list. The only place where a body is stored. */
export async function storeUncounted(tx: Prisma.TransactionClient, rows: readonly UncountedDelivery[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw(Prisma.sql`
    insert into delivery (${namesSql(COLUMNS)})
    select * from ${rowsSql(COLUMNS, rows)}`);
}
