import { afterEach, expect, test } from "vitest";
import { DAY } from "@/lib/base/time";
import { answer } from "@/lib/question/answer";
import { parseCursor } from "@/lib/question/codec/query-string";
import { filtersFromParams } from "@/lib/question/codec/read";
import { question } from "@/lib/question/question";
import { type Mirrored, startMirror } from "../../naive/mirrored";
import { click, insertClicks, OWNER } from "./rows";

// Questions that look at few clicks first, and at the others only if they must.

const NOW = new Date("2026-08-15T12:00:00Z");
const ENGINES = ["Postgres", "the mirror"];
const filters = (query: string) => filtersFromParams(new URLSearchParams(query), NOW);

let mirrored: Mirrored | null = null;
afterEach(async () => {
  await mirrored?.stop();
  mirrored = null;
});

test.each(ENGINES)(
  "%s finds what all of many clicks have in common, also if only one of them differs",
  async (engine) => {
    const same = { country: "DE", device: "Mobile", browser: "Firefox", clickedAt: new Date(NOW.getTime() - DAY) };
    await insertClicks([
      ...Array.from({ length: 2_500 }, () => click(same)),
      click({ ...same, device: "Desktop" }),
      click({ ...same, browser: null }),
    ]);
    if (engine === "the mirror") mirrored = await startMirror();
    const found = await answer(question(OWNER, { kind: "sameValues" }, filters("interval=all")));
    expect(found.get("country")).toEqual({ value: "DE", clicks: 2_502 });
    expect(found.get("os")).toEqual({ value: null, clicks: 2_502 });
    expect([found.has("device"), found.has("browser")]).toEqual([false, false]);
  },
);

test.each(ENGINES)("%s lists every click once, page by page, however far they are apart", async (engine) => {
  // Close together, then one in each of some months, some at the same moment, and one in the future.
  const ages = [-1, ...Array.from({ length: 7 }, (_, n) => n / 10), 14, 14, 14.001, 40, 80, 81, 150, 150, 299.9];
  await insertClicks(ages.map((days) => click({ clickedAt: new Date(NOW.getTime() - days * DAY) })));
  if (engine === "the mirror") mirrored = await startMirror();
  const ordered = ages.toSorted((a, b) => a - b);
  const agesOf = (rows: readonly { clickedAt: Date }[]) =>
    rows.map((row) => (NOW.getTime() - row.clickedAt.getTime()) / DAY);
  for (const query of ["interval=all", "start=2025-10-01&end=2026-09-30", "interval=90d"]) {
    const asked = filters(query);
    const inside = ordered.filter((age) => {
      const at = NOW.getTime() - age * DAY;
      return (
        (!asked.range.from || at >= asked.range.from.getTime()) && (!asked.range.to || at < asked.range.to.getTime())
      );
    });
    for (const limit of [1, 3, 8, 50]) {
      const page = (before: string | null, after: string | null, oldestFirst = false) =>
        answer(
          question(
            OWNER,
            {
              ...{ kind: "clicks", limit, oldestFirst },
              ...{
                before: before === null ? null : parseCursor(before),
                after: after === null ? null : parseCursor(after),
              },
            },
            asked,
          ),
        );
      const down: number[] = [];
      let last = await page(null, null);
      for (down.push(...agesOf(last.rows)); last.older; down.push(...agesOf(last.rows)))
        last = await page(last.older, null);
      expect(down.map((age) => age.toFixed(3))).toEqual(inside.map((age) => age.toFixed(3)));
      const up: number[] = agesOf(last.rows);
      for (let here = last; here.newer; up.unshift(...agesOf(here.rows))) here = await page(null, here.newer);
      expect(up.map((age) => age.toFixed(3))).toEqual(inside.map((age) => age.toFixed(3)));
      const first = await page(null, null, true);
      expect(agesOf(first.rows).map((age) => age.toFixed(3))).toEqual(
        inside
          .toReversed()
          .slice(0, limit)
          .map((age) => age.toFixed(3)),
      );
    }
  }
  if (mirrored) expect(mirrored.tally).toMatchObject({ refused: 0, complaints: [] });
});
