import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import type { Counted } from "@/lib/click/selection";
import { createSelfCheck } from "@/lib/engines/duckdb/self-check";
import { Prisma } from "@/lib/generated/prisma/client";
import { click, insertClicks } from "../query/rows";
import { newDirectory, newMirror, reached } from "./mirrors";

const COUNTED: Counted = {
  selections: [{ from: null, to: null, bots: "include", where: null }],
  columns: ["country"],
  order: Prisma.empty,
  sql: ([counts]) => Prisma.sql`select cast(sum(clicks) as int) as clicks from ${counts?.values ?? Prisma.empty}`,
};
const RIGHT = Prisma.sql`select cast(count(*) as int) as clicks from click`;
const WRONG = Prisma.sql`select cast(count(*) + ${1} as int) as clicks from click`;

test("an answer from counts that differs from the plain statement's is the last one", async () => {
  await insertClicks(Array.from({ length: 30 }, () => click()));
  const complaints: [unknown, string][] = [];
  const log = { info: () => {}, warn: () => {}, error: (...given: [unknown, string]) => void complaints.push(given) };
  const mirror = newMirror(newDirectory(), { check: { oneIn: 1, pauseMs: 0 }, step: 20, log });
  await reached(mirror, "current");

  expect(await mirror.askCounts(COUNTED, RIGHT)).toEqual([{ clicks: 30 }]);
  await db().click.create({ data: click({ clickId: "late" }) });
  expect(await mirror.askCounts(COUNTED, RIGHT)).toEqual([{ clicks: 31 }]);

  // Asked again as long as an earlier check is under way.
  await expect
    .poll(async () => {
      expect(await mirror.askCounts(COUNTED, WRONG, true)).toEqual([{ clicks: 31 }]);
      return mirror.status().hasDiffered;
    })
    .toBe(true);
  expect(complaints).toContainEqual([{ sql: WRONG.text, values: [1] }, expect.stringContaining("differs")]);
});

test("the same rows in another order don't differ, nor do those of newer data", async () => {
  let version = "1";
  let [reads, differences] = [0, 0];
  const check = createSelfCheck({
    isCurrent: async (of) => of === version,
    onDifference: () => {
      differences += 1;
    },
    onFailure: (error) => expect.unreachable(String(error)),
    oneIn: 1,
    pauseMs: 0,
  });
  const plain = { text: "select", values: [] };
  const reading = (rows: { value: number }[], next: string) => async () => {
    reads += 1;
    version = next;
    return rows;
  };
  check.note("1", [{ value: 1 }, { value: 2 }], plain, reading([{ value: 2 }, { value: 1 }], "1"));
  await expect.poll(() => reads).toBe(1);
  check.note("1", [{ value: 1 }], plain, reading([{ value: 2 }], "2"));
  await expect.poll(() => reads).toBe(2);
  await check.stop();
  expect(differences).toBe(0);
});
