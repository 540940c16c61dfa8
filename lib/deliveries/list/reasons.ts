import "server-only";
import { db } from "@/lib/base/db";

/** Quarantined deliveries of one reason. */
export type ReasonGroup = { reason: string; deliveries: number; first: Date; newest: Date };

/** More reasons than anybody reads; a hostile sender that has the secret can make up as many as it likes. */
const MAX_GROUPS = 100;

/** Why deliveries are in quarantine, the most frequent reason first. */
export async function answerReasons(): Promise<ReasonGroup[]> {
  const groups = await db().delivery.groupBy({
    by: ["reason"],
    where: { outcome: "quarantined" },
    _count: true,
    _min: { receivedAt: true },
    _max: { receivedAt: true },
    orderBy: [{ _count: { reason: "desc" } }, { reason: "asc" }],
    take: MAX_GROUPS,
  });
  return groups.flatMap(({ reason, _count, _min, _max }) =>
    _min.receivedAt && _max.receivedAt
      ? { reason, deliveries: _count, first: _min.receivedAt, newest: _max.receivedAt }
      : [],
  );
}
