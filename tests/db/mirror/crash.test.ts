import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { newDirectory, newMirror, reached, startProcess } from "./mirrors";

/** A sum that no other set of clicks has in practice. */
const PRINT = "select cast(count(*) as int) as clicks, cast(coalesce(sum(seq), 0) as text) as seqs from click";

/** Stores clicks fast; their times and ids follow from their number. */
async function store(from: number, count: number): Promise<void> {
  await db().$executeRaw`
    insert into click (link_id, click_id, clicked_at, slot, received_at, trigger, bot, visitor_estimated, city)
    select 'a', 'click_' || n, timestamptz '2026-01-01' + n * interval '1 minute',
      cast(extract(epoch from timestamptz '2026-01-01' + n * interval '1 minute') / 900 as int), now(), 'link', false,
      false, 'City ' || n % 90
    from generate_series(${from}::int, ${from + count - 1}::int) as n`;
}

async function expectSame(directory: string): Promise<void> {
  const mirror = newMirror(directory);
  await reached(mirror, "current");
  expect(await mirror.ask(PRINT, [])).toEqual(await db().$queryRawUnsafe(PRINT));
  await mirror.close();
}

test("a server that is killed while it fills its mirror starts with a right one", { timeout: 120_000 }, async () => {
  await store(0, 60_000);
  for (let round = 0; round < 6; round++) {
    const directory = newDirectory();
    const server = startProcess("asking.ts", directory);
    // Starting takes half a second; filling in steps of 2,000 another.
    await Promise.race([server.firstLine, delay(500 + round * 150)]);
    await server.kill();
    await expectSame(directory);
  }
});

test("a server that is killed while it takes in new clicks starts with a right mirror", {
  timeout: 120_000,
}, async () => {
  const directory = newDirectory();
  let stored = 0;
  for (let round = 0; round < 6; round++) {
    const server = startProcess("asking.ts", directory);
    await server.firstLine;
    const end = Date.now() + 100 + round * 60;
    while (Date.now() < end) {
      await store(stored, 50);
      stored += 50;
    }
    await server.kill();
    await expectSame(directory);
  }
});
