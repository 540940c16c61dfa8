import "server-only";
import { join } from "node:path";
import { upkeepDb } from "@/lib/base/db";
import {
  countMatching,
  type Deleted,
  type DeletionFilter,
  deleteClicks,
  matchesSpooled,
} from "@/lib/deliveries/delete-clicks";
import { eraseSpooled, type IsMatch } from "@/lib/deliveries/spool/record";
import { countUntold, visitorKeys } from "@/lib/deliveries/visitor-match";

/**
 * What matches a filter in the database and this server's spool. `untold`: clicks that may be the address's, but have too
 * little of theirs to tell.
 */
export type Found = Deleted & { spooled: number; untold: number };

async function spooledMatch(filter: DeletionFilter): Promise<IsMatch> {
  const keys = await visitorKeys(upkeepDb());
  return (body, receivedAt) => matchesSpooled(body, receivedAt, filter, keys);
}

const spoolOf = (dataDir: string) => join(/* turbopackIgnore: true */ dataDir, "spool");

/** How much `deleteEverywhere` would delete. */
export async function countEverywhere(filter: DeletionFilter, dataDir: string): Promise<Found> {
  const spooled = await eraseSpooled(spoolOf(dataDir), await spooledMatch(filter), true);
  const untold = filter.ip === undefined ? 0 : await countUntold(upkeepDb(), filter.ip);
  return { ...(await countMatching(filter)), spooled, untold };
}

/** Deletes what matches from the database and the spool of this server. Others filter theirs when they store it. */
export async function deleteEverywhere(filter: DeletionFilter, dataDir: string): Promise<Found> {
  const isMatch = await spooledMatch(filter);
  const untold = filter.ip === undefined ? 0 : await countUntold(upkeepDb(), filter.ip);
  const before = await eraseSpooled(spoolOf(dataDir), isMatch);
  const deleted = await deleteClicks(filter);
  // Deliveries spooled since the first pass are not stored any more, but are still in the files.
  const since = await eraseSpooled(spoolOf(dataDir), isMatch);
  return { ...deleted, spooled: before + since, untold };
}
