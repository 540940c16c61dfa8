import type { Job } from "@/lib/base/jobs";
import { respellAll } from "@/lib/click/keep-spelled";
import { beat } from "@/lib/deliveries/heartbeat/beat";
import { refreshSecrets } from "@/lib/deliveries/secrets/kept";
import { flushUse } from "@/lib/deliveries/secrets/use";
import { tidy } from "@/lib/deliveries/tidy";
import { mirror } from "@/lib/engines/duckdb/instance";

const SECOND = 1_000;
const HOUR = 3_600_000;

/** Everything that runs by the clock. What an event sets off (the drain of the spool, live updates) is with its subject. */
export const JOBS: readonly Job[] = [
  // So soon a secret that another server revoked is not taken here any more, and no delivery has to wait for it.
  { name: "read webhook secrets", everyMs: 5 * SECOND, on: "each server", run: refreshSecrets },
  { name: "heartbeat", everyMs: 15 * SECOND, on: "each server", run: () => beat() },
  { name: "note use of webhook secrets", everyMs: 30 * SECOND, on: "each server", run: flushUse },
  { name: "mirror", everyMs: 10 * SECOND, on: "each server", run: async () => mirror()?.keepUp() },
  { name: "delete what is too old", everyMs: HOUR, on: "any server", run: () => tidy(new Date()) },
  {
    name: "respell stored clicks",
    everyMs: 30 * SECOND,
    on: "any server",
    run: async (signal) => ((await respellAll({ isStopped: () => signal.aborted })) ? "done" : "again"),
  },
];
