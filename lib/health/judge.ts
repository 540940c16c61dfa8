import { text as words } from "@/lib/base/problems";
import { hasRoom } from "@/lib/deliveries/spool/segments";
import type { HealthFacts } from "./facts";

export type ProblemId =
  | "database"
  | "spool-full"
  | "spool-unusable"
  | "spool-still"
  | "spool"
  | "secrets"
  | "failures"
  | "silence"
  | "ahead"
  | "disk"
  | "mirror"
  | "quarantine";

/** A problem. Its text is public: no names, no click counts. */
export type HealthProblem = { id: ProblemId; message: string };

export type Health = { status: "ok" | "degraded" | "unavailable"; problems: HealthProblem[] };

const LOW_DISK_BYTES = 1024 ** 3;
const LOW_DISK_SHARE = 0.05;
/** The sender disables a webhook after twenty. */
const MANY_FAILURES = 5;
const TOO_MANY_FAILURES = 10;

/** One transaction from the spool may take a minute on a slow database, and be retried. */
const STILL_MS = 120_000;

const isLow = ({ free, size }: NonNullable<HealthFacts["disk"]>): boolean =>
  free < LOW_DISK_BYTES || free < size * LOW_DISK_SHARE;

const failureWords = (failures: number): string =>
  failures >= TOO_MANY_FAILURES ? words.health.failuresUrgent(failures) : words.health.failures(failures);

/**
 * The problems, worst first. `unavailable` only when deliveries have nowhere to go; `degraded` while they wait for the
 * database.
 */
export function judge(facts: HealthFacts): Health {
  const { database, spool, waiting, mirror, disk, failures, unreadableSecrets, stored } = facts;
  const isFull = !hasRoom(spool);
  const found: [ProblemId, string | null | false][] = [
    ["database", database],
    ["spool-full", isFull && words.health.spoolFull],
    ["spool-unusable", !spool.isWritable && words.health.spoolUnusable],
    ["spool-still", spool.stalledForMs > STILL_MS && words.health.spoolStill],
    ["spool", waiting > 0 && words.health.spool],
    ["secrets", unreadableSecrets > 0 && words.health.secrets],
    ["failures", failures >= MANY_FAILURES && failureWords(failures)],
    ["silence", stored?.isSilent === true && words.health.silence],
    ["ahead", (stored?.ahead ?? null) !== null && words.health.ahead],
    ["disk", disk !== null && isLow(disk) && words.health.disk],
    ["mirror", mirror.state === "unavailable" && (mirror.reason ?? words.health.mirror)],
    ["quarantine", (stored?.quarantined.lately ?? 0) > 0 && words.health.quarantine],
  ];
  const problems = found.flatMap(([id, message]) => (message ? { id, message } : []));
  if (database === null) return { status: "ok", problems };
  return { status: isFull || !spool.isWritable ? "unavailable" : "degraded", problems };
}
