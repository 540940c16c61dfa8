import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { WRITE_LOCK } from "@/lib/base/write-lock";
import { counted, newMirror, reached } from "./mirrors";

const WRITERS = 6;
const CATCH_UPS = process.env.FAULTS === "long" ? 2_000 : 200;

const INSERT = `
  insert into click (link_id, click_id, clicked_at, slot, received_at, trigger, bot, visitor_estimated)
  select 'a', $1 || '_' || n, now(), 0, now(), 'link', false, false from generate_series(1, $2::int) as n`;

test("while many write and commit late, a mirror never misses a click or has one twice", {
  timeout: 600_000,
}, async () => {
  const mirror = newMirror();
  await reached(mirror, "current");
  // What has been acknowledged, and what has been begun: an answer lies between the two.
  let [acknowledged, begun] = [0, 0];
  let writing = true;

  async function write(writer: number): Promise<void> {
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    for (let round = 0; writing; round++) {
      const count = 1 + ((writer + round) % 3);
      await client.query("begin");
      await client.query("select pg_advisory_xact_lock_shared($1)", [WRITE_LOCK]);
      begun += count;
      await client.query(INSERT, [`${writer}_${round}`, count]);
      // Those that began later commit earlier.
      await delay((round * 7 + writer * 5) % 12);
      const isGivenUp = round % 10 === 9;
      await client.query(isGivenUp ? "rollback" : "commit");
      if (isGivenUp) begun -= count;
      else acknowledged += count;
    }
    await client.end();
  }

  const writers = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  let answers = 0;
  let refusals = 0;
  let last = -1;
  while (answers < CATCH_UPS) {
    const before = acknowledged;
    const rows = await mirror.ask(
      "select cast(count(*) as int) as clicks, cast(count(distinct seq) as int) as seqs from click",
      [],
    );
    if (!rows) {
      refusals++;
      continue;
    }
    const [{ clicks, seqs } = {}] = rows as { clicks?: number; seqs?: number }[];
    expect(seqs).toBe(clicks);
    expect(clicks).toBeGreaterThanOrEqual(Math.max(before, last));
    last = clicks ?? 0;
    answers++;
  }
  writing = false;
  await writers;

  expect(refusals).toBeLessThan(CATCH_UPS / 20);
  const rows = await mirror.ask("select cast(seq as text) as seq from click order by click.seq", []);
  const stored = await db().$queryRaw<{ seq: string }[]>`select seq::text as seq from click order by click.seq`;
  expect(rows).toEqual(stored);
  expect(stored).toHaveLength(acknowledged);
  expect(begun).toBe(acknowledged);
});

test("clicks that come while others are settled are neither lost nor counted twice", async () => {
  const mirror = newMirror(undefined, { step: 20 });
  await reached(mirror, "current");
  for (let round = 1; round <= 12; round++) {
    await db().$executeRawUnsafe(INSERT, String(round), 15);
    await counted(mirror);
    await db().$executeRawUnsafe(INSERT, `${round} meanwhile`, 3);
    const [, clicks] = await Promise.all([mirror.keepUp(), counted(mirror)]);
    expect(clicks).toBe(round * 18);
  }
  const sql = `select cast((select count(*) from settled) as int) as settled,
    cast((select sum(clicks) from slots) as int) as slots, cast((select sum(clicks) from day_link_id) as int) as days,
    cast((select sum(clicks) from block_link_id) as int) as blocks, cast((select count(*) from recent) as int) as recent`;
  const [{ settled, recent, ...rollups } = {}] = (await mirror.ask(sql, [])) as Record<string, number>[] | [];
  expect(Number(settled) + Number(recent)).toBe(12 * 18);
  expect(settled).toBeGreaterThan(100);
  expect(rollups).toEqual({ slots: settled, days: settled, blocks: settled });
});
