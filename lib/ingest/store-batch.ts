import "server-only";
import { z } from "zod";
import { ingestDb } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import type { Place } from "@/lib/ingest/spool/spool";

/** A delivery whose transaction is in doubt is in the spool, which is stored long before. */
const KEPT = "7 days";

const Position = z.array(z.object({ segment: z.number(), position: z.bigint() }));
const Batches = z.array(z.object({ id: z.string() }));

/** Names the transaction, so that it can be known later whether it was committed. */
export async function beginBatch(tx: Prisma.TransactionClient, batch: string): Promise<void> {
  await tx.$executeRaw`insert into write_batch (id, origin) values (${batch}, 'request')`;
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

/** Forgets transactions that nobody will ask for. */
export async function forgetBatches(): Promise<void> {
  await ingestDb().$executeRaw`delete from write_batch where written_at < now() - ${KEPT}::interval`;
}

/** Notes up to where a spool is stored once this transaction is committed. */
export async function keepPlace(tx: Prisma.TransactionClient, spool: string, place: Place): Promise<void> {
  await tx.$executeRaw`
    insert into spool_position (spool, segment, "position") values (${spool}, ${place.segment}, ${place.position})
    on conflict (spool) do update set segment = excluded.segment, "position" = excluded."position"`;
}

/** Up to where a spool has been stored, or null when nothing of it has. */
export async function readPlace(spool: string): Promise<Place | null> {
  const rows = await ingestDb().$queryRaw`select segment, "position" from spool_position where spool = ${spool}`;
  const [row] = Position.parse(rows);
  return row ? { segment: row.segment, position: Number(row.position) } : null;
}
