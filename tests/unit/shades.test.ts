import { expect, test } from "vitest";
import { growingShades, quantileShades, SHADES, shadeOf } from "@/lib/base/shades";

test("shades have as many counts as each other, or grow to round numbers", () => {
  expect(quantileShades([0, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 900])).toEqual([1, 3, 5, 7, 9]);
  expect(growingShades(1_785)).toEqual([1, 4, 20, 90, 400]);
  expect(growingShades(10_000_000)).toEqual([1, 30, 600, 20_000, 400_000]);
});

test("few clicks have fewer shades, and nothing has none", () => {
  expect([quantileShades([3, 0, 1, 1]), growingShades(3)]).toEqual([
    [1, 3],
    [1, 2],
  ]);
  expect([quantileShades([1]), growingShades(1), quantileShades([0]), growingShades(0)]).toEqual([[1], [1], [], []]);
});

test("a count is in the last shade that begins below it; nothing is in none, the most in the strongest", () => {
  const shades = growingShades(1_785);
  expect([0, 1, 3, 4, 399, 400, 1_785].map((clicks) => shadeOf(clicks, shades))).toEqual([0, 1, 1, 2, 4, 5, 5]);
  for (const largest of [1, 2, 3, 4, 5, 6, 17, 99, 1_234_567]) {
    for (const starts of [quantileShades([0.5, largest]), growingShades(largest)]) {
      expect({ largest, shade: shadeOf(largest, starts) }).toEqual({ largest, shade: SHADES });
      expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
    }
  }
});
