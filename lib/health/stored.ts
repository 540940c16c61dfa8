import "server-only";
import { z } from "zod";
import { db } from "@/lib/base/db";
import { log } from "@/lib/base/log";
import { single } from "@/lib/base/runtime";
import { CLOCK_SKEW_MS, DAY, HOUR, SLOT, slotOf, WEEK_SLOTS } from "@/lib/base/time";
import { respellingProgress } from "@/lib/click/respell";
import { ServerState } from "@/lib/deliveries/heartbeat/server-state";
import { mirror } from "@/lib/engines/duckdb/process-mirror";
import type { SeenServer, StoredFacts } from "@/lib/health/facts";

/** A silence is reported when its probability is below one in a thousand. */
const UNLIKELY = 0.001;
/** The epoch was a Thursday; where a week starts doesn't matter as long as it is the same for all. */
const quarterOf = (ms: number): number => slotOf(new Date(ms)) % WEEK_SLOTS;

/** Clicks of a usual week by quarter of an hour, averaged over this many weeks. */
type UsualWeek = { clicks: readonly number[]; weeks: number };

/** Clicks expected between two moments of a usual week. */
export function expectedClicks({ clicks }: UsualWeek, from: Date, to: Date): number {
  const [begin, end] = [from.getTime(), Math.min(to.getTime(), from.getTime() + WEEK_SLOTS * SLOT)];
  let expected = 0;
  for (let at = begin; at < end; ) {
    const next = Math.min(end, (Math.floor(at / SLOT) + 1) * SLOT);
    expected += ((clicks[quarterOf(at)] ?? 0) * (next - at)) / SLOT;
    at = next;
  }
  return expected;
}

/**
 * Whether no click since `last` is more than chance at this hour of the week. For independent clicks the probability of
 * none is e^-expected. Needs two weeks of history.
 */
export function isUnusuallySilent(week: UsualWeek, last: Date | null, now: Date): boolean {
  if (last === null || week.weeks < 2) return false;
  return Math.exp(-expectedClicks(week, last, now)) < UNLIKELY;
}

const WEEKS = 4;
/** Servers write a heartbeat every 15 seconds. */
const HERE_MS = 60_000;
/** Missing servers are shown for a while. */
const SEEN_MS = 600_000;
const LATELY_MS = 7 * DAY;

const Delay = z.array(z.object({ p50: z.number().nullable(), p95: z.number().nullable(), clicks: z.int() }));
const Week = z.array(z.object({ quarter: z.int(), clicks: z.int() }));

const NO_WEEK: UsualWeek = { clicks: [], weeks: 0 };

const usualWeeks = single("usual week", (): { known: { week: UsualWeek; at: number } | null } => ({ known: null }));

/** The usual week, at most an hour old. Read in the background; until then nothing counts as unusual. */
function usualWeek(now: Date): UsualWeek {
  const own = usualWeeks();
  const { known } = own;
  if (known && Math.abs(now.getTime() - known.at) < HOUR) return known.week;
  const week = known?.week ?? NO_WEEK;
  own.known = { week, at: now.getTime() };
  readWeek(now).then(
    (read) => {
      own.known = { week: read, at: now.getTime() };
    },
    (error: unknown) => {
      own.known = null;
      log.warn({ err: error }, "health: read of the usual week failed");
    },
  );
  return week;
}

/** Reads four weeks of clicks. */
async function readWeek(now: Date): Promise<UsualWeek> {
  const end = slotOf(now);
  const begin = end - WEEKS * WEEK_SLOTS;
  const [rows, first] = await Promise.all([
    db().$queryRaw`
      select slot % ${WEEK_SLOTS}::int as quarter, count(*)::int as clicks from click
      where slot >= ${begin}::int and slot < ${end}::int
        and clicked_at >= ${new Date(begin * SLOT)} and clicked_at < ${new Date(end * SLOT)} group by 1`,
    db().click.findFirst({
      where: { clickedAt: { gte: new Date(begin * SLOT) } },
      select: { clickedAt: true },
      orderBy: { clickedAt: "asc" },
    }),
  ]);
  const weeks = first ? (end - slotOf(first.clickedAt)) / WEEK_SLOTS : 0;
  const clicks = Array.from({ length: WEEK_SLOTS }, () => 0);
  for (const row of Week.parse(rows)) clicks[row.quarter] = row.clicks / Math.max(1, weeks);
  return { clicks, weeks };
}

async function readDelay(): Promise<StoredFacts["delay"]> {
  const [row] = Delay.parse(
    await db().$queryRaw`
      select percentile_disc(0.5) within group (order by ms)::float8 as p50,
             percentile_disc(0.95) within group (order by ms)::float8 as p95, count(*)::int as clicks
      from (select extract(epoch from received_at - clicked_at) * 1000 as ms from click order by seq desc limit 1000) as newest`,
  );
  return row && row.p50 !== null && row.p95 !== null ? { p50: row.p50, p95: row.p95, clicks: row.clicks } : null;
}

async function readLag(): Promise<number | null> {
  const last = mirror()?.last() ?? null;
  return last === null ? null : db().click.count({ where: { seq: { gt: last } } });
}

/** Servers with a recent heartbeat. A span known only from a spool has no state and is left out. */
async function readServers(now: Date): Promise<SeenServer[]> {
  const rows = await db().reception.findMany({
    where: { seenAt: { gte: new Date(now.getTime() - SEEN_MS) } },
    orderBy: [{ server: "asc" }, { seenAt: "desc" }, { id: "desc" }],
    distinct: ["server"],
  });
  return rows
    .map(({ server, beganAt, seenAt, state }) => ({
      ...{ server, beganAt, seenAt, isHere: now.getTime() - seenAt.getTime() < HERE_MS },
      ...ServerState.parse(state),
    }))
    .filter(({ version }) => version !== null);
}

async function readRejected(now: Date): Promise<number> {
  const { _sum } = await db().refusal.aggregate({
    _sum: { count: true },
    where: { minute: { gte: new Date(now.getTime() - DAY) }, reason: { not: "unavailable" } },
  });
  return _sum.count ?? 0;
}

async function readAhead(now: Date): Promise<StoredFacts["ahead"]> {
  const { _count, _max } = await db().click.aggregate({
    _count: true,
    _max: { clickedAt: true },
    where: { clickedAt: { gt: new Date(now.getTime() + CLOCK_SKEW_MS) } },
  });
  return _max.clickedAt ? { clicks: _count, latest: _max.clickedAt } : null;
}

/** Reads what the database knows. @throws whatever the database says */
export async function readStored(now: Date): Promise<StoredFacts> {
  const newest = { select: { receivedAt: true } } as const;
  const [click, delivery, delay, all, lately, mirrorLag, servers, rejected, ahead, respelling] = await Promise.all([
    db().click.findFirst({ ...newest, orderBy: { seq: "desc" } }),
    db().delivery.findFirst({ ...newest, orderBy: { receivedAt: "desc" } }),
    readDelay(),
    db().delivery.count({ where: { outcome: "quarantined" } }),
    db().delivery.count({
      where: { outcome: "quarantined", receivedAt: { gte: new Date(now.getTime() - LATELY_MS) } },
    }),
    readLag(),
    readServers(now),
    readRejected(now),
    readAhead(now),
    respellingProgress(),
  ]);
  const lastClick = click?.receivedAt ?? null;
  const times = [click, delivery].flatMap((row) => row?.receivedAt.getTime() ?? []);
  return {
    lastClick,
    lastDelivery: times.length > 0 ? new Date(Math.max(...times)) : null,
    delay,
    isSilent: isUnusuallySilent(usualWeek(now), lastClick, now),
    quarantined: { all, lately },
    mirrorLag,
    servers,
    rejected,
    ahead,
    respelling,
  };
}
