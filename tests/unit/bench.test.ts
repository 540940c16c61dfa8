import { expect, test } from "vitest";
import { benchLinks, CLICK_COLUMNS, clickLines, DAYS } from "@/scripts/bench/data";
import { createRanges } from "@/scripts/bench/ranges";
import { timingOf } from "@/scripts/bench/timing";

const DAY = 86_400_000;
const END = Date.parse("2026-11-25T12:00:00Z");
const PLAN = { seed: 1, clicks: 5_000, end: END };

const text = (plan: typeof PLAN) => [...clickLines(plan)].map((chunk) => chunk.text).join("");
const lines = text(PLAN).trimEnd().split("\n");
const cellsOf = (name: string) => lines.map((line) => line.split("\t")[CLICK_COLUMNS.indexOf(name)] ?? "");
const share = (values: string[], value: string) => values.filter((found) => found === value).length / values.length;

test("the same seed and end give the same clicks, another seed gives others", () => {
  expect(text(PLAN)).toBe(text(PLAN));
  expect(text({ ...PLAN, seed: 2 })).not.toBe(text(PLAN));
});

test("there are as many clicks as asked for, each with a value for every column, within the year", () => {
  expect(lines).toHaveLength(PLAN.clicks);
  expect(new Set(lines.map((line) => line.split("\t").length))).toEqual(new Set([CLICK_COLUMNS.length]));
  expect(new Set(cellsOf("click_id")).size).toBe(PLAN.clicks);
  const times = cellsOf("clicked_at").map(Date.parse);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(END - DAYS * DAY);
  expect(Math.max(...times)).toBeLessThan(END);
  expect(cellsOf("slot")).toEqual(times.map((time) => String(Math.floor(time / 900_000))));
});

test("clicks are as unequal as they are in life", () => {
  expect(share(cellsOf("link_id"), benchLinks(PLAN.seed)[0]?.id ?? "")).toBeCloseTo(0.09, 1);
  expect(share(cellsOf("referer"), "\\N")).toBeCloseTo(0.4, 1);
  expect(share(cellsOf("trigger"), "qr")).toBeCloseTo(0.1, 1);
  expect(new Set(cellsOf("country")).size).toBeGreaterThan(50);
});

test("a quantile is one of the values that were measured", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(timingOf(hundred)).toEqual({ p50: 50, p95: 95, runs: 100 });
  expect(timingOf([7])).toEqual({ p50: 7, p95: 7, runs: 1 });
});

test("no range is asked twice", () => {
  const ranges = createRanges(END);
  const asked = ["30d", "30d", "30d"].map((range) => ranges(range as "30d"));
  expect(new Set(asked).size).toBe(3);
});
