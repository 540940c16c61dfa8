import "server-only";
import { env } from "@/lib/base/env";
import { WRITE_LOCK } from "@/lib/base/write-lock";
import { classify } from "@/lib/click/visitor";
import { type ClickRow, storeClicks } from "@/lib/deliveries/store-clicks";
import { storeLinks } from "@/lib/deliveries/store-links";
import type { UncountedDelivery } from "@/lib/deliveries/store-uncounted";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { Delivery } from "@/lib/senders/sender";

export type StoredOutcome = "counted" | UncountedDelivery["outcome"];

/** Outcome of a delivery, with the reason shown in the list of deliveries. */
export type Processed = { delivery: Delivery; outcome: StoredOutcome; reason: string };

const REPEATED = "repeated with another time";
const MINUTE_MS = 60_000;

function clickRow({ click, receipt }: Extract<Delivery, { kind: "click" }>, key: string): ClickRow {
  const { eventId, receivedAt, secretId } = receipt;
  return { ...click, ...classify(click, key), eventId, receivedAt, secretId };
}

/** Stores the links and clicks of deliveries, and returns the outcome of each, in order. Doesn't list them. */
export async function processDeliveries(
  tx: Prisma.TransactionClient,
  deliveries: readonly Delivery[],
  key: string,
): Promise<Processed[]> {
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(${WRITE_LOCK})`;
  const rows = new Map<Delivery, ClickRow>();
  for (const delivery of deliveries) if (delivery.kind === "click") rows.set(delivery, clickRow(delivery, key));
  const links = deliveries.flatMap((delivery) => ("link" in delivery ? delivery.link : []));
  const isStored = await storeLinks(tx, links);
  const clicks = await storeClicks(tx, [...rows.values()], env().REPEAT_WINDOW_MINUTES * MINUTE_MS);

  return deliveries.map((delivery): Processed => {
    const row = rows.get(delivery);
    if (row) {
      const stored = clicks.get(row);
      if (stored === "new") return { delivery, outcome: "counted", reason: "counted" };
      return {
        delivery,
        outcome: "duplicate",
        reason: stored === "repeat" ? REPEATED : "this click is counted already",
      };
    }
    if ("reason" in delivery) return { delivery, outcome: delivery.kind, reason: delivery.reason };
    if (delivery.link.deletedAt !== null) return { delivery, outcome: "ignored", reason: "link deleted" };
    const reason = isStored(delivery.link) ? "link metadata updated" : "not newer than what is known";
    return { delivery, outcome: "ignored", reason };
  });
}
