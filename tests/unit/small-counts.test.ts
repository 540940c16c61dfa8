import fc from "fast-check";
import { expect, test } from "vitest";
import { smallCounts } from "@/lib/question/answer/lock";

const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0);

test.each<[counts: number[], least: number, hidden: number[]]>([
  [[10, 7, 0], 5, []],
  [[10, 7, 3], 5, [1, 2]],
  [[10, 4, 3], 5, [1, 2]],
  [[3], 5, [0]],
  [[9, 3], 5, [0, 1]],
  [[0, 0], 5, []],
  [[1, 1, 1, 1, 1, 20], 5, [0, 1, 2, 3, 4]],
  [[5, 5, 4], 5, [0, 2]],
])("of %j, with at least %i told, %j are hidden", (counts, least, hidden) => {
  expect([...smallCounts(counts, least)].sort((a, b) => a - b)).toEqual(hidden);
});

test("no told count is small, and the others together aren't, unless all are", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 30 }), fc.integer({ min: 1, max: 20 }), (counts, least) => {
      const hidden = smallCounts(counts, least);
      const told = counts.filter((_, index) => !hidden.has(index));
      expect(told.filter((count) => count > 0 && count < least)).toEqual([]);
      const rest = sum(counts.filter((_, index) => hidden.has(index)));
      expect(rest === 0 || rest >= least || sum(told) === 0).toBe(true);
      // Nothing is hidden for no reason.
      if (counts.every((count) => count === 0 || count >= least)) expect(hidden.size).toBe(0);
    }),
    { numRuns: 2_000 },
  );
});
