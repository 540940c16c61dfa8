import { expect, test } from "vitest";
import { estimate } from "@/scripts/move/progress";

test.each([
  [0, 100, 5_000, "nearly done"],
  [50, 100, 10_000, "about 10 s left"],
  [1, 1_000, 1_000, "about 17 min left"],
  [100, 100, 1_000, "nearly done"],
])("%i of %i rows in %i ms: %s", (done, total, ms, words) => {
  expect(estimate(done, total, ms)).toBe(words);
});
