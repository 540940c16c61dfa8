import { expect, test } from "vitest";
import { AnalyticsQuery, filtersOf, readQuery } from "@/lib/api/dub/query";

const NOW = new Date("2026-07-15T18:00:00Z");
const ZONE = "America/New_York";

/** The range of some parameters at noon and two hours in July, in New York. */
function rangeOf(params: Record<string, string>): [string | undefined, string | undefined] {
  const query = readQuery(AnalyticsQuery, new URLSearchParams({ timezone: ZONE, ...params }));
  const { range } = filtersOf(query, NOW);
  return [range.from?.toISOString(), range.to?.toISOString()];
}

test.each([
  // In winter the zone's clocks are an hour further behind than now.
  [
    { start: "Jan 5 2026 at 12:15 am", end: "Jan 5 2026 at 1 am" },
    "2026-01-05T05:00:00.000Z",
    "2026-01-06T05:00:00.000Z",
  ],
  [
    { start: "Jan 5 2026 at 12:15 am", end: "Jan 5 2026 at 1 am", exact: "true" },
    "2026-01-05T05:15:00.000Z",
    "2026-01-05T06:00:00.000Z",
  ],
  [{ start: "Jul 1 2026", end: "Jul 3 2026", exact: "true" }, "2026-07-01T04:00:00.000Z", "2026-07-04T04:00:00.000Z"],
  [{ start: "yesterday", end: "yesterday", exact: "true" }, "2026-07-14T04:00:00.000Z", "2026-07-15T04:00:00.000Z"],
  [{ start: "4 hours ago", exact: "true" }, "2026-07-15T14:00:00.000Z", "2026-07-16T04:00:00.000Z"],
  [{ start: "4 hours ago" }, "2026-07-15T04:00:00.000Z", "2026-07-16T04:00:00.000Z"],
  [{ start: "2026-03-08", end: "2026-03-08" }, "2026-03-08T05:00:00.000Z", "2026-03-09T04:00:00.000Z"],
  [
    { start: "2026-03-08T00:00:00Z", end: "2026-03-01T00:00:00Z" },
    "2026-02-28T05:00:00.000Z",
    "2026-03-08T05:00:00.000Z",
  ],
  [{ interval: "7d" }, "2026-07-08T18:00:00.000Z", "2026-07-16T04:00:00.000Z"],
  [{ interval: "1y" }, "2025-07-15T18:00:00.000Z", "2026-07-16T04:00:00.000Z"],
  [{ interval: "qtd" }, "2026-07-01T04:00:00.000Z", "2026-07-16T04:00:00.000Z"],
  [{ interval: "all" }, undefined, "2026-07-16T04:00:00.000Z"],
  [{ interval: "all", timezone: "Mars/Base" }, undefined, "2026-07-16T00:00:00.000Z"],
])("%o is from %s to %s", (params, from, to) => {
  expect(rangeOf(params)).toEqual([from, to]);
});

test.each([
  "+002026-08-01T00:00:00Z",
  "country 5pm",
  "5pm and 7pm",
  "monday to friday",
  "never",
  "2026-13-01",
  "31/31/2026",
])("%s is no time", (start) => {
  expect(() => rangeOf({ start })).toThrow(/^custom: start: /);
});
