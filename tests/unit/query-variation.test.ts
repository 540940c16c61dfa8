import { expect, test } from "vitest";
import { localIso } from "@/lib/base/time";
import { filtersFromParams } from "@/lib/question/codec/read";
import { variationOf, weeksBefore } from "@/lib/question/variation";
import { createRandom } from "../naive/random";

const NOW = new Date("2026-11-25T10:30:00Z");
const DAY = { from: new Date("2026-11-25T00:00Z"), to: new Date("2026-11-26T00:00Z") };
const LONGER = { from: DAY.from, to: new Date("2026-11-26T03:00Z") };
const same = { current: DAY, previous: DAY };

function spans(query: string): string[] {
  const { range, zone } = filtersFromParams(new URLSearchParams(query), NOW);
  const { from } = range;
  if (!from) return [];
  const words = (date: Date) => localIso(date.getTime(), zone).slice(0, 16);
  return weeksBefore({ ...range, from }, zone, NOW).map((span) => `${words(span.from)} ${words(span.to)}`);
}

test("a short range looks at the same weekdays and hours of the eight weeks before, as far as it has passed", () => {
  expect(spans("interval=today")).toHaveLength(8);
  expect(spans("interval=today").slice(0, 2)).toEqual([
    "2026-11-18T00:00 2026-11-18T10:30",
    "2026-11-11T00:00 2026-11-11T10:30",
  ]);
  expect(spans("start=2026-11-20&end=2026-11-21")[7]).toBe("2026-09-25T00:00 2026-09-27T00:00");
  expect(spans("interval=today&timezone=Europe/Berlin")[4]).toBe("2026-10-21T00:00 2026-10-21T11:30");
});

test("a range of a week or more looks at whole weeks before it", () => {
  expect(spans("interval=7d").slice(0, 2)).toEqual([
    "2026-11-12T00:00 2026-11-18T10:30",
    "2026-11-05T00:00 2026-11-11T10:30",
  ]);
  expect(spans("start=2026-10-01&end=2026-10-31").slice(0, 2)).toEqual([
    "2026-09-24T00:00 2026-10-01T00:00",
    "2026-09-17T00:00 2026-09-24T00:00",
  ]);
  expect(spans("interval=all")).toEqual([]);
});

test("weeks that differ by chance alone allow the differences of chance", () => {
  // The variance is smaller than the mean, so the factor is 1: 2.365 · √200.
  expect(variationOf(110, 90, [100, 101, 99, 100, 102, 98, 100, 100], same)).toEqual({
    usual: true,
    margin: 33,
    weeks: 8,
  });
  expect(variationOf(140, 60, [100, 101, 99, 100, 102, 98, 100, 100], same)).toMatchObject({ usual: false });
});

test("weeks that swing allow more", () => {
  const swinging = [100, 160, 60, 140, 80, 150, 50, 120];
  expect(variationOf(140, 60, swinging, same)).toMatchObject({ usual: true });
  expect(variationOf(400, 60, swinging, same)).toMatchObject({ usual: false });
});

test("nothing is said of too few weeks, too few clicks, or spans of different length", () => {
  expect(variationOf(110, 90, [100, 100, 100, 100, 100], same)).toBeNull();
  // The first click was seven weeks ago, in a week that was not whole.
  expect(variationOf(110, 90, [100, 100, 100, 100, 100, 100, 40, 0], same)).toMatchObject({ weeks: 6 });
  expect(variationOf(110, 90, [100, 100, 100, 100, 100, 40, 0, 0], same)).toBeNull();
  expect(variationOf(3, 1, [2, 3, 1, 2, 2, 3, 1, 2], same)).toBeNull();
  expect(variationOf(0, 0, [0, 0, 0, 0, 0, 0, 0, 0], same)).toBeNull();
  expect(variationOf(110, 90, [100, 100, 100, 100, 100, 100, 100, 100], { current: DAY, previous: LONGER })).toBeNull();
});

test("of counts that differ by chance alone about one in twenty is called unusual, however much they swing", () => {
  const random = createRandom(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.fraction())) * Math.cos(2 * Math.PI * random.fraction());
  for (const swing of [1, 4, 25]) {
    const count = () => Math.max(0, Math.round(400 + normal() * Math.sqrt(400 * swing)));
    const verdicts = Array.from({ length: 4_000 }, () =>
      variationOf(count(), count(), Array.from({ length: 8 }, count), same),
    );
    const unusual = verdicts.filter((verdict) => verdict?.usual === false).length / verdicts.length;
    expect(unusual).toBeGreaterThan(0.01);
    expect(unusual).toBeLessThan(0.07);
  }
});
