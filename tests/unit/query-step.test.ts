import { expect, test } from "vitest";
import { stepRange, withRange } from "@/lib/question/codec/range";
import { filtersFromParams } from "@/lib/question/codec/read";
import { rangeWords } from "@/lib/question/words";

const NOW = new Date("2026-11-25T10:30:12.345Z");

/** The address that a step leads to. */
function step(query: string, direction: -1 | 1, now = NOW): string | null {
  const params = new URLSearchParams(query);
  const filters = filtersFromParams(params, now);
  const stepped = stepRange(filters.range, direction, filters, now);
  return stepped && decodeURIComponent(withRange(params, stepped, filters.zone).toString());
}

test.each([
  ["interval=today", "start=2026-11-24&end=2026-11-24"],
  ["interval=yesterday", "start=2026-11-23&end=2026-11-23"],
  ["interval=7d", "start=2026-11-12&end=2026-11-18"],
  ["", "start=2026-09-27&end=2026-10-26"],
  ["interval=wtd", "start=2026-11-16&end=2026-11-22"],
  ["interval=lastWeek", "start=2026-11-09&end=2026-11-15"],
  ["interval=lastWeek&weekStart=sunday", "weekStart=sunday&start=2026-11-08&end=2026-11-14"],
  ["interval=mtd", "start=2026-10-01&end=2026-10-31"],
  ["interval=lastMonth", "start=2026-09-01&end=2026-09-30"],
  ["start=2026-03-01&end=2026-03-31", "start=2026-02-01&end=2026-02-28"],
  ["start=2028-01-01&end=2028-02-29", "start=2027-11-01&end=2027-12-31"],
  ["interval=qtd", "start=2026-07-01&end=2026-09-30"],
  ["interval=ytd", "start=2025-01-01&end=2025-12-31"],
  ["start=2026-11-02&end=2026-11-04", "start=2026-10-30&end=2026-11-01"],
  // The clock rather than the calendar: hours stay exact.
  ["interval=24h", "start=2026-11-23T10:30Z&end=2026-11-24T10:30Z"],
  ["start=2026-11-02T09:00Z&end=2026-11-02T12:30Z", "start=2026-11-02T05:30Z&end=2026-11-02T09:00Z"],
])("before %j is %j", (query, expected) => expect(step(query, -1)).toBe(expected));

test("forth after back leads to the same range, by its name where it includes today", () => {
  for (const interval of ["today", "7d", "90d", "1y", "wtd", "mtd", "qtd", "ytd"]) {
    const back = step(`interval=${interval}`, -1) ?? "";
    expect(step(back, 1)).toBe(`interval=${interval}`);
  }
  expect(step(step("", -1) ?? "", 1)).toBe("");
  expect(step("start=2026-10-01&end=2026-10-31&country=DE", 1)).toBe("country=DE&interval=mtd");
  expect(step("start=2026-09-01&end=2026-09-30", 1)).toBe("start=2026-10-01&end=2026-10-31");
});

test("there is nothing before everything, and nothing that begins in the future", () => {
  expect([step("interval=all", -1), step("end=2026-11-01", -1)]).toEqual([null, null]);
  for (const query of ["", "interval=today", "interval=24h", "interval=mtd", "start=2026-11-20&end=2026-11-30"]) {
    expect(step(query, 1)).toBeNull();
  }
  expect(step("interval=yesterday", 1)).toBe("interval=today");
});

test("days step over clock changes and stay days", () => {
  expect(step("start=2026-03-30&end=2026-03-30&timezone=Europe/Berlin", -1)).toBe(
    "timezone=Europe/Berlin&start=2026-03-29&end=2026-03-29",
  );
  expect(step("start=2026-10-26&end=2026-11-01&timezone=Europe/Berlin", -1)).toBe(
    "timezone=Europe/Berlin&start=2026-10-19&end=2026-10-25",
  );
  expect(step("start=2026-04-25&end=2026-04-25&timezone=Africa/Cairo", -1)).toBe(
    "timezone=Africa/Cairo&start=2026-04-24&end=2026-04-24",
  );
});

test("a granularity stays where it suits the new range", () => {
  const range = (query: string) => filtersFromParams(new URLSearchParams(query), NOW).range;
  const to = (query: string, next: string) => withRange(new URLSearchParams(query), range(next), "UTC").toString();
  expect(to("interval=7d&granularity=hour&page=2", "interval=today")).toBe("interval=today&granularity=hour");
  expect(to("interval=7d&granularity=hour", "interval=1y")).toBe("interval=1y");
  expect(to("interval=7d&granularity=day", "interval=all")).toBe("interval=all");
  expect(rangeWords({ range: range("start=2026-10-01&end=2026-10-31"), zone: "UTC" })).toBe("October 2026");
});
