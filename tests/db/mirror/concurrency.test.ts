import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { WRITE_LOCK } from "@/lib/base/write-lock";
import { newMirror, reached } from "./mirrors";

const WRITERS = 6;
const CATCH_UPS = process.env.FAULTS === "long" ? 2_000 : 500;

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
