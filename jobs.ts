import type { Job } from "@/lib/base/jobs";
import { respellAll } from "@/lib/click/respell";
import { deleteExpired } from "@/lib/deliveries/delete-expired";
import { writeHeartbeat } from "@/lib/deliveries/heartbeat/heartbeat";
import { followMove } from "@/lib/deliveries/move/follow";
import { cutAddresses } from "@/lib/deliveries/privacy/cut-stored";
import { deleteOld } from "@/lib/deliveries/privacy/retention";
import { flushUse, refreshSecrets } from "@/lib/deliveries/secrets/live";
import { mirror, restartMirror } from "@/lib/engines/duckdb/process-mirror";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** All periodic jobs. Work that an event starts (draining the spool, live updates) is in its own module. */
export const JOBS: readonly Job[] = [
  // A secret revoked on another server is rejected here after this long. Deliveries never wait for the query.
  { name: "read webhook secrets", everyMs: 0.8 * SECOND, on: "each server", run: refreshSecrets },
  {
    name: "follow a move to another database",
    everyMs: SECOND,
    on: "each server",
    run: async () => (await followMove()) && restartMirror(),
  },
  { name: "heartbeat", everyMs: 15 * SECOND, on: "each server", run: () => writeHeartbeat() },
  { name: "write last use of webhook secrets", everyMs: 30 * SECOND, on: "each server", run: flushUse },
  { name: "mirror", everyMs: 10 * SECOND, on: "each server", run: async () => mirror()?.keepUp() },
  { name: "delete expired rows", everyMs: HOUR, on: "any server", run: (signal) => deleteExpired(new Date(), signal) },
  { name: "delete old clicks", everyMs: 60 * SECOND, on: "any server", run: (signal) => deleteOld(new Date(), signal) },
  {
    name: "cut stored addresses",
    everyMs: 10 * SECOND,
    on: "any server",
    run: (signal) => cutAddresses({ signal, againMs: 10 * MINUTE }),
  },
  {
    name: "normalise stored clicks",
    everyMs: 30 * SECOND,
    on: "any server",
    run: async (signal) => ((await respellAll({ isStopped: () => signal.aborted })) ? "done" : "again"),
  },
];
