import "server-only";
import { AppError } from "@/lib/base/errors";
import { single } from "@/lib/base/runtime";

// Whether the database is away. Written by `reach.ts`, which notices it and looks for it.

const RETRY_AFTER = { "Retry-After": "5" };

/** The database can't be reached, and something needs it. */
export class DatabaseAway extends AppError {
  constructor(options?: ErrorOptions) {
    super("unavailable", "The database is unreachable. Try again in a moment.", RETRY_AFTER, options);
  }
}

type Outage = { since: Date | null; waiting: Set<() => void> };
const outage = single("outage", (): Outage => ({ since: null, waiting: new Set() }));

/** Since when the database is away; null while it is there. */
export const awaySince = (): Date | null => outage().since;

export function setAway(isAway: boolean): void {
  const own = outage();
  own.since = isAway ? new Date() : null;
  if (isAway) for (const leave of own.waiting) leave();
}

/** Waits for some work, but not for a database that goes away meanwhile. @throws DatabaseAway */
export async function unlessAway<T>(work: Promise<T>): Promise<T> {
  const { waiting } = outage();
  let leave = () => {};
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(new DatabaseAway());
  });
  waiting.add(leave);
  try {
    return await Promise.race([work, left]);
  } finally {
    waiting.delete(leave);
  }
}
