import "server-only";
import { ingestDb } from "@/lib/db";

/** Which clicks go: all that have everything that is named. */
export type Doomed = { linkId?: string; ip?: string; before?: Date };

/** Deleting a year of clicks takes its time. */
const TRANSACTION = { timeout: 15 * 60_000 };

/**
 * Deletes clicks for good, for requests and retention. The only way that clicks go: it also tells every mirror that its
 * copy is not what it was.
 *
 * @returns how many there were
 * @throws RangeError when nothing is named, which would be everything
 */
export async function deleteClicks({ linkId, ip, before }: Doomed): Promise<number> {
  const where = {
    ...(linkId !== undefined && { linkId }),
    ...(ip !== undefined && { ip }),
    ...(before !== undefined && { clickedAt: { lt: before } }),
  };
  if (Object.keys(where).length === 0) throw new RangeError("Name what to delete.");
  return ingestDb().$transaction(async (tx) => {
    await tx.$executeRaw`set local statement_timeout = 0`;
    const { count } = await tx.click.deleteMany({ where });
    // Every mirror begins anew for it, which takes a while.
    if (count > 0) await tx.dataset.updateMany({ data: { generation: { increment: 1 } } });
    return count;
  }, TRANSACTION);
}
