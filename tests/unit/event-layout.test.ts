import fc from "fast-check";
import { expect, test } from "vitest";
import { daysOf, indexAt, partsOf, topOf } from "@/components/events/event-layout";
import type { EventRow } from "@/components/events/event-page";

const HEIGHTS = { row: 44, day: 36 };

/** Clicks of days with so many clicks each. */
const rowsOf = (sizes: number[]) =>
  sizes.flatMap((size, day) => Array.from({ length: size }, () => ({ words: { day: `Day ${day}` } }) as EventRow));

test("days begin where the date changes", () => {
  expect(daysOf(rowsOf([2, 1, 3]))).toEqual([
    { first: 0, label: "Day 0" },
    { first: 2, label: "Day 1" },
    { first: 3, label: "Day 2" },
  ]);
  expect(daysOf([])).toEqual([]);
});

const Sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 });

test("a click is found where it is drawn, and a heading belongs to the click below it", () => {
  fc.assert(
    fc.property(Sizes, fc.nat(), (sizes, seed) => {
      const rows = rowsOf(sizes);
      const days = daysOf(rows);
      const index = seed % rows.length;
      const top = topOf(index, days, HEIGHTS);
      expect(indexAt(top, days, HEIGHTS)).toBe(index);
      expect(indexAt(top + HEIGHTS.row - 1, days, HEIGHTS)).toBe(index);
      if (days.some(({ first }) => first === index)) expect(indexAt(top - 1, days, HEIGHTS)).toBe(index);
    }),
  );
});

test("whatever is drawn, the list is as high as all of it, and each drawn click is where it belongs", () => {
  fc.assert(
    fc.property(Sizes, fc.nat(), fc.nat(), (sizes, one, other) => {
      const rows = rowsOf(sizes);
      const days = daysOf(rows);
      const ends = [one % (rows.length + 1), other % (rows.length + 1)].sort((a, b) => a - b);
      const [first = 0, last = 0] = ends;
      fc.pre(first < last);
      let y = 0;
      const drawn: number[] = [];
      for (const part of partsOf(days, rows.length, first, last)) {
        if (part.kind === "click") {
          expect(y).toBe(topOf(part.index, days, HEIGHTS));
          drawn.push(part.index);
        }
        if (part.kind === "gap") y += part.rows * HEIGHTS.row + part.days * HEIGHTS.day;
        else y += part.kind === "day" ? HEIGHTS.day : HEIGHTS.row;
      }
      expect(drawn).toEqual(Array.from({ length: last - first }, (_, index) => first + index));
      expect(y).toBe(rows.length * HEIGHTS.row + days.length * HEIGHTS.day);
    }),
  );
});
