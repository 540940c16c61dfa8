import { expect, test } from "vitest";
import { bucketStarts, type Granularity, localIso } from "@/lib/base/time";
import { filtersFromParams } from "@/lib/question/codec/read";
import { pairsOf } from "@/lib/question/series";

/** Begins of the buckets that stand beside each other, as clocks in the zone show them; nothing where there is no partner. */
function pairs(query: string, granularity: Granularity, zone = "UTC", now = "2027-06-01T00:00:00Z"): string[] {
  const params = new URLSearchParams(`${query}&timezone=${zone}`);
  const { range, comparison, problems } = filtersFromParams(params, new Date(now));
  if (problems.length > 0 || !range.from || !range.to || !comparison) throw new Error(JSON.stringify(problems));
  const points = (span: { from: Date; to: Date }) =>
    bucketStarts(span.from, span.to, granularity, zone).map((start) => ({ start, clicks: 1 }));
  const series = {
    granularity,
    zone,
    points: points({ from: range.from, to: range.to }),
    previous: points(comparison),
  };
  const words = (point: { start: number } | null) => (point ? localIso(point.start, zone).slice(0, 16) : "–");
  return pairsOf(series).map(({ point, previous }) => `${words(point)} ${words(previous)}`);
}
const days = (all: string[]) => all.map((pair) => pair.replaceAll(/T00:00/g, ""));

test("after 29 February every day stands beside its own date of the year before", () => {
  const all = days(pairs("start=2024-01-01&end=2024-12-31&compare=year", "day"));
  expect(all).toHaveLength(366);
  expect(all.slice(58, 61)).toEqual(["2024-02-28 2023-02-28", "2024-02-29 –", "2024-03-01 2023-03-01"]);
  expect(all.at(-1)).toBe("2024-12-31 2023-12-31");
});

test("a leap day that only the year before has stands alone, in its place", () => {
  const all = days(pairs("start=2025-02-27&end=2025-03-02&compare=year", "day"));
  expect(all).toEqual([
    ...["2025-02-27 2024-02-27", "2025-02-28 2024-02-28", "– 2024-02-29", "2025-03-01 2024-03-01"],
    "2025-03-02 2024-03-02",
  ]);
});

test("a shorter month beside a longer one loses none of its days, nor a quarter", () => {
  expect(days(pairs("start=2026-02-01&end=2026-02-28&compare=previous", "day")).slice(-4)).toEqual([
    ...["2026-02-28 2026-01-28", "– 2026-01-29", "– 2026-01-30", "– 2026-01-31"],
  ]);
  const quarter = days(pairs("start=2026-04-01&end=2026-06-30&compare=previous", "day"));
  expect(quarter).toContain("– 2026-01-31");
  expect(quarter).toContain("2026-05-31 –");
  expect(quarter.filter((pair) => !pair.startsWith("–"))).toHaveLength(91);
  expect(quarter.filter((pair) => !pair.endsWith("–"))).toHaveLength(90);
});

test("on a day of a clock change noon stands beside noon, and the hour that is skipped or repeated alone", () => {
  const spring = pairs("start=2026-03-29&end=2026-03-29&compare=previous", "hour", "Europe/Berlin");
  expect(spring).toContain("2026-03-29T12:00 2026-03-28T12:00");
  expect(spring).toContain("– 2026-03-28T02:00");
  const autumn = pairs("start=2026-10-25&end=2026-10-25&compare=previous", "hour", "Europe/Berlin");
  expect(autumn).toContain("2026-10-25T12:00 2026-10-24T12:00");
  expect(autumn.filter((pair) => pair.startsWith("2026-10-25T02:00"))).toEqual([
    ...["2026-10-25T02:00 2026-10-24T02:00", "2026-10-25T02:00 –"],
  ]);
  const after = pairs("start=2026-03-30&end=2026-03-30&compare=previous", "hour", "Europe/Berlin");
  expect(after).toContain("2026-03-30T12:00 2026-03-29T12:00");
  expect(after).toContain("2026-03-30T02:00 –");
});

test("the last 24 hours stand beside the same clock, also across a change", () => {
  const all = pairs("interval=24h&compare=previous", "hour", "America/New_York", "2026-03-08T16:30:00Z");
  expect(all.filter((pair) => !pair.includes("–")).every((pair) => pair.slice(11, 16) === pair.slice(28, 33))).toBe(
    true,
  );
  expect(all).toContain("2026-03-08T11:00 2026-03-07T11:00");
});

test("by weekday, by week and beside a range of one's own", () => {
  expect(pairs("start=2026-03-02&end=2026-03-08&compare=year&compareAlign=weekday", "day")[0]).toBe(
    "2026-03-02T00:00 2025-03-03T00:00",
  );
  const weeks = pairs(
    "start=2026-03-02&end=2026-05-10&compare=custom&compareStart=2025-12-01&compareEnd=2026-02-01",
    "week",
  );
  expect(weeks).toHaveLength(10);
  expect(weeks.at(-1)).toBe("2026-05-04T00:00 –");
  const longer = days(
    pairs("start=2026-03-05&end=2026-03-06&compare=custom&compareStart=2026-01-10&compareEnd=2026-01-12", "day"),
  );
  expect(longer).toEqual(["2026-03-05 2026-01-10", "2026-03-06 2026-01-11", "– 2026-01-12"]);
  expect(pairs("interval=1y&compare=previous", "month", "UTC", "2026-11-29T12:00:00Z")[0]).toBe(
    "2025-12-01T00:00 2024-12-01T00:00",
  );
});

test("a midnight that is skipped or repeated is a day like any other", () => {
  for (const [zone, day, before] of [
    ["America/Havana", "2026-03-08", "2026-03-07"],
    ["America/Havana", "2026-11-01", "2026-10-31"],
    ["Africa/Cairo", "2026-04-24", "2026-04-23"],
  ] as const) {
    const all = pairs(`start=${day}&end=${day}&compare=previous`, "day", zone);
    expect(all.map((pair) => pair.replaceAll(/T\d\d:\d\d/g, ""))).toEqual([`${day} ${before}`]);
  }
});

test("without clicks on one side nothing is lost", () => {
  const point = { start: 0, clicks: 1 };
  const series = { granularity: "day", zone: "UTC" } as const;
  expect(pairsOf({ ...series, points: [point] })).toEqual([{ point, previous: null }]);
  expect(pairsOf({ ...series, points: [], previous: [point] })).toEqual([{ point: null, previous: point }]);
});

test("28 February of a leap year is compared with its own day, and midnights that clocks skip move no border", () => {
  expect(days(pairs("start=2024-02-28&end=2024-02-28&compare=year", "day"))).toEqual(["2024-02-28 2023-02-28"]);
  expect(days(pairs("start=2024-02-01&end=2024-02-28&compare=year", "day")).at(-1)).toBe("2024-02-28 2023-02-28");
  for (const [zone, day, before] of [
    ["Asia/Beirut", "2024-03-31", "2024-03-30"],
    ["America/Santiago", "2024-09-08", "2024-09-07"],
  ] as const) {
    const hours = pairs(`start=${day}&end=${day}&compare=previous`, "hour", zone);
    expect(hours[0]).toBe(`– ${before}T00:00`);
    expect(hours.at(-1)).toBe(`${day}T23:00 ${before}T23:00`);
  }
  const quarter = pairs("start=2024-01-01&end=2024-03-30&compare=previous", "day", "Atlantic/Azores");
  expect(quarter.map((pair) => pair.replaceAll(/T\d\d:\d\d/g, "")).at(-1)).toBe("2024-03-30 2023-12-31");
});
