import { setTimeout as after } from "node:timers/promises";

/** Whoever ends the process waits for no longer. */
const LIMIT_MS = 5_000;

/**
 * Next ends the process itself once every request is answered, and asks nobody. From now on what is still to be written
 * is written before that.
 */
export function beforeExit(work: () => Promise<unknown>): void {
  const exit = process.exit.bind(process);
  let isEnding = false;
  const later = (code?: number | string | null): void => {
    if (isEnding) return;
    isEnding = true;
    void Promise.race([work().catch(() => {}), after(LIMIT_MS)]).finally(() => exit(code));
  };
  process.exit = later as typeof process.exit;
}
