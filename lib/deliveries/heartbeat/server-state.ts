import { z } from "zod";
import { single } from "@/lib/base/runtime";

const count = z.number().catch(0);

/**
 * State that a server writes with each heartbeat. `failures`: failed attempts since the last success. `delay`: from
 * clicks to their receipt, in milliseconds. Older versions write fewer fields.
 */
export const ServerState = z
  .object({
    version: z.string().nullable().catch(null),
    failures: count,
    lastFailureAt: z.iso.datetime().nullable().catch(null),
    /** What waits in its spool, and bytes of it. */
    waiting: count,
    spoolBytes: count,
    delay: z.object({ p50: z.number(), p95: z.number() }).nullable().catch(null),
  })
  .catch({ version: null, failures: 0, lastFailureAt: null, waiting: 0, spoolBytes: 0, delay: null });

export type ServerState = z.infer<typeof ServerState>;

const failures = single("failures", () => ({ inRow: 0, lastAt: null as Date | null }));

/** The sender counts this attempt as failed: after 20 in a row it disables the webhook. */
export function noteFailure(now = new Date()): void {
  failures().inRow++;
  failures().lastAt = now;
}

/** The sender starts counting again. */
export function noteSuccess(): void {
  failures().inRow = 0;
}

/** Failed attempts since the last delivery that this server accepted, and the time of the last failure. */
export function failuresInRow(): { failures: number; lastFailureAt: string | null } {
  return { failures: failures().inRow, lastFailureAt: failures().lastAt?.toISOString() ?? null };
}

const DELAYS_KEPT = 1_000;
const delays = single("delays", () => ({ newest: [] as number[], next: 0 }));

/** Records how long a click took to reach this server, in milliseconds. */
export function noteDelay(ms: number): void {
  const { newest, next } = delays();
  newest[next] = ms;
  delays().next = (next + 1) % DELAYS_KEPT;
}

/** In milliseconds, over the last thousand clicks that this server accepted; null before the first. */
export function recentDelay(): { p50: number; p95: number } | null {
  const sorted = [...delays().newest].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return sorted.length > 0 ? { p50: at(0.5), p95: at(0.95) } : null;
}
