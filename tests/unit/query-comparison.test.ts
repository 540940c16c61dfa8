import { expect, test } from "vitest";
import { localIso } from "@/lib/base/time";
import { filtersFromParams } from "@/lib/question/codec/read";

const NOW = new Date("2026-11-24T10:30:00Z");

function compared(query: string, now = NOW): string | null {
  const { comparison, problems, zone } = filtersFromParams(new URLSearchParams(query), now);
  expect(problems).toEqual([]);
  if (!comparison) return null;
  const [from, to] = [comparison.from, comparison.to].map((edge) => localIso(edge.getTime(), zone).slice(0, 16));
  return `${from} ${to}`;
}

test.each([
  // As much of today as has passed, against as much of the day a week ago.
  ["interval=7d&compare=previous", "2026-11-11T00:00 2026-11-17T10:30"],
  ["interval=30d&compare=previous", "2026-09-26T00:00 2026-10-25T10:30"],
  ["interval=30d&compare=previous&compareAlign=weekday", "2026-09-21T00:00 2026-10-20T10:30"],
  // The two do not overlap by the millisecond that a click of now takes.
  ["interval=24h&compare=previous", "2026-11-22T10:29 2026-11-23T10:30"],
  ["interval=24h&compare=previous&compareAlign=weekday", "2026-11-16T10:30 2026-11-17T10:30"],
  ["interval=mtd&compare=previous", "2026-10-01T00:00 2026-10-24T10:30"],
  // As much of the week as has passed, against as much of the week before: Monday and some of Tuesday.
  ["interval=wtd&compare=previous", "2026-11-16T00:00 2026-11-17T10:30"],
  ["interval=today&compare=previous", "2026-11-23T00:00 2026-11-23T10:30"],
  ["interval=today&compare=previous&compareAlign=weekday", "2026-11-17T00:00 2026-11-17T10:30"],
  ["interval=yesterday&compare=previous", "2026-11-22T00:00 2026-11-23T00:00"],
  ["interval=lastWeek&compare=previous", "2026-11-09T00:00 2026-11-16T00:00"],
  ["interval=lastMonth&compare=previous", "2026-09-01T00:00 2026-10-01T00:00"],
  ["interval=lastMonth&compare=previous&compareAlign=weekday", "2026-08-27T00:00 2026-09-27T00:00"],
  ["interval=lastMonth&compare=year", "2025-10-01T00:00 2025-11-01T00:00"],
  ["interval=lastQuarter&compare=previous", "2026-04-01T00:00 2026-07-01T00:00"],
  ["interval=lastYear&compare=previous", "2024-01-01T00:00 2025-01-01T00:00"],
  // Dates that are months are compared with months.
  ["start=2026-03-01&end=2026-03-31&compare=previous", "2026-02-01T00:00 2026-03-01T00:00"],
  ["interval=qtd&compare=previous", "2026-07-01T00:00 2026-08-24T10:30"],
  ["interval=ytd&compare=previous", "2025-01-01T00:00 2025-11-24T10:30"],
  ["interval=7d&compare=year", "2025-11-18T00:00 2025-11-24T10:30"],
  ["interval=7d&compare=year&compareAlign=weekday", "2025-11-19T00:00 2025-11-25T10:30"],
  // What is over is compared whole.
  ["start=2026-11-01&end=2026-11-10&compare=previous", "2026-10-22T00:00 2026-11-01T00:00"],
  ["start=2026-11-02T09:00&end=2026-11-02T12:00&compare=previous", "2026-11-02T06:00 2026-11-02T09:00"],
  ["interval=7d&compare=custom&compareStart=2026-01-01&compareEnd=2026-01-31", "2026-01-01T00:00 2026-02-01T00:00"],
  // Days of a clock change are days all the same.
  ["start=2026-03-29&end=2026-03-29&timezone=Europe/Berlin&compare=previous", "2026-03-28T00:00 2026-03-29T00:00"],
  ["start=2026-10-26&end=2026-10-26&timezone=Europe/Berlin&compare=previous", "2026-10-25T00:00 2026-10-26T00:00"],
])("%s", (query, expected) => expect(compared(query)).toBe(expected));

test("what has no start, or has not begun, is compared with nothing", () => {
  expect(compared("interval=all&compare=previous")).toBeNull();
  expect(compared("start=2026-12-01&end=2026-12-02&compare=previous")).toBeNull();
  expect(compared("interval=7d")).toBeNull();
});

test("months that are shorter end with their last day", () => {
  const now = new Date("2026-03-31T12:00:00Z");
  expect(compared("interval=mtd&compare=previous", now)).toBe("2026-02-01T00:00 2026-02-28T12:00");
  expect(compared("start=2028-02-29&end=2028-02-29&compare=year", new Date("2028-03-05T00:00:00Z"))).toBe(
    "2027-02-28T00:00 2027-03-01T00:00",
  );
});

test("today is compared with the same hours of yesterday, by the clock on the wall", () => {
  const afterSpringForward = new Date("2026-03-29T10:30:00Z");
  expect(compared("interval=today&compare=previous&timezone=Europe/Berlin", afterSpringForward)).toBe(
    "2026-03-28T00:00 2026-03-28T12:30",
  );
});
