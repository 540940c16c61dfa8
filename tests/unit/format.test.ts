import { expect, test } from "vitest";
import { ago, bucketLabel, bucketTick, count, percent, zoneLabel } from "@/lib/base/format";
import { filtersFromParams } from "@/lib/question/codec/read";
import { comparisonDates, displayValue, rangeDates, rangeWords } from "@/lib/question/words";

const NOW = new Date("2026-08-15T12:00:00Z");
const at = (text: string) => Date.parse(text);
/** Commas and kinds of spaces are the locale data's, which differs between versions of Node. */
const plain = (text: string) => text.replaceAll(",", "").replaceAll(/\s/g, " ");

test.each([
  ["country", "US", "United States"],
  ["country", "T1", "Tor"],
  ["country", "AP", "Asia/Pacific, country unknown"],
  ["country", "QX", "Unknown (QX)"],
  ["region", "T1-X", "X, Tor"],
  ["referer", "com.google.android.gm", "Gmail app"],
  ["referer", "123456789", "App 123456789"],
  ["baseUrl", "https://a.example/x", "a.example/x"],
  ["baseUrl", "http://a.example/x", "http://a.example/x"],
  ["device", "Smarttv", "Smart TV"],
  ["country", "<b>", "<b>"],
  ["country", null, "Unknown"],
  ["region", "US-CA", "California, United States"],
  ["region", "sfo1", "sfo1"],
  ["continent", "EU", "Europe"],
  ["continent", "constructor", "constructor"],
  ["trigger", "qr", "QR scan"],
  ["trigger", "telepathy", "telepathy"],
  ["referer", null, "(direct)"],
  ["city", "Zürich", "Zürich"],
] as const)("the %s %j is called %j", (key, value, words) => {
  expect(displayValue(key, value)).toBe(words);
});

test("numbers are grouped or shortened", () => {
  expect([count(1_234_567), count(0)]).toEqual(["1,234,567", "0"]);
});

test("a share is neither nothing nor everything unless it is", () => {
  const shares = [
    percent(0, 0),
    percent(0, 5),
    percent(1, 3),
    percent(1, 100_000),
    percent(99_999, 100_000),
    percent(5, 5),
    percent(1, 2),
  ];
  expect(shares.map((share) => share.replace("\u00A0", " "))).toEqual([
    "0%",
    "0%",
    "33.3%",
    "<0.1%",
    ">99.9%",
    "100%",
    "50.0%",
  ]);
});

test("a bucket is named in its zone", () => {
  const start = at("2026-08-01T04:00:00Z");
  const zone = "America/New_York";
  expect(plain(bucketLabel(start, "hour", zone))).toBe("Sat 1 Aug 2026 00:00");
  expect(plain(bucketLabel(start, "day", zone))).toBe("Sat 1 Aug 2026");
  expect(bucketLabel(start, "week", zone)).toBe("Week of 1 Aug 2026");
  expect(bucketLabel(start, "month", zone)).toBe("August 2026");
  expect((["hour", "day", "month"] as const).map((granularity) => bucketTick(start, granularity, zone, 24))).toEqual([
    "00:00",
    "1 Aug",
    "Aug 2026",
  ]);
});

test("the two of a repeated hour have different names", () => {
  expect(plain(bucketLabel(at("2026-11-01T05:00:00Z"), "hour", "America/New_York"))).toBe(
    "Sun 1 Nov 2026 01:00 (UTC-4)",
  );
  expect(plain(bucketLabel(at("2026-11-01T06:00:00Z"), "hour", "America/New_York"))).toBe(
    "Sun 1 Nov 2026 01:00 (UTC-5)",
  );
  expect(plain(bucketLabel(at("2026-11-01T07:00:00Z"), "hour", "America/New_York"))).toBe("Sun 1 Nov 2026 02:00");
});

test.each([
  ["", "Last 30 days"],
  ["interval=1y", "Last 12 months"],
  ["interval=all", "All time"],
  ["interval=today", "Today"],
  ["interval=lastQuarter", "Last quarter"],
  ["start=2026-02-01&end=2026-02-28", "February 2026"],
  ["start=2026-01-01&end=2026-03-31", "Jan – Mar 2026"],
  ["start=2025-01-01&end=2025-12-31", "2025"],
  ["start=2026-08-01T09:00Z", "1 Aug 2026 09:00 – 16 Aug 2026 00:00"],
  ["start=2026-08-01&end=2026-08-15", "1 – 15 Aug 2026"],
  ["start=2026-08-01&end=2026-08-01", "1 Aug 2026"],
  ["start=2026-07-30&end=2026-08-02", "30 Jul – 2 Aug 2026"],
  ["end=2026-08-02", "Until 2 Aug 2026"],
  ["start=2026-08-01T09:00Z&end=2026-08-02T10:30Z", "1 Aug 2026 09:00 – 2 Aug 2026 10:30"],
])("the range %j is called %j", (query, words) => {
  expect(plain(rangeWords(filtersFromParams(new URLSearchParams(query), NOW)))).toBe(words);
});

test.each([
  ["", "17 Jul – 15 Aug 2026"],
  ["interval=today", "15 Aug 2026"],
  ["interval=lastMonth", "1 – 31 Jul 2026"],
  ["interval=24h", "14 Aug 2026 12:00 – 15 Aug 2026 12:00"],
  ["interval=all", "All time"],
])("the range %j has the dates %j", (query, words) => {
  expect(plain(rangeDates(filtersFromParams(new URLSearchParams(query), NOW)))).toBe(words);
});

test.each([
  ["interval=7d&compare=previous", "2 – 8 Aug 2026"],
  ["interval=today&compare=previous", "14 Aug 2026"],
  ["interval=24h&compare=previous", "13 Aug 2026 11:59 – 14 Aug 2026 12:00"],
])("the comparison of %j has the dates %j", (query, words) => {
  const filters = filtersFromParams(new URLSearchParams(query), NOW);
  expect(filters.comparison && plain(comparisonDates(filters, filters.comparison))).toBe(words);
});

test("how long ago is rounded down", () => {
  const before = (seconds: number) => ago(new Date(NOW.getTime() - seconds * 1000), NOW);
  expect([before(-5), before(59), before(60), before(7_199), before(7_200), before(86_400 * 45)]).toEqual([
    "just now",
    "just now",
    "1 minute ago",
    "1 hour ago",
    "2 hours ago",
    "45 days ago",
  ]);
});

test("a zone is named with its offset", () => {
  expect([
    zoneLabel("UTC", NOW),
    zoneLabel("Europe/Berlin", NOW),
    zoneLabel("Asia/Kathmandu", NOW),
    zoneLabel("America/New_York", NOW),
  ]).toEqual(["UTC", "Europe/Berlin, UTC+2", "Asia/Kathmandu, UTC+5:45", "America/New York, UTC-4"]);
});
