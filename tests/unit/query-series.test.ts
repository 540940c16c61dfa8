import { expect, test } from "vitest";
import { downtimeText } from "@/components/charts/plot";
import { gapsAmong, seriesPoints } from "@/components/figures/series-points";
import { bucketStarts, type Granularity } from "@/lib/base/time";
import type { Span } from "@/lib/deliveries/heartbeat/spans";
import { filtersFromParams } from "@/lib/question/codec/read";
import { bucketEnd, granularitiesFor, pointsOf } from "@/lib/question/series";

const NOW = new Date("2026-11-25T10:30:00Z");
const DAY = 24 * 60 * 60 * 1000;

test.each([
  [0.125, ["quarterHour", "hour"]],
  [1, ["quarterHour", "hour"]],
  [2, ["quarterHour", "hour", "day"]],
  [7, ["hour", "day"]],
  [14, ["hour", "day", "week"]],
  [30, ["day", "week"]],
  [90, ["day", "week", "month"]],
  [366, ["day", "week", "month"]],
  [1_100, ["week", "month"]],
])("%s days can be read in %j", (days, expected) => {
  expect(granularitiesFor(NOW, new Date(NOW.getTime() + days * DAY))).toEqual(expected);
});

test("a bucket ends where the next begins, also when the clocks change", () => {
  for (const zone of ["UTC", "America/New_York", "Europe/Berlin", "Asia/Kathmandu"]) {
    for (const granularity of ["hour", "day", "week", "month"] as const) {
      const starts = bucketStarts(new Date("2026-10-20T00:00Z"), new Date("2026-11-10T00:00Z"), granularity, zone);
      for (const [index, start] of starts.slice(0, -1).entries()) {
        expect(bucketEnd(start, granularity, zone)).toBe(starts[index + 1]);
      }
    }
  }
});

/** What is drawn of a range without clicks. */
function drawn(query: string, downtimes: Span[] = [], firstClick: Date | null = null) {
  const filters = filtersFromParams(new URLSearchParams(query), NOW);
  const { range, comparison, zone } = filters;
  const granularity: Granularity = filters.granularity ?? "day";
  const span = { from: range.from ?? NOW, to: range.to ?? NOW };
  const empty = ({ from, to }: { from: Date; to: Date }) =>
    pointsOf([], bucketStarts(from, to, granularity, zone), granularity, zone);
  const points = empty(span);
  const previous = comparison && empty(comparison);
  return seriesPoints({ granularity, zone, points, ...(previous && { previous }) }, filters, { downtimes, firstClick });
}

test("the bucket of now is not over, those ahead of it have not begun, others are whole", () => {
  const points = drawn("start=2026-11-23&end=2026-11-27");
  expect(points.map(({ part, clicks }) => [part, clicks])).toEqual([
    [undefined, 0],
    [undefined, 0],
    ["so far", 0],
    [undefined, null],
    [undefined, null],
  ]);
});

test("a bucket in which nothing could have been received says so, that of now as far as it has come", () => {
  const [first, last] = [new Date("2026-11-23T18:00Z"), new Date("2026-11-26T00:00Z")];
  const points = drawn("start=2026-11-22&end=2026-11-27", [{ from: first, to: last }]);
  expect(points.map(({ downtime }) => downtime)).toEqual([undefined, "part", "whole", "whole", undefined, undefined]);
  const series = {
    granularity: "day" as const,
    zone: "UTC",
    points: points.map(({ start }) => ({ start, clicks: 0 })),
  };
  const gaps = (from: Date, to: Date) => gapsAmong(series, { downtimes: [{ from, to }], firstClick: null });
  expect(gaps(first, last)).toEqual([{ from: 1.75, to: 4, isBefore: false }]);
  expect(gaps(new Date(0), new Date(1))).toEqual([]);
  expect(downtimeText("whole", 0)).toBe("no data received");
  expect(downtimeText("whole", 3)).toBe("received later");
  expect(downtimeText("part", 0)).toBe("no data received for part of it");
});

test("before the first click there is no data, which differs from no clicks", () => {
  const firstClick = new Date("2026-11-24T06:00Z");
  const points = drawn("start=2026-11-22&end=2026-11-25", [], firstClick);
  expect(points.map(({ downtime }) => downtime)).toEqual(["no data yet", "no data yet", undefined, undefined]);
  const series = {
    granularity: "day" as const,
    zone: "UTC",
    points: points.map(({ start }) => ({ start, clicks: 0 })),
  };
  expect(gapsAmong(series, { downtimes: [], firstClick })).toEqual([{ from: 0, to: 2.25, isBefore: true }]);
  expect(gapsAmong(series, { downtimes: [], firstClick: new Date(0) })).toEqual([]);
  expect(downtimeText("no data yet", 0)).toBe("no data yet");
});

test("a bucket of which the range has only a part says so", () => {
  const weeks = drawn("start=2026-11-04&end=2026-11-19&granularity=week");
  expect(weeks.map(({ part }) => part)).toEqual(["in part", undefined, "in part"]);
  expect(drawn("interval=24h&granularity=hour").map(({ part }) => part)[0]).toBe("in part");
  expect(drawn("interval=yesterday&granularity=hour").map(({ part }) => part)).toEqual(new Array(24).fill(undefined));
});

test("a bucket leads to itself: days as dates, hours as instants, and never beyond the range", () => {
  const zoom = (query: string, index: number) => drawn(query).at(index)?.zoom;
  expect(zoom("interval=7d", 0)).toEqual({ from: "2026-11-19", to: "2026-11-19" });
  expect(zoom("start=2026-11-04&end=2026-11-19&granularity=week", 0)).toEqual({ from: "2026-11-04", to: "2026-11-08" });
  expect(zoom("start=2026-11-01&end=2027-01-31&granularity=month", 1)).toEqual({
    from: "2026-12-01",
    to: "2026-12-31",
  });
  expect(zoom("interval=yesterday&granularity=hour&timezone=Asia/Kathmandu", 1)).toEqual({
    from: "2026-11-23T19:15Z",
    to: "2026-11-23T20:15Z",
  });
});

test("beside each bucket stands the one of the comparison, with its own date", () => {
  const [first] = drawn("interval=7d&compare=previous");
  expect(first?.previous?.label.replaceAll(/,|\s/g, " ").replaceAll("  ", " ")).toBe("Thu 12 Nov 2026");
  expect(drawn("start=2026-03-01&end=2026-03-31&compare=previous").at(-1)?.previous).toBeUndefined();
});
