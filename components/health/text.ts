import { count } from "@/lib/base/format";
import type { HealthFacts } from "@/lib/health/facts";
import type { ProblemId } from "@/lib/health/judge";

/** Texts about the server's health: on its page, in the header and above the numbers. */
export const text = {
  health: "Health",
  asOf: (time: string, zone: string) => `Server status at ${time} (${zone}).`,
  markIs: (problems: string) => `Health: ${problems}`,
  needsALook: "(needs attention)",
  problems: "Problems",
  allWell: "No problems.",
  advice: {
    database: "Start the database, or check the log for the error. Deliveries wait in the spool meanwhile.",
    "spool-full": "Bring the database back first. Raise SPOOL_MAX_BYTES if the disk has space.",
    "spool-unusable":
      "Deliveries are rejected while the database is down. Check that DATA_DIR/spool is a writable directory and that its disk has space.",
    "spool-still":
      "Nothing has left the spool for two minutes. Check the log for a lock or slow trigger on the click table, or an unreadable spool file.",
    spool: "They are stored automatically once the database accepts writes.",
    secrets:
      "Start the server with the SECRET_KEY (or DATA_DIR/secret.key) they were saved with, or revoke them in Settings and add them again.",
    failures: "Check the log. Make sure the database is running and the disk has space.",
    silence:
      "In Dub, check the plan first: webhooks need the Business plan or higher, and a workspace over its monthly click limit sends no events, sometimes into the next month. Then check that the webhook is enabled and covers these links, and send a test event.",
    ahead:
      "Check the clocks of this server and the sender. To see these clicks, choose All time or a range that ends later.",
    disk: "Free up space on the disk of the data directory, or move the directory.",
    mirror: "Footfall retries every 30 seconds. Meanwhile Postgres answers, but more slowly.",
    quarantine: "See why they couldn’t be read. You can replay them after an upgrade.",
  } satisfies Record<ProblemId, string>,
  openSecrets: "Open webhook secrets",
  lookAtThem: "View deliveries",
  waiting: (n: number) =>
    n === 1
      ? "1 delivery is waiting in the spool and isn’t counted yet."
      : `${count(n)} deliveries are waiting in the spool and aren’t counted yet.`,
  facts: {
    ago: (time: string) => `${time} ago`,
    noneSoFar: "None yet",
    notKnownNow: "Currently unknown",
    database: "Database",
    reachable: "Reachable",
    away: "Unreachable",
    spool: "Spool",
    empty: "Empty",
    waiting: (n: number) => (n === 1 ? "1 delivery waiting" : `${count(n)} deliveries waiting`),
    spoolSize: (size: string, limit: string) =>
      `${size} of ${limit} used on this server. Waiting deliveries aren’t counted yet.`,
    lastDelivery: "Last delivery",
    lastClick: "Last click",
    onTheWay: "Delay",
    halfWithin: (time: string) => `Half within ${time}`,
    mostWithin: (time: string, clicks: number) =>
      `95 % within ${time}, from click to receipt, for the newest ${count(clicks)} clicks.`,
    failures: "Failures in a row",
    whatFails: "Signed deliveries answered with an error since the last accepted one. Dub disables the webhook at 20.",
    rejected: "Rejected requests",
    inLastDay: (requests: number) => `${count(requests)} in the last 24 hours`,
    whatIsRejected:
      "Unsigned, signed with a different secret, too large, or from an address that isn’t allowed. If Dub sent them, compare its secret with Settings.",
    inQuarantine: "Quarantined",
    whatIsInQuarantine: "Signed deliveries that couldn’t be read and can be replayed.",
    mirror: "Mirror",
    mirrorIs: { current: "Answering queries", off: "Turned off", unavailable: "Unavailable" } satisfies Record<
      Exclude<HealthFacts["mirror"]["state"], "filling">,
      string
    >,
    mirrorFills: (percent: number) => `Filling, ${percent} %`,
    spelling: "Stored values",
    spellingRuns: (percent: number) => `Normalising, ${percent} %`,
    spellingMeans: "Until this is done, values stored by an earlier version may appear as separate rows.",
    mirrorHasAll: "Has every click, and catches up before every query.",
    mirrorLags: (clicks: number) =>
      clicks === 1
        ? "1 click behind. Catches up before every query."
        : `${count(clicks)} clicks behind. Catches up before every query.`,
    ahead: "Dated in the future",
    aheadClicks: (clicks: number) => (clicks === 1 ? "1 click" : `${count(clicks)} clicks`),
    none: "None",
    until: (time: string) => `The latest is dated ${time}.`,
    disk: "Disk",
    free: (size: string) => `${size} free`,
    notKnown: "Unknown",
    diskSize: (size: string) => `Of ${size}, on the disk of the data directory.`,
  },
  servers: {
    title: "Servers seen in the last ten minutes",
    none: "None yet. Servers report every 15 seconds.",
    server: "Server",
    version: (version: string | null) => `Version ${version}`,
    notSeenFor: (time: string) => `Not seen for ${time}`,
    since: "Receiving since",
    onTheWay: "Delay",
    waiting: "In its spool",
    failures: "Failures",
  },
} as const;
