import "server-only";
import { ingestDb } from "@/lib/base/db";
import { log } from "@/lib/base/log";
import { SHORTEST_MS, type Span } from "./gaps";

/**
 * Records uptime that is only known from the spool: the server was stopped or crashed while the database was down. Each batch
 * gives the times of its first and last delivery.
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
