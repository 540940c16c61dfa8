import { CircleCheck, CircleDashed, TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { counted } from "@/components/ui/counted";
import { DataTable, type TableColumn } from "@/components/ui/data-table";
import { Link } from "@/components/ui/link";
import { count, duration, moment, size } from "@/lib/base/format";
import type { HealthFacts, SeenServer } from "@/lib/health/facts";
import type { HealthProblem, ProblemId } from "@/lib/health/judge";

type HealthRow = { label: string; value: string; note: string | null; problems?: ProblemId[] };

const ago = (then: Date, now: Date) => `${duration(Math.max(0, now.getTime() - then.getTime()))} ago`;

const MIRROR_WORDS = { current: "In use", off: "Turned off", unavailable: "Unavailable" } as const;

function mirrorWords({ state, progress }: HealthFacts["mirror"]): string {
  return state === "filling" ? `Being filled, ${Math.floor((progress ?? 0) * 100)}%` : MIRROR_WORDS[state];
}

function lagWords(lag: number | null): string | null {
  if (lag === null) return null;
  return lag === 0
    ? "Pages are answered from a fast copy of the database (the mirror). It has every click."
    : `Pages are answered from a fast copy of the database (the mirror). It is ${counted(lag, "click")} behind and catches up before every answer.`;
}

/** All facts in words. Those that are unknown while the database is down say so. */
export function healthRows(facts: HealthFacts, zone: string): HealthRow[] {
  const { at, database, awayWorkers, spool, waiting, mirror, disk, failures, hasMailFailed, stored } = facts;
  const unknown = stored ? "None yet" : "Currently unknown";
  const time = (date: Date | null | undefined) =>
    date ? { value: ago(date, at), note: moment(date, zone) } : { value: unknown, note: null };
  return [
    {
      label: "Database",
      value: database === null ? "Reachable" : "Unreachable",
      note: [database, ...awayWorkers].filter(Boolean).join(" ") || null,
      problems: ["database"],
    },
    {
      label: "Waiting",
      value: waiting === 0 ? "None" : counted(waiting, "delivery", "deliveries"),
      note: `While the database is unreachable, deliveries wait on this server’s disk (the spool) and aren’t counted yet. ${size(spool.bytes)} of ${size(spool.limit)} used.`,
      problems: ["spool", "spool-full", "spool-unusable", "spool-still"],
    },
    { label: "Last delivery", ...time(stored?.lastDelivery) },
    { label: "Last click", ...time(stored?.lastClick), problems: ["silence"] },
    {
      label: "Delay",
      value: stored?.delay ? `Typically ${duration(stored.delay.p50)}` : unknown,
      note: stored?.delay
        ? `From a click until it arrives here. 95% of the newest ${count(stored.delay.clicks)} clicks took at most ${duration(stored.delay.p95)}.`
        : null,
    },
    {
      label: "Failed deliveries",
      value: failures === 0 ? "None" : `${count(failures)} in a row`,
      note: "Dub’s deliveries since the last successful one that this server answered with an error. After 20, Dub disables the webhook.",
      problems: ["failures"],
    },
    {
      label: "Rejected requests",
      value: stored ? `${count(stored.rejected)} in the last 24 hours` : unknown,
      note: "Requests without a valid signature, too large, or from an address that isn’t allowed. If Dub sent them, its secret differs from the one in Settings.",
      problems: ["secrets"],
    },
    {
      label: "Future clicks",
      value: stored ? (stored.ahead ? counted(stored.ahead.clicks, "click") : "None") : unknown,
      note: stored?.ahead
        ? `Clicks whose time is still to come. The latest is dated ${moment(stored.ahead.latest, zone)}.`
        : "Clicks whose time is still to come.",
      problems: ["ahead"],
    },
    {
      label: "Quarantined",
      value: stored ? count(stored.quarantined.all) : unknown,
      note: "Dub’s deliveries that this version can’t read. They are kept, and can be replayed after an upgrade.",
      problems: ["quarantine"],
    },
    {
      label: "Fast copy",
      value: mirrorWords(mirror),
      note: mirror.reason ?? lagWords(stored?.mirrorLag ?? null),
      problems: ["mirror", "counts-differ"],
    },
    // Only while it runs, once after an upgrade.
    ...[stored?.respelling ?? []].flat().map((progress) => ({
      label: "Stored values",
      value: `Being updated, ${Math.floor(progress * 100)}%`,
      note: "Until this is done, the same value may appear as two rows, one of them from an earlier version.",
    })),
    ...(hasMailFailed
      ? [{ label: "Email", value: "Not sent", note: "The last email of this server.", problems: ["mail" as const] }]
      : []),
    {
      label: "Disk",
      value: disk ? `${size(disk.free)} free` : "Unknown",
      note: disk && `Of ${size(disk.size)}, on the disk with Footfall’s data.`,
      problems: ["disk"],
    },
  ];
}

/** All facts, each with whether it is fine; `bad` names those that aren't. */
export function FactList({ rows, bad }: { rows: HealthRow[]; bad: ReadonlySet<HealthRow> }) {
  return (
    <dl className="divide-y divide-line overflow-hidden card">
      {rows.map((row) => {
        const isBad = bad.has(row);
        const Icon = isBad ? TriangleAlert : CircleCheck;
        return (
          <div
            key={row.label}
            className="grid grid-cols-[1.25rem_1fr] gap-x-3 gap-y-0.5 px-4 py-3 sm:grid-cols-[1.25rem_9rem_1fr]"
          >
            <dt className="col-span-2 grid grid-cols-subgrid items-start text-muted">
              <Icon aria-hidden className={`mt-0.5 size-4 ${isBad ? "text-warn" : "text-accent"}`} />
              {row.label}
            </dt>
            <dd className="max-sm:col-start-2">
              <span className={`font-medium tabular-nums ${isBad ? "text-warn" : ""}`}>
                {row.value}
                {isBad && <span className="sr-only"> (needs attention)</span>}
              </span>
              {row.note && <p className="text-muted">{row.note}</p>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

const ADVICE: Record<ProblemId, string> = {
  database: "Start the database, or check the log for the error. Deliveries are kept meanwhile.",
  "spool-full": "Bring the database back first. Raise SPOOL_MAX_BYTES if the disk has space.",
  "spool-unusable":
    "Deliveries are rejected while the database is down. Check that DATA_DIR/spool is a writable directory and that its disk has space.",
  "spool-still":
    "None of them has been stored for two minutes. Check the log for a lock or slow trigger on the click table, or an unreadable spool file.",
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
  "counts-differ":
    "Pages show the numbers of the plain way. The log has the question: please report it. A restart of the server turns the faster way on again.",
  mail: "Check SMTP_URL and the server that it names. Send the link yourself, or ask for it again.",
  quarantine: "See why they couldn’t be read. You can replay them after an upgrade.",
};

/** The page about a problem, if there is one. */
const ADVICE_LINKS: Partial<Record<ProblemId, { href: string; label: string }>> = {
  secrets: { href: "/settings", label: "Open webhook secrets" },
  quarantine: { href: "/deliveries?outcome=quarantined&span=all", label: "View deliveries" },
};

function Problem({ problem: { id, message } }: { problem: HealthProblem }) {
  const link = ADVICE_LINKS[id];
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-warn" />
      <div className="min-w-0">
        <p className="font-medium">{message}</p>
        <p className="mt-0.5 text-muted">
          {ADVICE[id]}{" "}
          {link && (
            <Link href={link.href} className="whitespace-nowrap rounded text-accent underline">
              {link.label}
            </Link>
          )}
        </p>
      </div>
    </li>
  );
}

/** Current problems with advice, worst first, or that there are none. `isConnected`: whether a delivery has arrived. */
export function ProblemList({ problems, isConnected }: { problems: HealthProblem[]; isConnected: boolean }) {
  if (problems.length === 0 && !isConnected) {
    return (
      <p className="card flex items-center gap-3 p-4">
        <CircleDashed aria-hidden className="size-5 shrink-0 text-muted" />
        <span>
          <span className="font-medium">Not connected yet.</span>{" "}
          <span className="text-muted">
            The server is running, but no delivery has arrived.{" "}
            <Link href="/" className="rounded text-accent underline">
              Connect Dub
            </Link>
          </span>
        </span>
      </p>
    );
  }
  if (problems.length === 0) {
    return (
      <p className="card flex items-center gap-3 p-4">
        <CircleCheck aria-hidden className="size-5 shrink-0 text-accent" />
        <span className="font-medium">No problems.</span>
      </p>
    );
  }
  return (
    <ul aria-label="Problems" className="card divide-y divide-line">
      {problems.map((problem) => (
        <Problem key={problem.id} problem={problem} />
      ))}
    </ul>
  );
}

const TITLE = "Servers seen in the last ten minutes";

type Row = SeenServer & { id: string };

/** Recently seen servers of this database, each with its state. */
export function ServerList({ servers, now, zone }: { servers: SeenServer[]; now: Date; zone: string }) {
  const columns: TableColumn<Row>[] = [
    {
      label: "Server",
      cell: ({ server, version, seenAt, isHere }) => (
        <>
          <p className="wrap-anywhere font-medium">{server}</p>
          {isHere ? (
            <p className="text-muted">{`Version ${version}`}</p>
          ) : (
            <Badge tone="warn">{`Not seen for ${duration(now.getTime() - seenAt.getTime())}`}</Badge>
          )}
        </>
      ),
    },
    {
      label: "Receiving since",
      width: "w-44",
      wide: true,
      cell: ({ beganAt }) => <time dateTime={beganAt.toISOString()}>{moment(beganAt, zone)}</time>,
    },
    {
      ...{ label: "Delay", width: "w-32", wide: true, numeric: true },
      cell: ({ delay }) => (delay ? duration(delay.p50) : "–"),
    },
    { label: "Waiting", width: "w-28", numeric: true, cell: ({ waiting }) => count(waiting) },
    { label: "Failed", width: "w-28", numeric: true, cell: ({ failures }) => count(failures) },
  ];
  return (
    <section aria-label={TITLE} className="mt-2 grid grid-cols-1 gap-3">
      <h2 className="font-semibold">{TITLE}</h2>
      {servers.length > 0 ? (
        <DataTable
          caption={TITLE}
          columns={columns}
          rows={servers.map((server) => ({ id: server.server, ...server }))}
        />
      ) : (
        <p className="text-muted">None yet. Servers report every 15 seconds.</p>
      )}
    </section>
  );
}
