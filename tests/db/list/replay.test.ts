import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { DAY } from "@/lib/base/time";
import { readListFilters } from "@/lib/deliveries/list/filters";
import { answerHistory } from "@/lib/deliveries/list/history";
import { answerDeliveries, answerDelivery, answerReasons } from "@/lib/deliveries/list/rows";
import { pruneDeliveries } from "@/lib/deliveries/privacy/retention";
import { changePrivacy } from "@/lib/deliveries/privacy/settings";
import { replay } from "@/lib/deliveries/replay";
import { bytes, CLICK, clickPayload, LINK } from "@/tests/factory";
import { deliver, ledger, NOW, REFUSED, refuseKey } from "../deliveries/deliver";

await refuseKey();

/** Puts bodies into quarantine, as a version that did not understand them would have. */
async function quarantine(reason: string, ...bodies: unknown[]): Promise<void> {
  await db().delivery.createMany({
    data: bodies.map((body) => ({
      ...{ receivedAt: NOW, secretId: 7, outcome: "quarantined", reason },
      body: new Uint8Array(bytes(body)),
    })),
  });
}

test("what is understood by now is counted once, as it was received then", async () => {
  await quarantine(
    "old",
    clickPayload(),
    clickPayload({ id: "evt_again" }),
    { event: "sale.created" },
    { event: "new" },
  );
  expect(await replay({}, null)).toEqual({ settled: 3, kept: 1, next: null });
  expect(await db().click.findMany({ select: { clickId: true, receivedAt: true, secretId: true } })).toEqual([
    { clickId: CLICK.id, receivedAt: NOW, secretId: 7 },
  ]);
  expect(await ledger()).toEqual([
    "replayed: counted now",
    "replayed: this click is counted already",
    "replayed: sale.created is not counted",
    "quarantined: unknown event type",
  ]);
  const kept = await db().delivery.findMany({ orderBy: { id: "asc" } });
  expect(kept.map(({ body, replayedAt }) => [body !== null, replayedAt !== null])).toEqual([
    ...[
      [false, true],
      [false, true],
      [true, true],
    ],
    [true, false],
  ]);
  expect(kept[0]).toMatchObject({ linkId: LINK.id, clickId: CLICK.id, event: "link.clicked" });
  expect(await replay({}, null)).toEqual({ settled: 0, kept: 1, next: null });
  const { rows } = await answerDeliveries(readListFilters(new URLSearchParams("span=all")), {
    ...{ limit: 9, now: new Date() },
  });
  expect(rows.filter(({ outcome }) => outcome === "counted" || outcome === "replayed")).toHaveLength(3);
  const { buckets, totals, deliveries } = await answerHistory("24h", new Date(NOW.getTime() + 60_000));
  expect(totals).toMatchObject({ counted: 1, replayed: 3, quarantined: 1 });
  expect(deliveries).toBe(4);
  expect(buckets.reduce((sum, { byOutcome }) => sum + byOutcome.replayed, 0)).toBe(2);
});

test("two who replay the same at once count it once", async () => {
  await quarantine("old", ...Array.from({ length: 30 }, (_, n) => clickPayload({ click: { id: `click ${n}` } })));
  const steps = await Promise.all([replay({}, null), replay({}, null)]);
  expect(steps[0].settled + steps[1].settled).toBe(30);
  expect(await db().click.count()).toBe(30);
});

test("one by one, by filter, and step by step", async () => {
  const clicks = Array.from({ length: 205 }, (_, n) => clickPayload({ click: { id: `click ${n}` } }));
  await quarantine("one reason", ...clicks);
  await quarantine("another", clickPayload({ click: { id: "other" } }));
  expect(await replay({ id: 3n }, null)).toEqual({ settled: 1, kept: 0, next: null });
  expect(await replay({ id: 3n }, null)).toEqual({ settled: 0, kept: 0, next: null });
  const filter = { reason: "one reason" };
  const first = await replay(filter, null);
  expect(first).toEqual({ settled: 100, kept: 0, next: "101" });
  const second = await replay(filter, BigInt(first.next ?? 0));
  expect(second).toEqual({ settled: 100, kept: 0, next: "201" });
  expect(await replay(filter, BigInt(second.next ?? 0))).toEqual({ settled: 4, kept: 0, next: null });
  expect(await answerReasons()).toMatchObject([{ reason: "another", deliveries: 1, first: NOW, newest: NOW }]);
});

test("one that the database refuses stays, and does not take the others with it", async () => {
  const bad = clickPayload({ click: { id: "bad" }, link: { id: "link_bad", key: REFUSED } });
  await quarantine("old", clickPayload(), bad, clickPayload({ click: { id: "c" } }));
  expect(await replay({}, null)).toEqual({ settled: 2, kept: 1, next: null });
  expect((await ledger())[1]).toMatch(/^quarantined: the database refused a value/);
});

test("a delivery is shown with its body, indented when it is JSON, and without passwords", async () => {
  await deliver({ event: "unknown", data: { link: { password: "hunter2" } } });
  const shown = await answerDelivery("d1");
  expect(shown).toMatchObject({ id: "d1", outcome: "quarantined", secretId: 7 });
  expect(shown?.body?.text).toContain('{\n  "event": "unknown"');
  expect(shown?.body?.text).not.toContain("hunter2");
  for (const name of ["d2", "c1", "1", "d", "d1x"]) expect(await answerDelivery(name)).toBeNull();
});

test("old rows go, except those in quarantine", async () => {
  await deliver(clickPayload(), clickPayload(), "nonsense");
  await changePrivacy({ deliveryDays: 1 }, NOW);
  await pruneDeliveries(new Date(NOW.getTime() + DAY));
  expect(await ledger()).toHaveLength(2);
  await pruneDeliveries(new Date(NOW.getTime() + DAY + 1));
  expect(await ledger()).toEqual(["quarantined: the body is not JSON"]);
  expect(await db().click.count()).toBe(1);
});
