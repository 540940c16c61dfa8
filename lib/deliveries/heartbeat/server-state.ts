import { z } from "zod";

const count = z.number().catch(0);

/**
 * State that a server writes with each heartbeat. Failures are failed attempts since the last success; the delay from clicks
 * to their receipt is in milliseconds. Older versions write fewer fields.
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
