import { setTimeout as delay } from "node:timers/promises";
import { sign } from "@/lib/senders/dub/dub";
import { bytes, clickPayload } from "../factory";
import type { Chance } from "./chance";
import { SECRET } from "./server";

/** Dub gives up an attempt sooner or later; what was taken then is taken all the same. */
const ATTEMPT_MS = 6_000;

/** One delivery: what became of it is compared with the database by its event id. */
export type Sent = {
  eventId: string;
  /** Null when it is nothing that could be counted. */
  clickId: string | null;
  attempts: number;
  acknowledged: number;
};

const DAY_MS = 86_400_000;

/**
 * Sends as Dub does: each body again and again until it is taken, now and then the same click under another event id,
 * over several connections at once and so in no order.
 */
export function createSender(targets: readonly string[], chance: Chance, prefix: string, connections = 32) {
  const sent: Sent[] = [];
  const statuses = new Map<number | "none", number>();
  const clicks: { id: string; timestamp: string; link: string }[] = [];
  let stopped = false;

  async function attempt(body: Buffer<ArrayBuffer>): Promise<boolean> {
    const target = targets[Math.floor(chance() * targets.length)];
    const headers = { "Content-Type": "application/json", "Dub-Signature": sign(body, SECRET) };
    try {
      const response = await fetch(`${target}/api/webhooks/dub`, {
        ...{ method: "POST", body, headers },
        signal: AbortSignal.timeout(ATTEMPT_MS),
      });
      await response.arrayBuffer();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      return response.status === 202;
    } catch (error) {
      // An attempt that we gave up ourselves says that the machine is busy, not that anybody was turned away.
      const isOurs = error instanceof Error && error.name === "TimeoutError";
      if (!isOurs) statuses.set("none", (statuses.get("none") ?? 0) + 1);
      return false;
    }
  }

  function next(): { body: unknown; clickId: string | null; eventId: string } {
    const eventId = `evt_${prefix}_${sent.length}`;
    const kind = chance();
    if (kind < 0.05) return { eventId, clickId: null, body: { id: eventId, event: "link.sold", data: {} } };
    const again = kind < 0.2 ? clicks[Math.floor(chance() * clicks.length)] : undefined;
    const click = again ?? {
      id: `${prefix}_${clicks.length}`,
      timestamp: new Date(Date.now() - Math.floor(chance() * DAY_MS)).toISOString(),
      link: `link_${Math.floor(chance() * 7)}`,
    };
    if (!again) clicks.push(click);
    const payload = clickPayload({
      ...{ id: eventId, click: { id: click.id, timestamp: click.timestamp } },
      link: { id: click.link, key: click.link },
    });
    return { eventId, clickId: click.id, body: payload };
  }

  async function work(): Promise<void> {
    while (!stopped) {
      const { body, clickId, eventId } = next();
      const delivery: Sent = { eventId, clickId, attempts: 0, acknowledged: 0 };
      sent.push(delivery);
      const content = bytes(body);
      do {
        delivery.attempts++;
        if (await attempt(content)) delivery.acknowledged++;
        else await delay(50 + chance() * 150);
      } while (delivery.acknowledged === 0);
      await delay(chance() * 200);
    }
  }

  const working = Array.from({ length: connections }, work);
  return {
    /** How many deliveries have been taken so far. */
    acknowledged: () => sent.filter((delivery) => delivery.acknowledged > 0).length,
    /** Every status that was answered so far; "none" when a connection was cut. */
    statuses: () => [...statuses.keys()],
    /** Begins nothing new, and sends what is not taken yet until it is. */
    async finish(): Promise<{ sent: Sent[]; statuses: Map<number | "none", number> }> {
      stopped = true;
      await Promise.all(working);
      return { sent, statuses };
    },
  };
}

export type Sender = ReturnType<typeof createSender>;
