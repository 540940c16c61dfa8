import fc from "fast-check";
import { expect, test } from "vitest";
import { countTicks } from "@/components/charts/count-ticks";
import { timeTicks } from "@/components/charts/drawing";

test("counts beside a chart are whole, ascend in equal steps from 0, and reach the largest", () => {
  expect(countTicks(0)).toEqual([0, 1]);
  expect(countTicks(1190)).toEqual([0, 200, 400, 600, 800, 1000, 1200]);
  fc.assert(
    fc.property(fc.nat(2_000_000_000), (largest) => {
      const ticks = countTicks(largest);
      expect(ticks[0]).toBe(0);
      expect(ticks.every(Number.isInteger)).toBe(true);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(1, largest));
      expect(ticks.length).toBeLessThan(12);
      const steps = new Set(ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? 0)));
      expect(steps.size).toBe(1);
      expect([...steps][0]).toBeGreaterThan(0);
    }),
  );
});

test("at most twelve times stand below a chart, equally spaced from the first", () => {
  expect(timeTicks(0)).toEqual([]);
  expect(timeTicks(1)).toEqual([0]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), (count) => {
      const ticks = timeTicks(count);
      expect(ticks[0]).toBe(0);
      expect(ticks.length).toBeLessThanOrEqual(12);
      expect(ticks.at(-1)).toBeLessThan(count);
      expect(new Set(ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? 0))).size).toBeLessThanOrEqual(1);
    }),
  );
});
