import "server-only";
import { ingestDb } from "@/lib/base/db";
import { log } from "@/lib/base/log";
import { SHORTEST_MS, type Span } from "./gaps";

/**
 * Notes that a server received in a span of which only its spool tells: it was stopped, or died, while the database was
 * away. Its times are those of the deliveries, the first and the last of one batch after the other.
 */
export function pastUptimeWriter(server: string) {
  let last: { id: bigint; to: Date } | null = null;
  return async function note({ from, to }: Span): Promise<void> {
    try {
      if (last && Math.abs(from.getTime() - last.to.getTime()) < SHORTEST_MS) {
        await ingestDb().reception.updateMany({ where: { id: last.id }, data: { seenAt: to } });
        last = { id: last.id, to };
        return;
      }
      const row = { server, beganAt: from, seenAt: to };
      last = { id: (await ingestDb().reception.create({ data: row, select: { id: true } })).id, to };
    } catch (error) {
      log.debug({ err: error }, "heartbeat: write of earlier uptime failed");
    }
  };
}
