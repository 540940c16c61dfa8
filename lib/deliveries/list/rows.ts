import "server-only";
import { db } from "@/lib/base/db";
import { type DeliveryCursor, formatDeliveryCursor, mergeNewest } from "./cursor";
import { clickWhere, deliveryWhere, type ListFilters } from "./filters";

/** One delivery. */
export type ListedDelivery = {
  /** `c` and the click's number when it was counted, `d` and the delivery's when not. */
  id: string;
  receivedAt: Date;
  event: string | null;
  eventId: string | null;
  outcome: string;
  reason: string;
  linkId: string | null;
  clickId: string | null;
  clickedAt: Date | null;
  secretId: number | null;
};

const SHARED = { receivedAt: true, eventId: true, linkId: true, clickId: true, clickedAt: true, secretId: true };

async function otherRows(
  filters: ListFilters,
  before: DeliveryCursor,
  limit: number,
  now: Date,
): Promise<ListedDelivery[]> {
  if (filters.outcome === "counted") return [];
  const rows = await db().delivery.findMany({
    where: { ...deliveryWhere(filters, now), ...(before.id !== null && { id: { lt: before.id } }) },
    select: { ...SHARED, id: true, event: true, outcome: true, reason: true },
    orderBy: { id: "desc" },
    take: limit,
  });
  return rows.map(({ id, ...row }) => ({ ...row, id: `d${id}` }));
}

async function countedRows(
  filters: ListFilters,
  before: DeliveryCursor,
  limit: number,
  now: Date,
): Promise<ListedDelivery[]> {
  const where = clickWhere(filters, now);
  if (!where) return [];
  const found = await db().click.findMany({
    where: { ...where, ...(before.seq !== null && { seq: { lt: before.seq } }) },
    select: { ...SHARED, seq: true },
    // Few have an id. Asked for the newest, Postgres would go back through all numbers until it has found enough.
    ...(filters.id === null && { orderBy: { seq: "desc" }, take: limit }),
  });
  const rows = found.sort((a, b) => (a.seq < b.seq ? 1 : -1)).slice(0, limit);
  const same = { event: "link.clicked", outcome: "counted", reason: "counted" };
  return rows.map(({ seq, ...row }) => ({ ...row, ...same, id: `c${seq}` }));
}

/** Where the list goes on after a row that was shown last. */
function cursorAfter(rows: readonly ListedDelivery[], before: DeliveryCursor): DeliveryCursor {
  const last = (kind: string) => rows.findLast(({ id }) => id.startsWith(kind))?.id.slice(1);
  const [seq, id] = [last("c"), last("d")];
  return { seq: seq ? BigInt(seq) : before.seq, id: id ? BigInt(id) : before.id };
}

/**
 * Deliveries, the newest first: counted ones from the table click, the others from the table delivery. In the order in
 * which each was stored; what had waited in the spool stands where it was stored.
 *
 * @returns `older`: where the next page goes on, or null when this is the last
 */
export async function answerDeliveries(
  filters: ListFilters,
  { before = { seq: null, id: null }, limit, now }: { before?: DeliveryCursor; limit: number; now: Date },
): Promise<{ rows: ListedDelivery[]; older: string | null }> {
  const [counted, others] = await Promise.all([
    countedRows(filters, before, limit + 1, now),
    otherRows(filters, before, limit + 1, now),
  ]);
  const rows = mergeNewest(counted, others, limit);
  const isLast = counted.length + others.length <= limit;
  return { rows, older: isLast ? null : formatDeliveryCursor(cursorAfter(rows, before)) };
}
