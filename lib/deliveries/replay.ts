import "server-only";
import { z } from "zod";
import { ingestDb } from "@/lib/base/db";
import { type Column, namesSql, rowsSql } from "@/lib/base/rows-sql";
import { announceClicks } from "@/lib/deliveries/announce";
import { type Processed, processDeliveries } from "@/lib/deliveries/commit";
import { inHalves, isPermanentError, permanentErrorText } from "@/lib/deliveries/database-state";
import { COUNTED_NOW } from "@/lib/deliveries/list/filters";
import { serverKey } from "@/lib/deliveries/secrets/secret";
import { TOO_OLD } from "@/lib/deliveries/store-uncounted";
import { Prisma } from "@/lib/generated/prisma/client";
import { type Delivery, readDelivery } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";

/** Deliveries per call: it returns within a second, so that progress can be shown. */
const STEP = 100;
const TRANSACTION = { maxWait: 5_000, timeout: 30_000 };

const Locked = z.array(
  z.object({
    id: z.bigint(),
    received_at: z.date(),
    secret_id: z.number().nullable(),
    body: z.instanceof(Uint8Array).nullable(),
    visitor: z.string().nullable(),
    address_cut: z.boolean(),
  }),
);
type Replayed = { id: bigint; processed: Processed };

const words = ({ outcome, reason }: Processed): string => (outcome === "counted" ? COUNTED_NOW : reason);
const isProcessed = ({ processed: { outcome } }: Replayed): boolean => outcome !== "quarantined";

const COLUMNS: Column<Replayed>[] = [
  ["id", "bigint", ({ id }) => id.toString()],
  ["outcome", "text", (row) => (isProcessed(row) ? "replayed" : "quarantined")],
  ["reason", "text", ({ processed }) => words(processed)],
  ["event_id", "text", ({ processed }) => processed.delivery.receipt.eventId],
  ["event", "text", ({ processed }) => processed.delivery.receipt.event],
  ["link_id", "text", ({ processed }) => processed.delivery.receipt.linkId],
  ["click_id", "text", ({ processed }) => processed.delivery.receipt.clickId],
  ["clicked_at", "timestamptz", ({ processed }) => processed.delivery.receipt.clickedAt?.toISOString() ?? null],
  ["replayed_at", "timestamptz", (row) => (isProcessed(row) ? new Date().toISOString() : null)],
  // The click has everything that its body said.
  [
    "keeps_body",
    "boolean",
    ({ processed: { outcome, reason } }) => outcome !== "counted" && outcome !== "duplicate" && reason !== TOO_OLD,
  ],
];

/** Saves the outcome of replayed deliveries. */
async function note(tx: Prisma.TransactionClient, rows: readonly Replayed[]): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    update delivery as d
    set outcome = n.outcome, reason = n.reason, event_id = n.event_id, event = n.event, link_id = n.link_id,
        click_id = n.click_id, clicked_at = n.clicked_at, replayed_at = n.replayed_at,
        body = case when n.keeps_body then d.body end, visitor = case when n.keeps_body then d.visitor end
    from ${rowsSql(COLUMNS, rows)} as n (${namesSql(COLUMNS)})
    where d.id = n.id`);
}

/** Reads and stores deliveries again in one transaction. Those replayed concurrently by somebody else are skipped. */
async function replayTogether(ids: readonly bigint[], treat: (delivery: Delivery) => Delivery): Promise<Replayed[]> {
  const key = serverKey();
  return ingestDb().$transaction(async (tx) => {
    const locked = Locked.parse(
      await tx.$queryRaw`
        select id, received_at, secret_id, body, visitor, address_cut from delivery
        where id in (${Prisma.join(ids)}) and outcome = 'quarantined' and body is not null
        order by id for update`,
    );
    const read = locked.map((row) =>
      treat(readDelivery(SENDER, Buffer.from(row.body ?? []), row.received_at, row.secret_id)),
    );
    const known = new Map(read.map((delivery, at) => [delivery, locked[at]]));
    const { processed } = await processDeliveries(tx, read, key, (delivery) => {
      const row = known.get(delivery);
      return row?.address_cut ? row.visitor : undefined;
    });
    const rows = processed.flatMap((one, index) => (locked[index] ? [{ id: locked[index].id, processed: one }] : []));
    if (rows.length > 0) await note(tx, rows);
    return rows;
  }, TRANSACTION);
}

async function replayAll(ids: readonly bigint[]): Promise<Replayed[]> {
  try {
    return await replayTogether(ids, (delivery) => delivery);
  } catch (error) {
    if (!isPermanentError(error)) throw error;
    if (ids.length > 1) return inHalves(ids, replayAll);
    return replayTogether(ids, ({ receipt }) => ({ kind: "quarantined", receipt, reason: permanentErrorText(error) }));
  }
}

/** Result of one step: numbers of processed and still quarantined deliveries, and where to continue; null at the end. */
type ReplayStep = { settled: number; kept: number; next: string | null };

/**
 * Processes up to a hundred quarantined deliveries again, oldest first, from `after` on. Those that can be read now are
 * listed as replayed with their time of receipt; each is processed once, even if several people do this at once.
 *
 * @throws whatever the database says; earlier steps stay done
 */
export async function replay(where: Prisma.DeliveryWhereInput, after: bigint | null): Promise<ReplayStep> {
  const found = await ingestDb().delivery.findMany({
    where: { AND: [where, { outcome: "quarantined" }, after === null ? {} : { id: { gt: after } }] },
    select: { id: true },
    orderBy: { id: "asc" },
    take: STEP,
  });
  const ids = found.map(({ id }) => id);
  const rows = ids.length > 0 ? await replayAll(ids) : [];
  if (rows.some(({ processed }) => processed.outcome === "counted")) announceClicks();
  const settled = rows.filter(isProcessed).length;
  return { settled, kept: rows.length - settled, next: ids.length < STEP ? null : String(ids.at(-1)) };
}
