import { hasRoom } from "@/lib/ingest/spool/room";
import { text as words } from "@/lib/text/problems";
import type { Facts } from "./facts";

export type ProblemId = "database" | "spool" | "spool-full" | "mirror" | "disk" | "failures" | "silence" | "quarantine";

/** Something that somebody should look at, in words that may be told to anybody: no names, no numbers of clicks. */
export type HealthProblem = { id: ProblemId; message: string };

export type Health = { status: "ok" | "degraded" | "unavailable"; problems: HealthProblem[] };

const LOW_DISK_BYTES = 1024 ** 3;
const LOW_DISK_SHARE = 0.05;
/** Dub switches a webhook off after twenty. */
const MANY_FAILURES = 5;
const TOO_MANY_FAILURES = 10;

const isLow = ({ free, size }: NonNullable<Facts["disk"]>): boolean =>
  free < LOW_DISK_BYTES || free < size * LOW_DISK_SHARE;

const failureWords = (failures: number): string =>
  failures >= TOO_MANY_FAILURES ? words.health.failuresUrgent(failures) : words.health.failures(failures);

/**
 * What is wrong, the worst first. `unavailable` only when a delivery has nowhere to go; `degraded` while deliveries wait
 * for the database.
 */
export function judge({ database, spool, waiting, mirror, disk, failures, stored }: Facts): Health {
  const isFull = !hasRoom(spool);
  const found: [ProblemId, string | null | false][] = [
    ["database", database],
    ["spool-full", isFull && words.health.spoolFull],
    ["spool", waiting > 0 && words.health.spool],
    ["failures", failures >= MANY_FAILURES && failureWords(failures)],
    ["silence", stored?.isSilent === true && words.health.silence],
    ["disk", disk !== null && isLow(disk) && words.health.disk],
    ["mirror", mirror.state === "unavailable" && (mirror.reason ?? words.health.mirror)],
    ["quarantine", (stored?.quarantined.lately ?? 0) > 0 && words.health.quarantine],
  ];
  const problems = found.flatMap(([id, message]) => (message ? { id, message } : []));
  if (database === null) return { status: "ok", problems };
  return { status: isFull ? "unavailable" : "degraded", problems };
}
