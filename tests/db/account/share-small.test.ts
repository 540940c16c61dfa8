import { expect, test } from "vitest";
import { readShared } from "@/lib/account/shares/store";
import { DIMENSIONS } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import type { Breakdown } from "@/lib/question/answer-types";
import { EVERYTHING, question } from "@/lib/question/question";
import { made, NOW, onMirror } from "./share-world";

test("numbers below a limit are told by no answer", async () => {
  const least = 30;
  const link = await made({ query: "interval=all&timezone=UTC", least, mayFilter: false, isCompared: false });
  for (const engine of ["Postgres", "the mirror"]) {
    const mirrored = engine === "the mirror" ? await onMirror() : null;
    const { scope, filters } = readShared(link, new URLSearchParams(), NOW);
    const tells = (numbers: number[]) => expect(numbers.filter((number) => number > 0 && number < least)).toEqual([]);
    const series = await answer(question(scope, { kind: "series" }, filters));
    tells(series.points.map(({ clicks }) => clicks));
    expect(series.points.some(({ isHidden }) => isHidden)).toBe(true);
    const { clicks } = await answer(question(scope, { kind: "totals" }, filters));
    const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
    tells([clicks - sumOf(series.points.map((point) => point.clicks))]);
    const week = await answer(question(scope, { kind: "heatMap" }, filters));
    tells(week.cells.flat());
    tells([clicks - sumOf(week.cells.flat())]);
    expect(week.median.flat().every((median) => median === null)).toBe(true);
    for (const { key } of DIMENSIONS) {
      const all = await answer(question(EVERYTHING, { kind: "breakdown", key }, filters));
      const found = await answer(question(scope, { kind: "breakdown", key, rows: { limit: 3 } }, filters));
      const whole = await answer(question(scope, { kind: "breakdown", key }, filters));
      tells(whole.rows.map(({ clicks }) => clicks));
      const sum = whole.rows.reduce((clicks, row) => clicks + row.clicks, 0);
      if (!all.sum) tells([whole.total - sum]);
      expect(found).toEqual({ ...whole, rows: whole.rows.slice(0, 3) });
      const isTold = ({ rows }: Breakdown, row: Breakdown["rows"][number]) =>
        rows.some(({ value, place }) => JSON.stringify([value, place]) === JSON.stringify([row.value, row.place]));
      expect(all.rows.filter((row) => !isTold(whole, row)).length).toBe(all.rows.length - whole.rowCount);
    }
    if (mirrored) expect(mirrored.tally).toMatchObject({ refused: 0, complaints: [] });
  }
  // Days beside weeks would tell some.
  expect(readShared(link, new URLSearchParams("granularity=week"), NOW).filters.granularity).toBeNull();
  const few = await made({
    query: "interval=all&country=AU&city=Nyngan&os=iOS&browser=Chrome",
    ...{ least: 500, mayFilter: false, isCompared: false },
  });
  const { scope, filters } = readShared(few, new URLSearchParams(), NOW);
  expect(await answer(question(scope, { kind: "totals" }, filters))).toEqual({
    ...{ clicks: 0, visitors: 0, links: 0, withheld: 0 },
    small: ["clicks", "visitors", "links"],
  });
  expect(await answer(question(scope, { kind: "breakdown", key: "country" }, filters))).toEqual({
    rows: [],
    rowCount: 0,
    total: 0,
  });
});
