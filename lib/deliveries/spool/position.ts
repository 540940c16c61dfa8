import "server-only";
import { z } from "zod";
import { ingestDb } from "@/lib/base/db";
import type { SpoolPosition } from "@/lib/deliveries/spool/spool";
import type { Prisma } from "@/lib/generated/prisma/client";

const Position = z.array(z.object({ segment: z.number(), position: z.bigint(), file: z.string().nullable() }));

/** An earlier transaction, whose answer was lost, has moved the position: read it again. */
export class SpoolPositionMoved extends Error {
  override readonly name = "SpoolPositionMoved";
}

/**
 * Saves the position up to which a spool is stored, in this transaction; `from` is the one saved before, if any.
 *
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
