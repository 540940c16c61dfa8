import "server-only";
import { log } from "@/lib/base/log";
import { single } from "@/lib/base/runtime";
import { sqlState } from "@/lib/deliveries/database-error";

/** After a failed write a probe may say that the database is well again, but not at once: the next write knows better. */
const BELIEVED_MS = 10_000;

type State = { failedAt: number | null; isLogged: boolean };

const state = single("writes", (): State => ({ failedAt: null, isLogged: false }));

/** Notes how the last write of deliveries ended: with an error, or null. Logs the beginning of an outage and its end. */
export function noteWrite(error: unknown): void {
  const own = state();
  if (error === null) {
    if (own.isLogged) log.info({}, "database: writes succeed again");
    own.failedAt = null;
    own.isLogged = false;
    return;
  }
  const details = { err: error, code: sqlState(error) };
  if (own.isLogged) log.debug(details, "database: write failed");
  else log.error(details, "database: write failed (logged once per outage)");
  own.isLogged = true;
  own.failedAt = performance.now();
}

/** Whether the database refused deliveries when it was last given some. */
export const refusesWrites = (): boolean => state().failedAt !== null;

/** Whether it did so less than `ms` ago. */
export function hasRefusedWithin(ms: number): boolean {
  const { failedAt } = state();
  return failedAt !== null && performance.now() - failedAt < ms;
}

/** A write that was tried on purpose succeeded. It counts unless a delivery has been refused a moment ago. */
export function noteProbe(): void {
  if (refusesWrites() && !hasRefusedWithin(BELIEVED_MS)) noteWrite(null);
}
