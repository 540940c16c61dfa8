import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { POST } from "@/app/api/webhooks/dub/route";
import { db, ingestDb } from "@/lib/base/db";
import { runtime } from "@/lib/base/runtime";
import { deleteExpired } from "@/lib/deliveries/delete-expired";
import { writeHeartbeat } from "@/lib/deliveries/heartbeat/heartbeat";
import { failuresInRow } from "@/lib/deliveries/heartbeat/server-state";
import { joinSpans, pastUptimeWriter, readDowntimes } from "@/lib/deliveries/heartbeat/stored-spans";
import { flushRefusals } from "@/lib/deliveries/refusals";
import { readFacts } from "@/lib/health/read";
import { bytes, clickPayload, signed } from "@/tests/factory";
import { forgetFacts } from "@/tests/setup/facts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 3) + minute * 60_000);
const rows = () => db().reception.findMany({ orderBy: { id: "asc" }, select: { beganAt: true, seenAt: true } });
const gaps = (from: number, to: number) => readDowntimes({ from: at(from), to: at(to) });

// A heartbeat is given up after some seconds, in which a busy machine may not get to connect.
beforeAll(() => ingestDb().$queryRaw`select 1`);

/** Beats of a process that was just started. */
async function run(...minutes: number[]): Promise<void> {
  runtime().delete("heartbeat");
  for (const minute of minutes) await writeHeartbeat(at(minute));
}

test("a server that runs is one row; a stop, and a sleep, are gaps", async () => {
  await run(0, 0.25, 0.5);
  expect(await rows()).toEqual([{ beganAt: at(0), seenAt: at(0.5) }]);
  await run(10, 10.25, 30);
  expect(await rows()).toHaveLength(3);
  expect(await gaps(-60, 60)).toEqual([
    { from: at(0.5), to: at(10) },
    { from: at(10.25), to: at(30) },
  ]);
  expect(await gaps(2, 3)).toEqual([{ from: at(0.5), to: at(10) }]);
  expect(await gaps(40, 50)).toEqual([]);
  expect(await gaps(-50, -40)).toEqual([]);
});

test("where one of two servers was there, nothing is missing; nor where a spool tells of deliveries", async () => {
  await run(0, 0.5);
  await run(20, 20.5);
  await db().reception.create({ data: { server: "other", beganAt: at(-5), seenAt: at(8) } });
  expect(await gaps(0, 60)).toEqual([{ from: at(8), to: at(20) }]);
  const note = pastUptimeWriter("spool");
  await note({ from: at(8), to: at(9) });
  await note({ from: at(9.5), to: at(12) });
  await note({ from: at(15), to: at(16) });
  expect(await gaps(0, 60)).toEqual([
    { from: at(12), to: at(15) },
    { from: at(16), to: at(20) },
  ]);
});

test("a clock that goes back makes no gap and loses none", async () => {
  await run(10, 10.25, 10.1, 10.5);
  expect(await rows()).toEqual([{ beganAt: at(10), seenAt: at(10.5) }]);
  await writeHeartbeat(at(5));
  await writeHeartbeat(at(5.25));
  expect(await gaps(0, 60)).toEqual([{ from: at(5.25), to: at(10) }]);
});

test("old spans without a gap between them become one, and no gap is lost", async () => {
  const span = (server: string, from: number, to: number) => ({ server, beganAt: at(from), seenAt: at(to) });
  await db().reception.createMany({
    data: [
      span("a", 0, 10),
      span("b", 3, 4),
      span("a", 10.2, 20),
      span("b", 25, 30),
      span("a", 30.5, 40),
      span("a", 39, 90),
    ],
  });
  const before = await gaps(-10, 100);
  await joinSpans(at(60));
  expect(await rows()).toEqual([
    { beganAt: at(0), seenAt: at(20) },
    { beganAt: at(25), seenAt: at(40) },
    { beganAt: at(39), seenAt: at(90) },
  ]);
  expect(await gaps(-10, 100)).toEqual(before);
  expect(before).toEqual([{ from: at(20), to: at(25) }]);
});

test("whatever spans there are, joining them changes no gap", async () => {
  const minutes = fc.nat({ max: 240 }).map((quarter) => quarter / 4);
  const drawn = fc.array(fc.record({ from: minutes, length: minutes, server: fc.constantFrom("a", "b") }), {
    maxLength: 9,
  });
  await fc.assert(
    fc.asyncProperty(drawn, minutes, async (spans, limit) => {
      await db().reception.deleteMany();
      const data = spans.map(({ from, length, server }) => ({ server, beganAt: at(from), seenAt: at(from + length) }));
      await db().reception.createMany({ data });
      const before = await gaps(-1, 500);
      await joinSpans(at(limit));
      expect(await gaps(-1, 500)).toEqual(before);
      await joinSpans(at(500));
      expect(await gaps(-1, 500)).toEqual(before);
      expect(await db().reception.count()).toBe(spans.length > 0 ? before.length + 1 : 0);
    }),
    { numRuns: 40 },
  );
});

test("what nobody asks for any more is removed", async () => {
  const [now, old] = [new Date(), new Date("2020-01-01")];
  await db().reception.createMany({ data: [old, now].map((day) => ({ server: "a", beganAt: day, seenAt: day })) });
  await db().refusal.createMany({ data: [old, now].map((minute) => ({ minute, reason: "size", count: 1 })) });
  await deleteExpired(now);
  expect(await Promise.all([db().reception.count(), db().refusal.count()])).toEqual([1, 1]);
});

const post = (request: Request) => POST(request, undefined);

test("refused requests are counted by minute and reason, of all servers together; nothing else is kept of them", async () => {
  for (let n = 0; n < 3; n++) await post(signed(clickPayload(), undefined, "whsec_somebody_else"));
  await post(new Request("http://localhost/api/webhooks/dub", { method: "POST", body: bytes(clickPayload()) }));
  const large = { "Content-Length": "1048577" };
  for (const headers of [large, { ...large, "Dub-Signature": "0".repeat(64) }])
    expect((await post(new Request("http://localhost/api/webhooks/dub", { method: "POST", headers }))).status).toBe(
      413,
    );
  // Anybody can send these: none is a failed attempt of the sender.
  expect(failuresInRow().failures).toBe(0);
  await flushRefusals();
  forgetFacts();
  expect(await readFacts()).toMatchObject({ failures: 0, stored: { rejected: 6 } });
  await post(signed(clickPayload(), undefined, "whsec_somebody_else"));
  await flushRefusals();
  const counted = await db().refusal.groupBy({ by: ["reason"], _sum: { count: true }, orderBy: { reason: "asc" } });
  expect(counted.map(({ reason, _sum }) => `${reason} ${_sum.count}`)).toEqual(["signature 4", "size 2", "unsigned 1"]);
});

test("refusals that could not be written are written the next time", async () => {
  await post(new Request("http://localhost/api/webhooks/dub", { method: "POST", body: bytes(clickPayload()) }));
  await db().$executeRaw`alter table refusal rename to refusal_away`;
  await expect(flushRefusals()).rejects.toThrow();
  await db().$executeRaw`alter table refusal_away rename to refusal`;
  await flushRefusals();
  await flushRefusals();
  expect(await db().refusal.aggregate({ _sum: { count: true } })).toEqual({ _sum: { count: 1 } });
});

test("what waits in the spool of another server, and its failures as long as it is here, are told as well", async () => {
  const now = new Date();
  const server = (name: string, ago: number, failures: number) => {
    const seenAt = new Date(now.getTime() - ago);
    return { server: name, beganAt: seenAt, seenAt, state: { version: "0.1.0", failures, waiting: 3 } };
  };
  await db().reception.createMany({ data: [server("here", 10_000, 7), server("gone", 120_000, 12)] });
  forgetFacts();
  const { waiting, failures, stored } = await readFacts(now);
  expect([waiting, failures]).toEqual([6, 7]);
  expect(stored?.servers.map(({ server: name, isHere }) => [name, isHere])).toEqual([
    ["gone", false],
    ["here", true],
  ]);
});

test("how things are: the last delivery, the delay, who is there, what waits in quarantine", async () => {
  const now = new Date();
  await post(signed(clickPayload({ click: { timestamp: new Date(now.getTime() - 5_000).toISOString() } })));
  await post(signed("nonsense"));
  runtime().delete("heartbeat");
  await writeHeartbeat(now);
  // What a spool told of is no server that was seen.
  await db().reception.create({ data: { server: "spool 1a2b3c4d", beganAt: now, seenAt: now } });
  forgetFacts();
  const { database, stored } = await readFacts();
  expect(database).toBeNull();
  expect(stored).toMatchObject({ quarantined: { all: 1, lately: 1 }, isSilent: false, mirrorLag: null });
  expect(stored?.servers).toMatchObject([
    { isHere: true, failures: 0, waiting: 0, delay: { p50: expect.any(Number) } },
  ]);
  expect(stored?.delay?.clicks).toBe(1);
  expect(stored?.delay?.p50).toBeGreaterThanOrEqual(5_000);
  expect(stored?.lastDelivery?.getTime()).toBeGreaterThanOrEqual(stored?.lastClick?.getTime() ?? Number.NaN);
});
