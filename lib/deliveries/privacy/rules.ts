import "server-only";
import { visitorAddress } from "@/lib/base/addresses";
import type { KeptAddress } from "@/lib/base/privacy";
import { visitorAt } from "@/lib/click/visitor";
import { saltsAt } from "@/lib/deliveries/privacy/salts";
import { readPrivacy } from "@/lib/deliveries/privacy/settings";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { Delivery, Receipt } from "@/lib/senders/sender";

/** What is stored of deliveries, by the settings of now. */
export type PrivacyRules = {
  keptAddress: KeptAddress;
  /** Clicks before this aren't stored: they are older than clicks are kept. */
  prunedBefore: Date | null;
  /** What the visitor of a click of that time is hashed with besides the key. */
  saltAt: (at: Date) => string | null;
};

/** When a click happened, as far as it is known. */
const timeOf = ({ clickedAt, receivedAt }: Receipt): Date => clickedAt ?? receivedAt;

/**
 * The rules for deliveries. The caller holds WRITE_LOCK, shared, which a change of the settings takes alone: whatever is
 * stored after the change follows it, on every server.
 */
export async function rulesFor(tx: Prisma.TransactionClient, deliveries: readonly Delivery[]): Promise<PrivacyRules> {
  const { keptAddress, prunedBefore, visitorPeriod } = await readPrivacy(tx);
  const times = deliveries.map(({ receipt }) => timeOf(receipt));
  return { keptAddress, prunedBefore, saltAt: await saltsAt(tx, times, visitorPeriod) };
}

/** The visitor of a delivery that can't be counted yet; null without an address. */
export function visitorOf(receipt: Receipt, key: string, { saltAt }: Pick<PrivacyRules, "saltAt">): string | null {
  const { ip, ua } = receipt;
  return ip && visitorAt(visitorAddress(ip), ua, { key, salt: saltAt(timeOf(receipt)) });
}
