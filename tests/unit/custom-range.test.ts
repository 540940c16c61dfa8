import { expect, test } from "vitest";
import { customRange } from "@/components/ranges/range-picker";
import { filtersFromParams } from "@/lib/question/codec/read";

const NOW = new Date("2026-11-25T10:30:00Z");

function initial(query: string) {
  const params = new URLSearchParams(query);
  return customRange({
    path: "/",
    params,
    filters: filtersFromParams(params, NOW),
    linkId: null,
    comparison: null,
    firstClick: null,
  });
}

test("the form starts with the days that are shown, and keeps what is no range", () => {
  expect(initial("country=DE&interval=lastMonth&granularity=week&page=2&timezone=Asia/Tokyo")).toEqual({
    path: "/",
    kept: [
      ["country", "DE"],
      ["timezone", "Asia/Tokyo"],
    ],
    zone: "Asia/Tokyo",
    weekStart: "monday",
    today: "2026-11-25",
    dates: { start: "2026-10-01", end: "2026-10-31" },
    hours: null,
  });
});

test("an open range has an empty end", () => {
  expect(initial("interval=all").dates).toEqual({ start: "", end: "" });
  expect(initial("end=2026-11-01").dates).toEqual({ start: "", end: "2026-11-01" });
});

test("hours are those of the zone, and a day ends at 24:00", () => {
  expect(initial("start=2026-11-20T23:15Z&end=2026-11-21T18:15Z&timezone=Asia/Kathmandu")).toMatchObject({
    dates: { start: "2026-11-21", end: "2026-11-21" },
    hours: { start: "05:00", end: "24:00" },
  });
});
