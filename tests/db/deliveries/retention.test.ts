import { afterEach, expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { DAY, MINUTE } from "@/lib/base/time";
import { DIMENSIONS } from "@/lib/click/dimensions";
import { deleteOld, pruneClicks, pruneDeliveries } from "@/lib/deliveries/privacy/retention";
import { changePrivacy } from "@/lib/deliveries/privacy/settings";
import { replay } from "@/lib/deliveries/replay";
import { mirror } from "@/lib/engines/duckdb/process-mirror";
import { answer } from "@/lib/question/answer";
import { filtersFromParams } from "@/lib/question/codec/read";
import { question } from "@/lib/question/question";
import { clickPayload } from "@/tests/factory";
import { answerFrom, type Mirrored, startMirror } from "../../naive/mirrored";
import { hold, untilWaiting } from "../locks";
import { counted, newDirectory, newMirror, reached } from "../mirror/mirrors";
import { click, insertClicks, OWNER } from "../query/rows";
import { deliver, ledger, NOW } from "./deliver";

let mirrored: Mirrored | null = null;

afterEach(async () => {
  await mirrored?.stop();
  mirrored = null;
});

const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY);
const sentAgo = (id: string, days: number, more: object = {}) =>
  clickPayload({ click: { id, timestamp: daysAgo(days).toISOString(), ...more } });
const keepDays = (clickDays: number | null) => changePrivacy({ clickDays }, NOW);
const ids = async () =>
  (await db().click.findMany({ orderBy: { clickId: "asc" }, select: { clickId: true } })).map(({ clickId }) => clickId);
const generation = async () => (await db().dataset.findFirstOrThrow()).generation;

/** 3,000 clicks of 40 visitors, people and bots, over 120 days; some late, so that they come between others. */
const spread = () =>
  Array.from({ length: 3_000 }, (_, n) =>
    click({
      linkId: ["a", "b", "c"][n % 3] as string,
      clickedAt: new Date(NOW.getTime() - ((n * 7_919) % 172_800) * MINUTE),
      visitor: n % 11 === 0 ? null : `visitor_${(n * 31) % 40}`,
      visitorEstimated: n % 5 === 0,
      bot: n % 7 === 0,
      country: ["US", "DE", null][n % 3] as string | null,
      city: ["Springfield", "Berlin", null][(n >> 2) % 3] as string | null,
      browser: ["Chrome", "Safari", null][(n >> 1) % 3] as string | null,
    }),
  );

/** Answers of many kinds over ranges that end in and beside the days that were deleted. */
async function answers() {
  const found: unknown[] = [];
  for (const query of [
    "interval=all",
    "interval=90d&bots=exclude",
    "interval=30d",
    "start=2026-05-01&end=2026-08-14",
  ]) {
    const filters = filtersFromParams(new URLSearchParams(query), NOW);
    for (const kind of ["totals", "series", "heatMap"] as const)
      found.push([query, kind, await answer(question(OWNER, { kind }, filters))]);
    for (const { key } of DIMENSIONS)
      found.push([query, key, (await answer(question(OWNER, { kind: "breakdown", key }, filters))).rows]);
  }
  return found;
}

async function answersOfPostgres() {
  const before = mirror();
  answerFrom(null);
  const found = await answers();
  answerFrom(before);
  return found;
}

test.each([200, 100_000])(
  "old clicks go from the database and the mirror, which isn't rebuilt, and both agree (settled by %i)",
  async (step) => {
    await insertClicks(spread());
    mirrored = await startMirror({ step });
    await mirror()?.keepUp();
    const before = [await generation(), await answers()] as const;
    await keepDays(45);
    await pruneClicks(NOW);
    const limit = new Date("2026-07-01T00:00:00Z");
    expect(await db().click.count({ where: { clickedAt: { lt: limit } } })).toBe(0);
    const left = await db().click.count();
    expect(left).toBeGreaterThan(900);
    const answered = mirrored.tally.answered;
    const ofMirror = await answers();
    expect(ofMirror).toEqual(await answersOfPostgres());
    expect(ofMirror).not.toEqual(before[1]);
    expect(mirrored.tally.answered).toBeGreaterThan(answered);
    expect(mirror()?.status()).toMatchObject({ state: "current", clicks: left });
    // What comes later is counted beside what is left, also between a visitor's other clicks.
    await insertClicks(
      spread()
        .map((row, n) => ({ ...row, linkId: `later_${n % 2}` }))
        .filter(({ clickedAt }) => new Date(clickedAt) >= limit),
    );
    expect(await answers()).toEqual(await answersOfPostgres());
    // The next limit is in the same block of days, and another one.
    for (const days of [44, 2]) {
      await keepDays(days);
      await pruneClicks(NOW);
      expect(await answers()).toEqual(await answersOfPostgres());
    }
    expect(await generation()).toBe(before[0]);
    expect(mirrored.tally.refused).toBe(0);
    expect(mirrored.tally.complaints).toEqual([]);
  },
);

test("a mirror that was closed meanwhile goes on, even when not all is deleted yet, and one that fills takes nothing old", async () => {
  await insertClicks(Array.from({ length: 40 }, (_, n) => click({ clickedAt: daysAgo(n) })));
  const directory = newDirectory();
  const first = newMirror(directory);
  await reached(first, "current");
  await first.close();
  await keepDays(10);
  const stopped = new AbortController();
  stopped.abort();
  // One step of several: a crash there.
  await pruneClicks(NOW, stopped.signal, 5);
  expect(await db().click.count()).toBe(35);
  const [second, third] = [newMirror(directory), newMirror()];
  await Promise.all([reached(second, "current"), reached(third, "current")]);
  expect([await counted(second), await counted(third)]).toEqual([11, 11]);
  await pruneClicks(NOW);
  expect(await db().click.count()).toBe(11);
  expect([await counted(second), await counted(third)]).toEqual([11, 11]);
  await db().click.create({ data: click({ clickId: "new", clickedAt: NOW }) });
  expect([await counted(second), await counted(third)]).toEqual([12, 12]);
});

test("a click is kept for whole days in UTC, and its deliveries go with it, quarantined ones too", async () => {
  const at = (id: string, timestamp: string) => clickPayload({ click: { id, timestamp } });
  await deliver(at("last", "2026-08-13T23:59:59.999Z"), at("first", "2026-08-14T00:00:00.000Z"));
  await deliver(at("first", "2026-08-14T00:00:00.000Z"), "nonsense");
  await keepDays(1);
  await deleteOld(NOW);
  expect(await ids()).toEqual(["first"]);
  expect(await ledger()).toHaveLength(2);
  await deleteOld(new Date(NOW.getTime() + DAY));
  expect([await ids(), await ledger()]).toEqual([
    [],
    ["duplicate: this click is counted already", "quarantined: the body is not JSON"],
  ]);
  await deleteOld(new Date(NOW.getTime() + 2 * DAY));
  expect(await ledger()).toEqual([]);
});

test("a click that is older than clicks are kept isn't stored, from a sender, a spool or quarantine", async () => {
  await deliver(
    sentAgo("waits", 20, { device: { broken: true }, bot: false }),
    clickPayload({ event: "link.sung", click: { id: "x" } }),
  );
  await keepDays(10);
  await deliver(sentAgo("before the first run", 11));
  await pruneClicks(NOW);
  expect(await deliver(sentAgo("late", 11), sentAgo("fresh", 9))).toEqual(["ignored", "counted"]);
  expect((await ledger()).at(-1)).toBe("ignored: older than clicks are kept");
  expect(await ids()).toEqual(["fresh"]);
  const row = { receivedAt: NOW, outcome: "quarantined", reason: "", event: "link.clicked" };
  await db().delivery.create({
    data: { ...row, body: new Uint8Array(Buffer.from(JSON.stringify(sentAgo("old", 30)))) },
  });
  await db().delivery.deleteMany({ where: { event: "link.sung" } });
  expect(await replay({}, null)).toMatchObject({ settled: 1 });
  expect(await ids()).toEqual(["fresh"]);
  expect(await db().delivery.count({ where: { body: { not: null } } })).toBe(0);
});

test("keeping clicks longer lets older ones in again, and mirrors have them", async () => {
  await insertClicks(Array.from({ length: 20 }, (_, n) => click({ clickedAt: daysAgo(n) })));
  const one = newMirror();
  await reached(one, "current");
  await keepDays(5);
  await pruneClicks(NOW);
  expect(await counted(one)).toBe(6);
  await keepDays(15);
  expect(await deliver(sentAgo("late", 12))).toEqual(["counted"]);
  await counted(one);
  await reached(one, "current");
  expect(await counted(one)).toBe(7);
  await pruneClicks(NOW);
  await keepDays(null);
  expect(await deliver(sentAgo("very late", 300))).toEqual(["counted"]);
  await deleteOld(NOW);
  expect(await db().click.count()).toBe(8);
});

test("uncounted deliveries go after their own time, but quarantined ones stay, and clicks too", async () => {
  await deliver(sentAgo("a", 0), sentAgo("a", 0), "nonsense");
  await changePrivacy({ deliveryDays: 3 }, NOW);
  await deleteOld(new Date(NOW.getTime() + 3 * DAY));
  expect(await ledger()).toHaveLength(2);
  await deleteOld(new Date(NOW.getTime() + 3 * DAY + 1));
  expect(await ledger()).toEqual(["quarantined: the body is not JSON"]);
  expect(await ids()).toEqual(["a"]);
});

test.each([
  ["clicks", { clickDays: 5 }, { clickDays: null }, 15],
  ["clicks", { clickDays: 5 }, { clickDays: 18 }, 15],
  ["deliveries", { deliveryDays: 5 }, { deliveryDays: null }, 15],
  ["deliveries", { deliveryDays: 5 }, { deliveryDays: 18 }, 9],
] as const)("%s that are being deleted by %j stay where %j is chosen meanwhile", async (what, before, after, stay) => {
  const times = Array.from({ length: 20 }, (_, n) => daysAgo(10 + n));
  await insertClicks(times.map((clickedAt) => click({ clickedAt })));
  const row = { outcome: "duplicate", reason: "", event: "link.clicked" };
  await db().delivery.createMany({ data: times.map((receivedAt) => ({ ...row, receivedAt })) });
  const generations = await generation();
  await changePrivacy(before, NOW);
  // A row of the first step, which so waits until the change waits, too.
  const release = await hold((tx) =>
    what === "clicks"
      ? tx.$queryRaw`select seq from click where link_id = ${click().linkId} order by clicked_at limit 1 for update`
      : tx.$queryRaw`select id from delivery order by received_at limit 1 for update`,
  );
  const pruning = what === "clicks" ? pruneClicks(NOW, undefined, 5) : pruneDeliveries(NOW, undefined, 5);
  await untilWaiting(1);
  const changing = changePrivacy(after, NOW);
  await untilWaiting(2);
  await release();
  await Promise.all([pruning, changing]);
  const left = () => (what === "clicks" ? db().click.count() : db().delivery.count());
  expect(await left()).toBe(stay);
  // Clicks may come in again: mirrors are made anew.
  expect(await generation()).toBe(generations + (what === "clicks" ? 1n : 0n));
  await deleteOld(NOW);
  expect(await left()).toBe(Object.values(after)[0] === null ? 15 : 9);
});
