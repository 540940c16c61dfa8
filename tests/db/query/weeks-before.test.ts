import { expect, test } from "vitest";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { question } from "@/lib/question/question";
import { click, insertClicks, OWNER } from "./rows";

const NOW = new Date("2026-11-25T10:30:00Z");
const DAY = 24 * 60 * 60 * 1000;

const weeksBefore = (query: string) =>
  answer(question(OWNER, { kind: "weeksBefore" }, filtersFromParams(new URLSearchParams(query), NOW)));

/** On the same weekday so many weeks ago. */
const ago = (weeks: number, time: string) =>
  new Date(Date.parse(`2026-11-25T${time}Z`) - weeks * 7 * DAY).toISOString();

test("clicks of the same hours in the eight weeks before, the latest first", async () => {
  await insertClicks([
    click({ clickedAt: ago(0, "09:00") }),
    click({ clickedAt: ago(1, "10:29:59") }),
    click({ clickedAt: ago(1, "00:00") }),
    // Later in the day than it is now.
    click({ clickedAt: ago(1, "10:31") }),
    click({ clickedAt: ago(3, "08:00"), country: "DE" }),
    click({ clickedAt: ago(8, "08:00") }),
    click({ clickedAt: ago(9, "08:00") }),
  ]);
  expect(await weeksBefore("interval=today")).toEqual([2, 0, 1, 0, 0, 0, 0, 1]);
  expect(await weeksBefore("interval=today&country=DE")).toEqual([0, 0, 1, 0, 0, 0, 0, 0]);
  expect(await weeksBefore("interval=today&hour=8")).toEqual([0, 0, 1, 0, 0, 0, 0, 1]);
  expect(await weeksBefore("interval=all")).toEqual([]);
  expect(await weeksBefore("interval=today&nonsense=1")).toEqual([]);
});

test("hours of a condition are local, also in weeks before the clocks changed", async () => {
  // Ten in Berlin is eight by UTC in summer, nine in winter.
  await insertClicks([click({ clickedAt: ago(1, "09:30") }), click({ clickedAt: ago(6, "08:30") })]);
  expect(await weeksBefore("interval=today&hour=10&timezone=Europe/Berlin")).toEqual([1, 0, 0, 0, 0, 1, 0, 0]);
});
