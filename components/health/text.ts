import { count } from "@/lib/base/format";
import type { Facts } from "@/lib/health/facts";
import type { ProblemId } from "@/lib/health/judge";

/** What is said of the server: on its page, in the header and above the numbers. */
export const text = {
  health: "Health",
  asOf: (time: string, zone: string) => `Server status at ${time} (${zone}).`,
  markIs: (problems: string) => `Health: ${problems}`,
  needsALook: "(needs a look)",
  problems: "Problems",
  allWell: "No problems.",
  advice: {
    database: "Start the database, or see in the log why it refuses. Deliveries wait in the spool meanwhile.",
    "spool-full": "Bring the database back first. Raise SPOOL_MAX_BYTES if the disk has room.",
    "spool-unusable":
      "Deliveries are lost while the database is away. Check that DATA_DIR/spool is a directory that the server may write, and that its disk has room.",
    "spool-still":
      "Nothing has left the spool for two minutes. The log says why: a lock or a slow trigger on the table click, or a spool file that cannot be read.",
    spool: "They are stored automatically once the database takes them.",
    secrets:
      "Start the server with the SECRET_KEY (or DATA_DIR/secret.key) that it had when they were added, or revoke them in the settings and add them again.",
    failures: "The log says why. See that the database is running and the disk has room.",
    silence:
      "In Dub, check the plan first: a workspace that has used up its monthly clicks sends no events, sometimes beyond the end of the month, and webhooks need the Business plan or higher. Then see that the webhook is enabled and covers these links, and send a test event.",
    ahead:
      "Check the clock of this server and of the sender. To see these clicks, choose All time or a range that ends later.",
    disk: "Make room where the data directory is, or move it.",
    mirror: "It is tried again every thirty seconds. Postgres answers meanwhile, only more slowly.",
    quarantine: "See what was not understood. After an update they can be replayed.",
  } satisfies Record<ProblemId, string>,
  openSecrets: "Open the secrets",
  lookAtThem: "Look at them",
  waiting: (n: number) =>
    n === 1
      ? "1 delivery waits in the spool and is not in the numbers yet."
      : `${count(n)} deliveries wait in the spool and are not in the numbers yet.`,
  facts: {
    ago: (time: string) => `${time} ago`,
    noneSoFar: "None so far",
    notKnownNow: "Not known now",
    database: "Database",
    reachable: "Reachable",
    away: "Away",
    spool: "Spool",
    empty: "Empty",
    waiting: (n: number) => (n === 1 ? "1 delivery waits" : `${count(n)} deliveries wait`),
    spoolSize: (size: string, limit: string) =>
      `Here ${size} of at most ${limit}. What waits is not in the numbers yet.`,
    lastDelivery: "Last delivery",
    lastClick: "Last click",
    onTheWay: "On the way",
    halfWithin: (time: string) => `Half within ${time}`,
    mostWithin: (time: string, clicks: number) =>
      `95 of 100 within ${time}, from the click to its arrival here, of the newest ${count(clicks)}.`,
    failures: "Failures in a row",
    whatFails:
      "Authentic deliveries answered with an error since the last one that was taken. Dub disables the webhook at 20.",
    rejected: "Rejected requests",
    inLastDay: (requests: number) => `${count(requests)} in the last 24 hours`,
    whatIsRejected:
      "Unsigned, signed with another secret, too large, or from another address. If they are Dub’s, compare its secret with the settings.",
    inQuarantine: "In quarantine",
    whatIsInQuarantine: "Authentic deliveries that were not understood and can be replayed.",
    mirror: "Mirror",
    mirrorIs: { current: "Answers", off: "Switched off", unavailable: "Not available" } satisfies Record<
      Exclude<Facts["mirror"]["state"], "filling">,
      string
    >,
    mirrorFills: (percent: number) => `Being filled, ${percent} %`,
    spelling: "Stored values",
    spellingRuns: (percent: number) => `Being brought to today’s spelling, ${percent} %`,
    spellingMeans: "Clicks of an earlier version may stand in rows of their own until then.",
    mirrorHasAll: "It has every click, and catches up before every answer.",
    mirrorLags: (clicks: number) =>
      clicks === 1
        ? "It is 1 click behind, and catches up before every answer."
        : `It is ${count(clicks)} clicks behind, and catches up before every answer.`,
    ahead: "Dated in the future",
    aheadClicks: (clicks: number) => (clicks === 1 ? "1 click" : `${count(clicks)} clicks`),
    none: "None",
    until: (time: string) => `The latest is of ${time}.`,
    disk: "Disk",
    free: (size: string) => `${size} free`,
    notKnown: "Not known",
    diskSize: (size: string) => `Of ${size}, where the data directory is.`,
  },
  servers: {
    title: "Servers seen in the last ten minutes",
    none: "None yet: they are noted every 15 seconds.",
    server: "Server",
    version: (version: string | null) => `Version ${version}`,
    notSeenFor: (time: string) => `Not seen for ${time}`,
    since: "Receives since",
    onTheWay: "On the way",
    waiting: "In its spool",
    failures: "Failures",
  },
} as const;
