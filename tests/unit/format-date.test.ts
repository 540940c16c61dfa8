import { expect, test } from "vitest";
import { duration } from "@/lib/base/format";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

test.each([
  [0, "0.0 s"],
  [40, "0.0 s"],
  [2_140, "2.1 s"],
  [9_949, "9.9 s"],
  [9_950, "9 s"],
  [59 * SECOND + 999, "59 s"],
  [MINUTE, "1 min"],
  [3 * MINUTE + 5 * SECOND, "3 min 5 s"],
  [2 * HOUR + 14 * MINUTE + 50 * SECOND, "2 h 14 min"],
  [2 * HOUR + 50 * SECOND, "2 h"],
  [99 * HOUR, "4 d 3 h"],
  [-1_500, "−1.5 s"],
])("%i ms are %s", (ms, words) => {
  expect(duration(ms).replaceAll("\u00A0", " ")).toBe(words);
});
