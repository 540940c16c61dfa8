import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { bucketStarts, foldSlots, GRANULARITIES, type Granularity, SLOT, slotOf } from "@/lib/base/time";
import { Prisma } from "@/lib/generated/prisma/client";

/** Days around the clock changes of each zone, or any days where there is none. */
const CHANGES: [zone: string, from: string, to: string][] = [
  ["UTC", "2026-02-26", "2026-03-10"],
  ["America/New_York", "2026-03-06", "2026-03-10"],
  ["America/New_York", "2026-10-30", "2026-11-03"],
  ["Asia/Kolkata", "2026-07-30", "2026-08-04"],
  ["Asia/Kathmandu", "2026-07-30", "2026-08-04"],
  ["Pacific/Chatham", "2026-04-03", "2026-04-07"],
  ["Pacific/Chatham", "2026-09-25", "2026-09-29"],
  ["Australia/Lord_Howe", "2026-04-03", "2026-04-07"],
  ["Australia/Lord_Howe", "2026-10-02", "2026-10-06"],
  // Midnight is skipped, then repeated.
  ["Africa/Cairo", "2026-04-22", "2026-04-26"],
  ["Asia/Beirut", "2026-03-27", "2026-03-31"],
  ["America/Havana", "2026-03-06", "2026-03-10"],
  ["America/Havana", "2026-10-30", "2026-11-03"],
  ["America/Havana", "2025-10-31", "2025-11-04"],
  ["Atlantic/Azores", "2026-10-23", "2026-10-27"],
  ["Europe/Dublin", "2026-10-23", "2026-10-27"],
  // A day that never was.
  ["Pacific/Apia", "2011-12-28", "2012-01-02"],
];

const QUARTER = 15 * 60_000;

/** Minutes that clocks of a zone are ahead of UTC, as Node knows it. */
function offsetAt(zone: string, at: number): number {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  const name = format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign = "+", hours = "0", minutes = "0"] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** Of POSIX, where west of Greenwich is positive. */
const posixOffset = (minutes: number) =>
  `${minutes > 0 ? "-" : ""}${Math.floor(Math.abs(minutes) / 60)}:${String(Math.abs(minutes) % 60).padStart(2, "0")}`;

/** A day of a year, without 29 February, and a time of it. */
function posixMoment(local: number): string {
  const day = new Date(local);
  const number = Math.floor((local - Date.UTC(day.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
  return `J${number}/${day.getUTCHours()}:${String(day.getUTCMinutes()).padStart(2, "0")}`;
}

const zones = new Map<string, string>();

/**
 * The clocks of a zone in a span as Postgres takes them without zone data of its own, which may be newer or older than
 * Node's: what is compared is how days and hours are cut, not whose data is right.
 */
function clocksOf(zone: string, from: Date, to: Date): string {
  const key = [zone, from.getTime(), to.getTime()].join();
  const known = zones.get(key);
  if (known) return known;
  const changes: { up: boolean; before: number; after: number; moment: string }[] = [];
  let before = offsetAt(zone, from.getTime());
  for (let at = from.getTime(); at < to.getTime(); at += QUARTER) {
    const after = offsetAt(zone, at);
    if (after !== before)
      changes.push({ up: after > before, before, after, moment: posixMoment(at + before * 60_000) });
    before = after;
  }
  const [first] = changes;
  const [least, most] = first ? [first.before, first.after].sort((a, b) => a - b) : [before, before];
  // What the span doesn't have is half a year away from what it has.
  const elsewhere = posixMoment(from.getTime() + (from.getUTCMonth() < 6 ? 182 : -182) * 86_400_000);
  const momentOf = (up: boolean) => changes.find((change) => change.up === up)?.moment ?? elsewhere;
  const summer = first ? `<DST>${posixOffset(most ?? 0)},${momentOf(true)},${momentOf(false)}` : "";
  const clocks = `<STD>${posixOffset(least ?? 0)}${summer}`;
  zones.set(key, clocks);
  return clocks;
}

/**
 * Postgres' own bucket of every quarter hour in between. Of a midnight that clocks show twice it takes the second, and the
 * hour before would lie outside of its day: there it is an hour earlier. Where clocks change by half an hour it lets an
 * hour begin before the change, in the hour before; there it begins with its first quarter.
 */
async function truncated(granularity: Granularity, name: string, from: Date, to: Date) {
  const zone = clocksOf(name, from, to);
  // `date_trunc` has no quarter hours; they are the same in every zone.
  const start =
    granularity === "quarterHour"
      ? Prisma.sql`date_bin('15 minutes', instant, timestamptz 'epoch')`
      : Prisma.sql`date_trunc(${granularity}, instant, ${zone})`;
  return db().$queryRaw<{ slot: number; start: number }[]>`
    select slot, cast(extract(epoch from case when ${granularity} in ('day', 'week', 'month')
        and (start - interval '1 hour') at time zone ${zone} = start at time zone ${zone}
        then start - interval '1 hour'
        when ${granularity} = 'hour' and start >= cast(${from.toISOString()} as timestamptz)
        then min(instant) over (partition by start)
        else start end) * 1000 as float8) as start
    from (
      select instant, cast(extract(epoch from instant) / 900 as int) as slot, ${start} as start
      from generate_series(
        cast(${from.toISOString()} as timestamptz),
        cast(${to.toISOString()} as timestamptz) - interval '15 minutes',
        interval '15 minutes'
      ) as instant
    ) as truncated`;
}

const cases = CHANGES.flatMap(([zone, from, to]) =>
  GRANULARITIES.map((granularity) => ({ zone, granularity, from: new Date(from), to: new Date(to) })),
);

test.each(cases)("every quarter hour of $zone is in Postgres' own $granularity ($from)", async (given) => {
  const { zone, granularity, from, to } = given;
  const expected = await truncated(granularity, zone, from, to);
  expect(expected).toHaveLength((to.getTime() - from.getTime()) / SLOT);

  const starts = bucketStarts(from, to, granularity, zone);
  const found = expected.map(({ slot }) => {
    const clicks = foldSlots([{ slot, clicks: 1 }], starts, granularity, zone);
    return { slot, start: starts[clicks.indexOf(1)] };
  });
  expect(found).toEqual(expected);
});

test.each(cases)("the buckets of $zone by $granularity are those with an instant, in order ($from)", async (given) => {
  const { zone, granularity, from, to } = given;
  const expected = await truncated(granularity, zone, from, to);
  const starts = [...new Set(expected.map(({ start }) => start))].sort((a, b) => a - b);
  expect(bucketStarts(from, to, granularity, zone)).toEqual(starts);
});

test("a year of hours in New York is Postgres' own", async () => {
  const [from, to] = [new Date("2026-01-01T05:00:00Z"), new Date("2027-01-01T05:00:00Z")];
  const expected = await truncated("hour", "America/New_York", from, to);
  const starts = bucketStarts(from, to, "hour", "America/New_York");
  expect(starts).toEqual([...new Set(expected.map(({ start }) => start))]);
  const rows = Array.from({ length: expected.length }, (_, index) => ({ slot: slotOf(from) + index, clicks: 1 }));
  expect(foldSlots(rows, starts, "hour", "America/New_York")).toEqual(starts.map(() => 4));
});
