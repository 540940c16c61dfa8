import { expect, test } from "vitest";
import { change } from "@/lib/base/format-change";
import { numberFormat } from "@/lib/base/locale";

test.each([
  [0, 0, "0%"],
  [5, 5, "0%"],
  [5, 0, "+5"],
  [0, 5, "−100%"],
  [112, 100, "+12%"],
  [1_034, 1_000, "+3.4%"],
  [966, 1_000, "−3.4%"],
  [100_001, 100_000, "≈0%"],
  [1, 1_000, "−99.9%"],
  [993, 100_000, "−99%"],
  [999, 100, "+899%"],
  [1_000, 100, "×10"],
  [3_000_000, 3, "+2,999,997"],
  [290, 29, "+261"],
  [300, 30, "×10"],
  [57, 29, "+97%"],
])("%i after %i is %s", (now, before, words) => {
  expect(change(now, before, numberFormat).replaceAll("\u00A0", " ")).toBe(words);
});
