import "server-only";
import { ingestDb } from "@/lib/db";

/** Rows to a transaction, so that no delivery waits for it. */
const STEP = 5_000;

/**
 * Removes rows of the ledger that were received before `limit`. What is in quarantine stays: it is the only trace of a
 * delivery that may be counted yet.
 */
export async function pruneLedger(limit: Date): Promise<void> {
  let count: number;
  do {
    count = await ingestDb().$executeRaw`
      delete from delivery where id in (
        select id from delivery where received_at < ${limit} and outcome <> 'quarantined' order by received_at limit ${STEP}
      )`;
  } while (count === STEP);
}
