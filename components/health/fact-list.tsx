import { CircleCheck, TriangleAlert } from "lucide-react";
import { text } from "@/components/health/text";
import { count, duration, moment, size } from "@/lib/base/format";
import type { HealthFacts } from "@/lib/health/facts";
import type { ProblemId } from "@/lib/health/judge";

const say = text.facts;

/** A line of the health page: what, how it is, more about it, and which problems are about it. */
type HealthRow = { label: string; value: string; note: string | null; problems: ProblemId[] };

const ago = (then: Date, now: Date) => say.ago(duration(Math.max(0, now.getTime() - then.getTime())));

function mirrorWords({ state, progress }: HealthFacts["mirror"]): string {
  return state === "filling" ? say.mirrorFills(Math.floor((progress ?? 0) * 100)) : say.mirrorIs[state];
}

function lagWords(lag: number | null): string | null {
  if (lag === null) return null;
  return lag === 0 ? say.mirrorHasAll : say.mirrorLags(lag);
}

/** Only while it runs, once after an upgrade. */
function spellingRows(progress: number | null): HealthRow[] {
  if (progress === null) return [];
  const value = say.spellingRuns(Math.floor(progress * 100));
  return [{ label: say.spelling, value, note: say.spellingMeans, problems: [] }];
}

/** Every fact in words. What cannot be known while the database is away says so. */
export function healthRows(facts: HealthFacts, zone: string): HealthRow[] {
  const { at, database, spool, waiting, mirror, disk, failures, stored } = facts;
  const unknown = stored ? say.noneSoFar : say.notKnownNow;
  const time = (date: Date | null | undefined) =>
    date ? { value: ago(date, at), note: moment(date, zone) } : { value: unknown, note: null };
  return [
    {
      label: say.database,
      value: database === null ? say.reachable : say.away,
      note: database,
      problems: ["database"],
    },
    {
      label: say.spool,
      value: waiting === 0 ? say.empty : say.waiting(waiting),
      note: say.spoolSize(size(spool.bytes), size(spool.limit)),
      problems: ["spool", "spool-full", "spool-unusable", "spool-still"],
    },
    { label: say.lastDelivery, ...time(stored?.lastDelivery), problems: [] },
    { label: say.lastClick, ...time(stored?.lastClick), problems: ["silence"] },
    {
      label: say.onTheWay,
      value: stored?.delay ? say.halfWithin(duration(stored.delay.p50)) : unknown,
      note: stored?.delay ? say.mostWithin(duration(stored.delay.p95), stored.delay.clicks) : null,
      problems: [],
    },
    {
      label: say.failures,
      value: count(failures),
      note: say.whatFails,
      problems: ["failures"],
    },
    {
      label: say.rejected,
      value: stored ? say.inLastDay(stored.rejected) : unknown,
      note: say.whatIsRejected,
      problems: ["secrets"],
    },
    {
      label: say.ahead,
      value: stored ? (stored.ahead ? say.aheadClicks(stored.ahead.clicks) : say.none) : unknown,
      note: stored?.ahead ? say.until(moment(stored.ahead.latest, zone)) : null,
      problems: ["ahead"],
    },
    {
      label: say.inQuarantine,
      value: stored ? count(stored.quarantined.all) : unknown,
      note: say.whatIsInQuarantine,
      problems: ["quarantine"],
    },
    {
      label: say.mirror,
      value: mirrorWords(mirror),
      note: mirror.reason ?? lagWords(stored?.mirrorLag ?? null),
      problems: ["mirror"],
    },
    ...spellingRows(stored?.respelling ?? null),
    {
      label: say.disk,
      value: disk ? say.free(size(disk.free)) : say.notKnown,
      note: disk && say.diskSize(size(disk.size)),
      problems: ["disk"],
    },
  ];
}

/** Every fact on a line with whether it is as it should be; `bad` are the lines that are not. */
export function FactList({ rows, bad }: { rows: HealthRow[]; bad: ReadonlySet<HealthRow> }) {
  return (
    <dl className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface shadow-card">
      {rows.map((row) => {
        const isBad = bad.has(row);
        return (
          <div
            key={row.label}
            className="grid grid-cols-[1.25rem_1fr] gap-x-3 gap-y-0.5 px-4 py-3 sm:grid-cols-[1.25rem_9rem_1fr]"
          >
            <dt className="col-span-2 grid grid-cols-subgrid items-start text-muted">
              {isBad ? (
                <TriangleAlert aria-hidden className="mt-0.5 size-4 text-warn" />
              ) : (
                <CircleCheck aria-hidden className="mt-0.5 size-4 text-accent" />
              )}
              {row.label}
            </dt>
            <dd className="max-sm:col-start-2">
              <span className={`font-medium tabular-nums ${isBad ? "text-warn" : ""}`}>
                {row.value}
                {isBad && <span className="sr-only"> {text.needsALook}</span>}
              </span>
              {row.note && <p className="text-muted">{row.note}</p>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
