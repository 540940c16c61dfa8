import "server-only";
import { ingestDb } from "@/lib/base/db";
import { log } from "@/lib/base/log";

/** Postgres channel on which servers notify each other of new clicks. */
export const CHANNEL = "footfall_clicks";

/** More often wouldn't be visible, and every server runs its queries for each. */
const PAUSE_MS = 100;

let timer: NodeJS.Timeout | undefined;

async function notify(): Promise<void> {
  try {
    await ingestDb().$executeRaw`select pg_notify(${CHANNEL}, '')`;
  } catch (error) {
    // The clicks are stored; viewers see them with the next notification.
    log.warn({ err: error }, "live: notify failed");
  }
}

/** Notifies all servers of new clicks shortly, in a separate transaction. Never waits and never fails. */
export function announceClicks(): void {
  if (timer) return;
  timer = setTimeout(() => {
    timer = undefined;
    void notify();
  }, PAUSE_MS).unref();
}
