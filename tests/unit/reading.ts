import { type Delivery, readDelivery } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";
import { bytes, clickPayload } from "@/tests/factory";

/** When every delivery of these tests is received. */
export const NOW = new Date("2026-08-15T10:16:41.000Z");

/** Reads a body as the webhook would. */
export const read = (body: unknown) => readDelivery(SENDER, bytes(body), NOW);

/** Reads the factory's delivery with other fields; fails when it is not a click. */
export function readClick(overrides: Parameters<typeof clickPayload>[0]) {
  const delivery = read(clickPayload(overrides));
  if (delivery.kind !== "click") throw new Error(`${delivery.kind}: not a click`);
  return delivery;
}

/** What became of a delivery that is no click, and why. */
export const reasonOf = (delivery: Delivery) =>
  "reason" in delivery ? `${delivery.kind}: ${delivery.reason}` : delivery.kind;
