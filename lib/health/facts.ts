import type { ServerState } from "@/lib/deliveries/heartbeat/server-state";
import type { MirrorStatus } from "@/lib/engines/duckdb/mirror";

/** A recently seen server; `isHere`: within the last minute. */
export type SeenServer = ServerState & { server: string; beganAt: Date; seenAt: Date; isHere: boolean };

/** What only the database knows. Times are times of receipt. */
export type StoredFacts = {
  lastClick: Date | null;
  lastDelivery: Date | null;
  /** From click to receipt, over the last thousand clicks, in milliseconds; null without clicks. */
  delay: { p50: number; p95: number; clicks: number } | null;
  /** Whether the silence is longer than chance explains at this hour of the week. */
  isSilent: boolean;
  /** `lately`: received in the last seven days. */
  quarantined: { all: number; lately: number };
  /** Rejected requests of the last day that weren't authentic: from strangers, or signed with an unknown secret. */
  rejected: number;
  /** Clicks dated in the future by more than usual clock skew, and the latest of them; null without any. */
  ahead: { clicks: number; latest: Date } | null;
  /** Clicks missing in this server's mirror; null while it doesn't answer. */
  mirrorLag: number | null;
  servers: SeenServer[];
  /** Progress from 0 to 1 while clicks of an earlier version are normalised, else null. */
  respelling: number | null;
};

/** State of this server. `database`: why it accepts no deliveries; `stored`: null when it can't be read in time. */
export type HealthFacts = {
  at: Date;
  database: string | null;
  /** Workers of a cluster that are away, as `host:port`. */
  awayWorkers: string[];
  /** This server's spool. `stalledForMs`: time since a delivery last left it while others wait. */
  spool: { bytes: number; limit: number; isWritable: boolean; stalledForMs: number };
  /** Deliveries in the spools of all servers. */
  waiting: number;
  mirror: Pick<MirrorStatus, "progress" | "reason" | "hasDiffered" | "asOf"> & { state: MirrorStatus["state"] | "off" };
  disk: { free: number; size: number } | null;
  /** Failed attempts since the last accepted delivery: the maximum of all servers. */
  failures: number;
  /** Secrets from Settings that this server's key can't decrypt. */
  unreadableSecrets: number;
  /** Whether this server couldn't send its last email. */
  hasMailFailed: boolean;
  stored: StoredFacts | null;
};
