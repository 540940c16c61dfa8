import { expect, test } from "vitest";
import { evenShades, growingShades, SHADES, shadeOf } from "@/lib/base/shades";

test("shades are as wide as each other, or grow to round numbers", () => {
  expect(evenShades(100)).toEqual([1, 21, 41, 61, 81]);
  expect(growingShades(1_785)).toEqual([1, 4, 20, 90, 400]);
  expect(growingShades(10_000_000)).toEqual([1, 30, 600, 20_000, 400_000]);
});

test("few clicks have fewer shades, and nothing has none", () => {
  expect([evenShades(3), growingShades(3)]).toEqual([
    [1, 2, 3],
    [1, 2],
  ]);
  expect([evenShades(1), growingShades(1), evenShades(0), growingShades(0)]).toEqual([[1], [1], [], []]);
});

test("a count is in the last shade that begins below it; nothing is in none, the most in the strongest", () => {
  const shades = growingShades(1_785);
  expect([0, 1, 3, 4, 399, 400, 1_785].map((clicks) => shadeOf(clicks, shades))).toEqual([0, 1, 1, 2, 4, 5, 5]);
  for (const largest of [1, 2, 3, 4, 5, 6, 17, 99, 1_234_567]) {
    for (const starts of [evenShades(largest), growingShades(largest)]) {
      expect({ largest, shade: shadeOf(largest, starts) }).toEqual({ largest, shade: SHADES });
      expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
    }
  }
});
