import { expect, test } from "vitest";
import { bucketStarts, foldSlots, fromLocal, isZone, localIso, slotOf, startOfUnit } from "@/lib/base/time";

const addLocalDays = (date: Date, days: number, zone: string) => startOfUnit(date, "day", days, zone);
const startOfLocalDay = (date: Date, zone: string) => startOfUnit(date, "day", 0, zone);

const iso = (date: Date) => date.toISOString();

test.each(["UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Europe/Kyiv"])(
  "%s is a zone",
  (name) => {
    expect(isZone(name)).toBe(true);
  },
);

test.each(["", "+02:00", "Mars/Olympus", "Europe/Berlin'; drop table click", "../etc/passwd", " UTC"])(
  "%j is not a zone",
  (name) => {
    expect(isZone(name)).toBe(false);
  },
);

test("a slot is a quarter hour, also before the epoch", () => {
  expect(slotOf(new Date("1970-01-01T00:14:59.999Z"))).toBe(0);
  expect(slotOf(new Date("1970-01-01T00:15:00Z"))).toBe(1);
  expect(slotOf(new Date("1969-12-31T23:59:59.999Z"))).toBe(-1);
});

test("a local day starts at the zone's midnight", () => {
  expect(iso(startOfLocalDay(new Date("2026-08-01T03:59:59Z"), "America/New_York"))).toBe("2026-07-31T04:00:00.000Z");
  expect(iso(startOfLocalDay(new Date("2026-08-01T04:00:00Z"), "America/New_York"))).toBe("2026-08-01T04:00:00.000Z");
  expect(iso(startOfLocalDay(new Date("2026-08-01T12:00:00Z"), "Asia/Kathmandu"))).toBe("2026-07-31T18:15:00.000Z");
});

test("a day whose midnight is skipped starts at the clock change", () => {
  expect(iso(startOfLocalDay(new Date("2026-04-24T12:00:00Z"), "Africa/Cairo"))).toBe("2026-04-23T22:00:00.000Z");
});

test("a day whose midnight is repeated starts at the first", () => {
  expect(iso(startOfLocalDay(new Date("2026-11-01T12:00:00Z"), "America/Havana"))).toBe("2026-11-01T04:00:00.000Z");
});

test("a day later is the next calendar day, be it 23, 24 or 25 hours long", () => {
  const hours = (from: string) => {
    const start = startOfLocalDay(new Date(from), "America/New_York");
    return (addLocalDays(start, 1, "America/New_York").getTime() - start.getTime()) / 3_600_000;
  };
  expect([hours("2026-03-08T12:00:00Z"), hours("2026-08-01T12:00:00Z"), hours("2026-11-01T12:00:00Z")]).toEqual([
    23, 24, 25,
  ]);
});

test("a local time that is skipped is read with the offset before the change, a repeated one is the first", () => {
  const wall = (text: string) => Date.parse(`${text}Z`);
  expect(iso(fromLocal(wall("2026-03-08T02:30:00"), "America/New_York"))).toBe("2026-03-08T07:30:00.000Z");
  expect(iso(fromLocal(wall("2026-11-01T01:30:00"), "America/New_York"))).toBe("2026-11-01T05:30:00.000Z");
});

test("a repeated hour is two buckets", () => {
  const starts = bucketStarts(
    new Date("2026-11-01T05:00:00Z"),
    new Date("2026-11-01T08:00:00Z"),
    "hour",
    "America/New_York",
  );
  expect(starts.map((start) => localIso(start, "America/New_York"))).toEqual([
    "2026-11-01T01:00:00-04:00",
    "2026-11-01T01:00:00-05:00",
    "2026-11-01T02:00:00-05:00",
  ]);
});

test("weeks start on Monday and months on the first", () => {
  const [from, to] = [new Date("2026-07-29T10:00:00Z"), new Date("2026-08-11T00:00:00Z")];
  const names = (granularity: "week" | "month") =>
    bucketStarts(from, to, granularity, "UTC").map((start) => localIso(start, "UTC"));
  expect(names("week")).toEqual([
    "2026-07-27T00:00:00+00:00",
    "2026-08-03T00:00:00+00:00",
    "2026-08-10T00:00:00+00:00",
  ]);
  expect(names("month")).toEqual(["2026-07-01T00:00:00+00:00", "2026-08-01T00:00:00+00:00"]);
});

test("a range that is empty has no buckets", () => {
  const at = new Date("2026-08-01T00:00:00Z");
  expect(bucketStarts(at, at, "hour", "UTC")).toEqual([]);
});

test("a bucket ends before `to`", () => {
  const starts = bucketStarts(new Date("2026-08-01T00:00:00Z"), new Date("2026-08-02T00:00:00Z"), "day", "UTC");
  expect(starts).toEqual([Date.parse("2026-08-01T00:00:00Z")]);
});

test("slots add up in their bucket and empty buckets stay", () => {
  const starts = bucketStarts(new Date("2026-08-01T00:00:00Z"), new Date("2026-08-04T00:00:00Z"), "day", "UTC");
  const slot = slotOf(new Date("2026-08-01T00:00:00Z"));
  const rows = [
    { slot, clicks: 2 },
    { slot: slot + 95, clicks: 3 },
    { slot: slot + 192, clicks: 4 },
  ];
  expect(foldSlots(rows, starts, "day", "UTC")).toEqual([5, 0, 4]);
});

test("a slot outside the buckets is an error rather than a lost click", () => {
  expect(() => foldSlots([{ slot: 1, clicks: 1 }], [], "day", "UTC")).toThrow(RangeError);
});

test("an instant is written with its zone's offset", () => {
  const at = Date.parse("2026-08-01T04:00:00Z");
  expect(localIso(at, "UTC")).toBe("2026-08-01T04:00:00+00:00");
  expect(localIso(at, "America/New_York")).toBe("2026-08-01T00:00:00-04:00");
  expect(localIso(at, "Asia/Kathmandu")).toBe("2026-08-01T09:45:00+05:45");
  expect(localIso(at, "America/St_Johns")).toBe("2026-08-01T01:30:00-02:30");
});
