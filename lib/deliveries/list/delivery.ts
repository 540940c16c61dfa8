import "server-only";
import { db } from "@/lib/base/db";
import type { ListedDelivery } from "./rows";

/** A body that is shown goes this far. */
const MAX_SHOWN = 100_000;

/** All that is kept of a delivery that was not counted. */
export type DeliveryDetail = ListedDelivery & {
  replayedAt: Date | null;
  /** As text, indented when it is JSON; null when it was not kept. */
  body: { text: string; bytes: number; isCut: boolean } | null;
};

function bodyWords(bytes: Uint8Array): NonNullable<DeliveryDetail["body"]> {
  const raw = new TextDecoder().decode(bytes);
  let text = raw;
  try {
    text = JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    // Not JSON: that is what it was quarantined for.
  }
  return { text: text.slice(0, MAX_SHOWN), bytes: bytes.byteLength, isCut: text.length > MAX_SHOWN };
}

/** One delivery that was not counted, with its body, or null when there is none of this name (`d` and a number). */
export async function answerDelivery(name: string): Promise<DeliveryDetail | null> {
  const [, number] = /^d(\d{1,18})$/.exec(name) ?? [];
  if (!number) return null;
  const found = await db().delivery.findUnique({ where: { id: BigInt(number) } });
  return found && { ...found, id: name, body: found.body && bodyWords(found.body) };
}
