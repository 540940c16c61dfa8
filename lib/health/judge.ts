import { text as words } from "@/lib/base/problems";
import { hasRoom } from "@/lib/deliveries/spool/segments";
import type { HealthFacts } from "./facts";

/** A problem. Its text is public: no names, no click counts. */
export type HealthProblem = ReturnType<typeof problemsOf>[number];
export type ProblemId = HealthProblem["id"];

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

/** The problems, worst first. */
function problemsOf({
  database,
  spool,
  waiting,
  mirror,
  disk,
  failures,
  unreadableSecrets,
  hasMailFailed,
  stored,
}: HealthFacts) {
  const found = [
    ["database", database],
    ["spool-full", !hasRoom(spool) && words.health.spoolFull],
    ["spool-unusable", !spool.isWritable && words.health.spoolUnusable],
    ["spool-still", spool.stalledForMs > STILL_MS && words.health.spoolStill],
    ["spool", waiting > 0 && words.health.spool],
    ["secrets", unreadableSecrets > 0 && words.health.secrets],
    ["failures", failures >= MANY_FAILURES && failureWords(failures)],
    ["silence", stored?.isSilent === true && words.health.silence],
    ["ahead", stored?.ahead && words.health.ahead],
    ["disk", disk !== null && isLow(disk) && words.health.disk],
    ["mirror", mirror.state === "unavailable" && (mirror.reason ?? words.health.mirror)],
    ["counts-differ", mirror.hasDiffered && words.health.countsDiffer],
    ["mail", hasMailFailed && words.health.mail],
    ["quarantine", (stored?.quarantined.lately ?? 0) > 0 && words.health.quarantine],
  ] as const;
  return found.flatMap(([id, message]) => (message ? { id, message: String(message) } : []));
}

/** `unavailable` only when deliveries have nowhere to go; `degraded` while they wait for the database. */
export function judge(facts: HealthFacts): {
  status: "ok" | "degraded" | "unavailable";
  problems: HealthProblem[];
} {
  const problems = problemsOf(facts);
  if (facts.database === null) return { status: "ok", problems };
  return { status: hasRoom(facts.spool) && facts.spool.isWritable ? "degraded" : "unavailable", problems };
}
