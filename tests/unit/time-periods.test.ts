import { expect, test } from "vitest";
import { periodsOf, quarterOfWeek, SLOT, slotOf } from "@/lib/base/time";

const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Pacific/Apia",
  "Africa/Casablanca",
];

/** Weekday and time as Intl tells them, in quarter hours from Monday's first. */
function toldByIntl(slot: number, format: Intl.DateTimeFormat): number {
  const parts = Object.fromEntries(format.formatToParts(slot * SLOT).map(({ type, value }) => [type, value]));
  const weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(parts.weekday ?? "");
  return (weekday * 24 + Number(parts.hour)) * 4 + Math.floor(Number(parts.minute) / 15);
}

test.each(ZONES)("every slot of some years is at its quarter hour of the week in %s", (zone) => {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const [first, last] = [slotOf(new Date("2009-12-20T00:00:00Z")), slotOf(new Date("2012-02-01T00:00:00Z"))];
  const periods = periodsOf(first, last, zone);
  // Every seventh slot: a clock change that came a slot too early or late is found by the next change at the latest.
  for (let slot = first; slot <= last; slot += 7) {
    const shift = periods.findLast((period) => period.slot <= slot)?.shift ?? Number.NaN;
    expect([slot, quarterOfWeek(slot, shift)]).toEqual([slot, toldByIntl(slot, format)]);
  }
  for (const { slot } of periods.slice(1)) {
    for (const near of [slot - 1, slot]) {
      const shift = periods.findLast((period) => period.slot <= near)?.shift ?? Number.NaN;
      expect([near, quarterOfWeek(near, shift)]).toEqual([near, toldByIntl(near, format)]);
    }
  }
});

test("a zone without clock changes has one period", () => {
  expect(periodsOf(0, 1_000_000, "UTC")).toEqual([{ slot: 0, shift: 0 }]);
  expect(periodsOf(5, 5, "Asia/Tokyo")).toEqual([{ slot: 5, shift: 36 }]);
});
