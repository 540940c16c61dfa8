import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY, localIso } from "@/lib/base/time";
import { WEEK_STARTS } from "@/lib/base/week-start";
import { filtersFromParams } from "@/lib/question/codec/read";
import { INTERVALS } from "@/lib/question/question";

function rangeOf(query: string, now: string): { from: string | null; to: string | null } | { problem: string } {
  const { range, zone, problems } = filtersFromParams(new URLSearchParams(query), new Date(now));
  if (problems[0]) return { problem: `${problems[0].param}: ${problems[0].message}` };
  const words = (date: Date | null) => date && localIso(date.getTime(), zone);
  return { from: words(range.from), to: words(range.to) };
}

const NOON = "2026-08-15T12:00:00Z";

test.each([
  ["", "2026-07-17T00:00:00+00:00", "2026-08-16T00:00:00+00:00"],
  ["interval=7d", "2026-08-09T00:00:00+00:00", "2026-08-16T00:00:00+00:00"],
  ["interval=30d", "2026-07-17T00:00:00+00:00", "2026-08-16T00:00:00+00:00"],
  ["interval=90d", "2026-05-18T00:00:00+00:00", "2026-08-16T00:00:00+00:00"],
  ["interval=1y", "2025-09-01T00:00:00+00:00", "2026-08-16T00:00:00+00:00"],
  ["interval=mtd", "2026-08-01T00:00:00+00:00", "2026-08-16T00:00:00+00:00"],
  ["interval=qtd", "2026-07-01T00:00:00+00:00", "2026-08-16T00:00:00+00:00"],
  ["interval=ytd", "2026-01-01T00:00:00+00:00", "2026-08-16T00:00:00+00:00"],
  ["interval=today", "2026-08-15T00:00:00+00:00", "2026-08-16T00:00:00+00:00"],
  ["interval=yesterday", "2026-08-14T00:00:00+00:00", "2026-08-15T00:00:00+00:00"],
  ["interval=wtd", "2026-08-10T00:00:00+00:00", "2026-08-16T00:00:00+00:00"],
  ["interval=lastWeek", "2026-08-03T00:00:00+00:00", "2026-08-10T00:00:00+00:00"],
  ["interval=wtd&weekStart=sunday", "2026-08-09T00:00:00+00:00", "2026-08-16T00:00:00+00:00"],
  ["interval=lastWeek&weekStart=sunday", "2026-08-02T00:00:00+00:00", "2026-08-09T00:00:00+00:00"],
  ["interval=wtd&weekStart=saturday", "2026-08-15T00:00:00+00:00", "2026-08-16T00:00:00+00:00"],
  ["interval=lastWeek&weekStart=saturday", "2026-08-08T00:00:00+00:00", "2026-08-15T00:00:00+00:00"],
  ["interval=lastMonth", "2026-07-01T00:00:00+00:00", "2026-08-01T00:00:00+00:00"],
  ["interval=lastQuarter", "2026-04-01T00:00:00+00:00", "2026-07-01T00:00:00+00:00"],
  ["interval=lastYear", "2025-01-01T00:00:00+00:00", "2026-01-01T00:00:00+00:00"],
  ["interval=all", null, null],
  ["interval=", "2026-07-17T00:00:00+00:00", "2026-08-16T00:00:00+00:00"],
  ["interval=1y&interval=7d", "2026-08-09T00:00:00+00:00", "2026-08-16T00:00:00+00:00"],
  ["start=2026-08-01&end=2026-08-03", "2026-08-01T00:00:00+00:00", "2026-08-04T00:00:00+00:00"],
  ["start=2026-08-01&end=2026-08-01", "2026-08-01T00:00:00+00:00", "2026-08-02T00:00:00+00:00"],
  ["start=2026-08-01&interval=7d", "2026-08-01T00:00:00+00:00", "2026-08-16T00:00:00+00:00"],
  ["end=2026-08-01", null, "2026-08-02T00:00:00+00:00"],
  ["start=2026-08-01T09:30:00Z&end=2026-08-01T10:00Z", "2026-08-01T09:30:00+00:00", "2026-08-01T10:00:00+00:00"],
  ["start=2026-08-01T09:30:00%2B02:00&end=2026-08-02", "2026-08-01T07:30:00+00:00", "2026-08-03T00:00:00+00:00"],
  ["start=2026-08-01T09:30:00+02:00&end=2026-08-02", "2026-08-01T07:30:00+00:00", "2026-08-03T00:00:00+00:00"],
  ["start=2026-08-01T09:30:00.000-0400&end=2026-08-02", "2026-08-01T13:30:00+00:00", "2026-08-03T00:00:00+00:00"],
])("%j is from %s until %s", (query, from, to) => {
  expect(rangeOf(query, NOON)).toEqual({ from, to });
});

test("this week starts on its day at local midnight, and is compared with the part of the week before that has passed", () => {
  const zones = ["UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham"];
  // Around every clock change of these zones, and between them.
  const [first, last] = [Date.parse("2026-01-05T00:00Z"), Date.parse("2026-12-20T00:00Z")];
  const moment = fc.integer({ min: first / 1_000, max: last / 1_000 }).map((seconds) => seconds * 1_000);
  const clock = (date: Date | null, zone: string) => {
    if (!date) return null;
    const time = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "medium" }).format(date);
    return `${new Intl.DateTimeFormat("en", { timeZone: zone, weekday: "long" }).format(date).toLowerCase()} ${time}`;
  };
  fc.assert(
    fc.property(moment, fc.constantFrom(...zones), fc.constantFrom(...WEEK_STARTS), (ms, timezone, weekStart) => {
      const now = new Date(ms);
      const ask = (interval: string) =>
        filtersFromParams(new URLSearchParams({ interval, timezone, weekStart, compare: "previous" }), now);
      const [week, last] = [ask("wtd"), ask("lastWeek")];
      const [from, before] = [week.range.from, last.range.from];
      expect([from, before].map((date) => clock(date, timezone))).toEqual(Array(2).fill(`${weekStart} 00:00:00`));
      const days = (ms - (from?.getTime() ?? 0)) / DAY;
      expect(days).toBeGreaterThanOrEqual(0);
      // An hour more where clocks go back.
      expect(days).toBeLessThanOrEqual(7 + 1 / 24);
      expect(last.range.to).toEqual(from);
      expect(week.comparison?.from).toEqual(before);
      expect(clock(week.comparison?.to ?? null, timezone)).toBe(clock(now, timezone));
    }),
    { seed: 20_261_130, numRuns: 2_000 },
  );
});

test("a week starts on no other day", () => {
  const words = "weekStart: Use monday or sunday or saturday.";
  expect(rangeOf("weekStart=friday", NOON)).toEqual({ problem: words });
});

test("the last 24 hours end now, and a click of this millisecond is inside", () => {
  const { range } = filtersFromParams(new URLSearchParams("interval=24h"), new Date(NOON));
  expect(range).toEqual({
    interval: "24h",
    from: new Date("2026-08-14T12:00:00Z"),
    to: new Date("2026-08-15T12:00:00.001Z"),
  });
});

test("a time without an offset is local", () => {
  expect(rangeOf("start=2026-08-01T09:00&end=2026-08-01T10:00&timezone=Asia/Kathmandu", NOON)).toEqual({
    from: "2026-08-01T09:00:00+05:45",
    to: "2026-08-01T10:00:00+05:45",
  });
});

test("days are the zone's, across a clock change", () => {
  const zone = "timezone=America/New_York";
  expect(rangeOf(`interval=7d&${zone}`, "2026-03-10T03:30:00Z")).toEqual({
    from: "2026-03-03T00:00:00-05:00",
    to: "2026-03-10T00:00:00-04:00",
  });
  expect(rangeOf(`start=2026-11-01&end=2026-11-01&${zone}`, NOON)).toEqual({
    from: "2026-11-01T00:00:00-04:00",
    to: "2026-11-02T00:00:00-05:00",
  });
  expect(rangeOf(`start=2026-03-08T02:30&end=2026-03-09&${zone}`, NOON)).toEqual({
    from: "2026-03-08T03:30:00-04:00",
    to: "2026-03-10T00:00:00-04:00",
  });
});

test("days next to each other have no click twice and none lost, where midnight is skipped or repeated", () => {
  for (const [zone, days] of [
    ["Africa/Cairo", ["2026-04-22", "2026-04-23", "2026-04-24", "2026-04-25"]],
    ["America/Havana", ["2026-10-31", "2026-11-01", "2026-11-02"]],
  ] as const) {
    const ranges = days.map((day) => rangeOf(`start=${day}&end=${day}&timezone=${zone}`, NOON));
    const edges = ranges.map((range) => ("from" in range ? range : { from: null, to: null }));
    expect(edges.slice(1).map(({ from }) => from)).toEqual(edges.slice(0, -1).map(({ to }) => to));
  }
});

test("twelve months end with this one, also in February of a leap year", () => {
  expect(rangeOf("interval=1y", "2028-02-29T12:00:00Z")).toEqual({
    from: "2027-03-01T00:00:00+00:00",
    to: "2028-03-01T00:00:00+00:00",
  });
});

test("weeks begin on Monday, months end in a leap day, and the last quarter may be of the year before", () => {
  const at = (interval: string, now: string) => rangeOf(`interval=${interval}`, now);
  expect(at("wtd", "2026-08-16T23:59:59Z")).toMatchObject({ from: "2026-08-10T00:00:00+00:00" });
  expect(at("wtd", "2026-08-17T00:00:00Z")).toMatchObject({ from: "2026-08-17T00:00:00+00:00" });
  expect(at("lastWeek", "2027-01-01T12:00:00Z")).toEqual({
    from: "2026-12-21T00:00:00+00:00",
    to: "2026-12-28T00:00:00+00:00",
  });
  expect(at("lastMonth", "2028-03-31T12:00:00Z")).toEqual({
    from: "2028-02-01T00:00:00+00:00",
    to: "2028-03-01T00:00:00+00:00",
  });
  expect(at("lastQuarter", "2026-02-10T12:00:00Z")).toEqual({
    from: "2025-10-01T00:00:00+00:00",
    to: "2026-01-01T00:00:00+00:00",
  });
  expect(at("yesterday", "2028-03-01T12:00:00Z")).toMatchObject({ from: "2028-02-29T00:00:00+00:00" });
});

test("today and yesterday are as long as the clocks make them", () => {
  const zone = "timezone=America/New_York";
  expect(rangeOf(`interval=today&${zone}`, "2026-03-08T12:00:00Z")).toEqual({
    from: "2026-03-08T00:00:00-05:00",
    to: "2026-03-09T00:00:00-04:00",
  });
  expect(rangeOf(`interval=yesterday&${zone}`, "2026-11-02T12:00:00Z")).toEqual({
    from: "2026-11-01T00:00:00-04:00",
    to: "2026-11-02T00:00:00-05:00",
  });
  expect(rangeOf(`interval=lastMonth&${zone}`, "2026-12-01T04:59:00Z")).toEqual({
    from: "2026-10-01T00:00:00-04:00",
    to: "2026-11-01T00:00:00-04:00",
  });
  expect(rangeOf(`interval=lastWeek&timezone=Europe/Berlin`, "2026-10-26T12:00:00Z")).toEqual({
    from: "2026-10-19T00:00:00+02:00",
    to: "2026-10-26T00:00:00+01:00",
  });
});

test("neighbouring pieces of the calendar share their edge where midnight is skipped or repeated", () => {
  for (const [zone, now] of [
    ["Africa/Cairo", "2026-04-24T12:00:00Z"],
    ["Africa/Cairo", "2026-04-25T12:00:00Z"],
    ["America/Havana", "2026-11-01T18:00:00Z"],
    ["America/Havana", "2026-11-02T18:00:00Z"],
  ] as const) {
    const [before, after] = ["yesterday", "today"].map((word) => rangeOf(`interval=${word}&timezone=${zone}`, now));
    expect(before).toMatchObject({ to: after && "from" in after ? after.from : "a range" });
  }
});

const FORMS = "Use a date such as 2026-08-01, or a time such as 2026-08-01T09:00:00Z.";

test.each([
  ["interval=2w", `interval: Use one of ${INTERVALS.join(", ")}.`],
  ["start=4 hours ago", `start: ${FORMS}`],
  ["start=2026-08-01&end=tomorrow", `end: ${FORMS}`],
  ["start=1723514000000", `start: ${FORMS}`],
  ["start=2026-02-30", "start: This date doesn’t exist."],
  ["start=2026-08-01T25:00:00Z", "start: This time doesn’t exist."],
  ["start=1066-10-14", "start: Use a year from 1970 to 2999."],
  ["start=9999-01-01", "start: Use a year from 1970 to 2999."],
  ["start=2026-08-03&end=2026-08-01", "end: The end must be after the start."],
  ["start=2026-08-01T10:00Z&end=2026-08-01T10:00Z", "end: The end must be after the start."],
  ["start=2026-08-17", "start: The end must be after the start."],
  ["interval=7d&end=2026-08-01", "end: Add a start, or remove the end."],
  ["timezone=Mars/Olympus", "timezone: Use an IANA name such as Europe/Berlin."],
])("%j is refused", (query, problem) => {
  expect(rangeOf(query, NOON)).toEqual({ problem });
});
