import "server-only";
import { ingestDb } from "@/lib/base/db";
import { log } from "@/lib/base/log";
import { CHANNEL } from "@/lib/deliveries/channel";

/** Eyes see no more, and every server asks its questions anew for each. */
const PAUSE_MS = 100;

let timer: NodeJS.Timeout | undefined;

async function notify(): Promise<void> {
  try {
    await ingestDb().$executeRaw`select pg_notify(${CHANNEL}, '')`;
  } catch (error) {
    // The clicks are stored; somebody who watches sees them with the next ones.
    log.warn({ err: error }, "live: notify failed");
  }
}

/** Tells all servers soon that clicks have been stored, in a transaction of its own. Never waits and never fails. */
export function announceClicks(): void {
  if (timer) return;
  timer = setTimeout(() => {
    timer = undefined;
    void notify();
  }, PAUSE_MS).unref();
}
