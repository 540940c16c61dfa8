import "server-only";
import { z } from "zod";
import { ingestDb } from "@/lib/base/db";
import type { SpoolPosition } from "@/lib/deliveries/spool/spool";
import { Prisma } from "@/lib/generated/prisma/client";

/** A delivery whose transaction is in doubt is in the spool, which is drained long before this. */
const KEPT = "7 days";

const Position = z.array(z.object({ segment: z.number(), position: z.bigint(), file: z.string().nullable() }));
const Batches = z.array(z.object({ id: z.string() }));

/**
 * Names the transaction, so that it can be known later whether it was committed. Postgres ends any statement of it that
 * takes longer than `limitMs`: whoever waits for it gives up then, and its connection must be free again.
 */
export async function beginBatch(tx: Prisma.TransactionClient, batch: string, limitMs: number): Promise<void> {
  await tx.$executeRaw`
    insert into write_batch (id, origin)
    select ${batch}, 'request' from set_config('statement_timeout', ${String(limitMs)}, true)`;
}

/**
 * Tells which transactions have been committed. The others cannot be any more: their names are taken. Waits for one that
 * is still under way.
 */
export async function claimBatches(batches: readonly string[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(batches)].sort();
  if (ids.length === 0) return new Set();
  await ingestDb().$executeRaw`
    insert into write_batch (id, origin) select id, 'spool' from unnest(${ids}::text[]) as id
    on conflict (id) do nothing`;
  const rows = await ingestDb().$queryRaw(
    Prisma.sql`select id from write_batch where id in (${Prisma.join(ids)}) and origin = 'request'`,
  );
  return new Set(Batches.parse(rows).map(({ id }) => id));
}

/** Deletes names of transactions that are no longer needed. */
export async function deleteOldBatches(): Promise<void> {
  await ingestDb().$executeRaw`delete from write_batch where written_at < now() - ${KEPT}::interval`;
}

/** An earlier transaction, whose answer was lost, has moved the position: read it again. */
export class SpoolPositionMoved extends Error {
  override readonly name = "SpoolPositionMoved";
}

/**
 * Saves the position up to which a spool is stored, as part of this transaction. Waits for an earlier one in progress.
 *
 * @param from the position saved before, or null if there was none
 * @throws SpoolPositionMoved when a different position is saved
 */
export async function saveSpoolPosition(
  tx: Prisma.TransactionClient,
  spool: string,
  from: SpoolPosition | null,
  to: SpoolPosition,
): Promise<void> {
  const written =
    from === null
      ? await tx.$executeRaw`
          insert into spool_position (spool, segment, "position", file)
          values (${spool}, ${to.segment}, ${to.position}, ${to.file}) on conflict (spool) do nothing`
      : await tx.$executeRaw`
          update spool_position set segment = ${to.segment}, "position" = ${to.position}, file = ${to.file}
          where spool = ${spool} and segment = ${from.segment} and "position" = ${from.position}
            and file is not distinct from ${from.file}`;
  if (written === 0) throw new SpoolPositionMoved("the spool's position was changed meanwhile");
}

/** The position up to which a spool is stored, or null when nothing has been. */
export async function readSpoolPosition(spool: string): Promise<SpoolPosition | null> {
  const rows = await ingestDb().$queryRaw`select segment, "position", file from spool_position where spool = ${spool}`;
  const [row] = Position.parse(rows);
  return row ? { segment: row.segment, position: Number(row.position), file: row.file } : null;
}
