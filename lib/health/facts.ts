import type { ServerState } from "@/lib/deliveries/heartbeat/server-state";
import type { MirrorStatus } from "@/lib/engines/duckdb/mirror";

/** A server that was seen lately; `isHere`: within the last minute. */
export type SeenServer = ServerState & { server: string; beganAt: Date; seenAt: Date; isHere: boolean };

/** What only the database knows. Times are those at which servers received. */
export type StoredFacts = {
  lastClick: Date | null;
  lastDelivery: Date | null;
  /** From click to receipt over the newest thousand clicks, in milliseconds; null without any. */
  delay: { p50: number; p95: number; clicks: number } | null;
  /** More silence than chance explains, at this hour of the week. */
  isSilent: boolean;
  /** `lately`: received in the last seven days. */
  quarantined: { all: number; lately: number };
  /** Requests to the webhook that were not authentic, in the last day: of strangers, or signed with a secret unknown here. */
  rejected: number;
  /** Clicks that are dated later than now by more than a clock may be ahead, and the latest of them; null when none is. */
  ahead: { clicks: number; latest: Date } | null;
  /** Clicks that this server's mirror does not have yet; null while it does not answer. */
  mirrorLag: number | null;
  servers: SeenServer[];
  /** From 0 to 1 while clicks of an earlier version are brought to today's spelling, else null. */
  respelling: number | null;
};

/** How this server is. `database` says why it takes no deliveries; `stored` is null while it cannot be read in time. */
export type HealthFacts = {
  at: Date;
  database: string | null;
  /** This server's. `stalledForMs`: how long nothing has come out of it although something waits. */
  spool: { bytes: number; limit: number; isWritable: boolean; stalledForMs: number };
  /** Deliveries that wait in the spools of all servers. */
  waiting: number;
  mirror: Pick<MirrorStatus, "progress" | "reason"> & { state: MirrorStatus["state"] | "off" };
  disk: { free: number; size: number } | null;
  /** Failed attempts since the last delivery that was taken, the most of any server. */
  failures: number;
  /** Secrets of the settings that this server's key does not open. */
  unreadableSecrets: number;
  stored: StoredFacts | null;
};
