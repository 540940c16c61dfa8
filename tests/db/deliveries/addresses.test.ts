import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import type { KeptAddress } from "@/lib/base/privacy";
import { HOUR } from "@/lib/base/time";
import { storeDeliveries } from "@/lib/deliveries/commit";
import { cutAddresses, cutProgress, cutStep, cutTarget } from "@/lib/deliveries/privacy/cut-stored";
import { changePrivacy } from "@/lib/deliveries/privacy/settings";
import { replay } from "@/lib/deliveries/replay";
import { readDelivery } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";
import { bytes, clickPayload } from "@/tests/factory";
import { deliver, everythingStored, NOW } from "./deliver";

const IP = "198.51.100.9";
const IP6 = "2001:db8:1:2:3::4";
const keep = (keptAddress: KeptAddress) => changePrivacy({ keptAddress }, NOW);
const click = (id: string, ip: string | null = IP, more: object = {}) => clickPayload({ click: { id, ip, ...more } });
const addresses = async () =>
  (await db().click.findMany({ orderBy: { seq: "asc" }, select: { ip: true } })).map(({ ip }) => ip);
const visitors = async () =>
  (await db().click.findMany({ orderBy: { seq: "asc" }, select: { visitor: true, visitorEstimated: true } })).map(
    ({ visitor, visitorEstimated }) => `${visitor} ${visitorEstimated}`,
  );
const bodies = async () =>
  (await db().delivery.findMany({ orderBy: { id: "asc" } })).map(({ body }) => body && Buffer.from(body).toString());

const SENT = [IP, `::ffff:${IP}`, `${IP}:51234`, IP6, "no address", null];

test.each([
  ["full", [IP, IP, IP, IP6, "no address", null]],
  ["truncated", ["198.51.100.0", "198.51.100.0", "198.51.100.0", "2001:db8:1::", null, null]],
  ["none", [null, null, null, null, null, null]],
] as const)(
  "with %s, this is kept of what comes in, and visitors are those of the whole address",
  async (kept, expected) => {
    await deliver(...SENT.map((ip, n) => click(`full_${n}`, ip)));
    const whole = await visitors();
    await db().click.deleteMany();
    await keep(kept);
    await deliver(...SENT.map((ip, n) => click(`cut_${n}`, ip)));
    expect(await addresses()).toEqual(expected);
    expect(await visitors()).toEqual(whole);
    expect(new Set(whole).size).toBe(4);
  },
);

const HOSTILE = [
  clickPayload({ event: "link.sung", click: { id: "x", ip: IP }, link: { seen: [{ by: `${IP}, 10.0.0.1` }] } }),
  clickPayload({ click: { id: "y", ip: `[${IP6}]:443`, timestamp: "never" } }),
  JSON.stringify(click("z")).replaceAll(".", "\\u002e").replace("link\\u002eclicked", "link.clicked_again"),
  `{"cut off": "${IP}", ip:${IP6}, "from ${IP}:80 and ${IP}`,
  Buffer.from(`\xff\xfe${IP}\xff`, "latin1"),
  `${"[".repeat(40)}"${IP}"${"]".repeat(40)}`,
];

test.each([
  ["truncated", "198.51.100.0"],
  ["none", "null"],
] as const)("with %s, no stored body has a whole address, in any notation or place", async (kept, expected) => {
  await keep(kept);
  expect(await deliver(...HOSTILE)).toEqual(HOSTILE.map(() => "quarantined"));
  const stored = await everythingStored();
  expect(stored).not.toContain(IP);
  expect(stored).not.toContain("2001:db8:1:2");
  expect((await bodies())[0]).toContain(expected);
  expect(await db().delivery.count({ where: { addressCut: true } })).toBe(HOSTILE.length);
});

test("a body without an address is kept to the byte, and versions and times aren't taken for one", async () => {
  await keep("none");
  const body = Buffer.from('{ "event":"link.sung",\r\n "at": "10:16:40.000Z", "v": "Chrome/127.0.0.0", "x": 1.5 }\n');
  const text = Buffer.from("at 10:16:40, version 1.2.3: not JSON");
  await deliver(body, text);
  expect(await bodies()).toEqual([body.toString(), text.toString()]);
  expect(await db().delivery.count({ where: { addressCut: true } })).toBe(0);
});

const isHelpful = { id: "later", ip: IP, timestamp: "never" };
const repaired = { ...isHelpful, timestamp: "2026-08-15T10:16:40.000Z" };

/** What an upgrade would do: the quarantined delivery can be read now. */
async function repairBodies(): Promise<void> {
  for (const { id, body } of await db().delivery.findMany()) {
    const text = Buffer.from(body ?? [])
      .toString()
      .replace("never", repaired.timestamp);
    await db().delivery.update({ where: { id }, data: { body: new Uint8Array(Buffer.from(text)) } });
  }
}

test.each(["truncated", "none"] as const)(
  "a delivery replayed with %s has the visitor of its whole address",
  async (kept) => {
    await deliver(click("whole"));
    const [whole] = await visitors();
    await deliver(clickPayload({ click: isHelpful }));
    await keep(kept);
    await deliver(clickPayload({ click: { ...isHelpful, id: "later_2" } }));
    await cutAddresses();
    expect(await everythingStored()).not.toContain(IP);
    await repairBodies();
    expect(await replay({}, null)).toMatchObject({ settled: 2, kept: 0 });
    expect(await visitors()).toEqual([whole, whole, whole]);
    expect(await db().delivery.count({ where: { visitor: { not: null } } })).toBe(0);
  },
);

test("where the visitor couldn't be told before its address was cut, it is an estimate", async () => {
  await keep("truncated");
  await deliver(clickPayload({ click: isHelpful }));
  await db().delivery.updateMany({ data: { visitor: null } });
  await repairBodies();
  await replay({}, null);
  expect(await addresses()).toEqual(["198.51.100.0"]);
  expect((await visitors())[0]).toMatch(/ true$/);
});

async function fill(count: number): Promise<void> {
  await deliver(...Array.from({ length: count }, (_, n) => click(`c_${n}`, n % 3 === 0 ? IP6 : `${IP}`)));
  await deliver(...HOSTILE);
}

test("what is stored is cut, its visitors stay, and more is kept of later clicks only", async () => {
  await fill(10);
  const old = await db().click.findFirstOrThrow({ omit: { seq: true } });
  await db().click.create({ data: { ...old, clickId: "old", ip: `[::ffff:${IP}]:80, 10.0.0.1` } });
  const before = await visitors();
  await keep("truncated");
  expect(await cutProgress()).toBe(0);
  await cutAddresses();
  expect(await cutProgress()).toBeNull();
  expect(new Set(await addresses())).toEqual(new Set(["198.51.100.0", "2001:db8:1::"]));
  expect(await everythingStored()).not.toContain(IP);
  expect(await visitors()).toEqual(before);

  await keep("none");
  await cutAddresses();
  expect(new Set(await addresses())).toEqual(new Set([null]));
  await keep("full");
  await deliver(click("whole"));
  await cutAddresses();
  expect((await addresses()).at(-1)).toBe(IP);
  await keep("truncated");
  await cutAddresses();
  expect((await addresses()).at(-1)).toBe("198.51.100.0");
});

test("it goes on where it was interrupted, and a step that fails leaves everything as it was", async () => {
  await fill(20);
  await keep("truncated");
  const target = await cutTarget();
  if (!target) throw new Error("nothing to cut");
  const sizes = { clicks: 5, deliveries: 1 };
  expect(await cutStep(target, sizes)).toBe("more");
  const cut = async () => (await addresses()).filter((ip) => ip !== IP && ip !== IP6).length;
  expect([await cut(), await cutProgress(), await db().delivery.count({ where: { addressCut: true } })]).toEqual([
    ...[5, 0.25, 1],
  ]);
  await db().$executeRaw`
    alter table click add constraint no_more check (seq <> 8 or ip not in ('198.51.100.0', '2001:db8:1::'))`;
  await expect(cutStep(target, sizes)).rejects.toThrow();
  expect([await cut(), await db().delivery.count({ where: { addressCut: true } })]).toEqual([5, 1]);
  await db().$executeRaw`alter table click drop constraint no_more`;
  await cutAddresses({ sizes, pauseMs: 0 });
  expect([await cut(), await db().delivery.count({ where: { addressCut: true } })]).toEqual([20, HOSTILE.length]);
});

test("of several servers one does a step at a time, while others store clicks", async () => {
  await fill(30);
  await keep("none");
  const sizes = { clicks: 3, deliveries: 1 };
  const work = () => cutAddresses({ sizes, pauseMs: 0 });
  await Promise.all([work(), work(), deliver(click("meanwhile")), work()]);
  await work();
  expect(await db().click.count({ where: { ip: { not: null } } })).toBe(0);
  expect(await db().click.count()).toBe(31);
  expect(await everythingStored()).not.toContain(IP);
});

test("a write that began with the old setting is over before the new one holds, and what it stored is cut", async () => {
  await deliver(click("first"));
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let locked = () => {};
  const isLocked = new Promise<void>((resolve) => {
    locked = resolve;
  });
  // A row that the write needs: it has read the setting by then.
  const holder = db().$transaction(async (tx) => {
    await tx.$queryRaw`select id from link for update`;
    locked();
    await held;
  });
  await isLocked;
  const writing = storeDeliveries([
    readDelivery(
      SENDER,
      bytes(clickPayload({ click: { id: "second", ip: IP }, link: { updatedAt: "2026-09-01T00:00:00Z" } })),
      NOW,
      7,
    ),
  ]);
  const waits = async () =>
    (
      await db().$queryRaw<[{ count: number }]>`
      select count(*)::int as count from pg_locks where not granted and pid in
        (select pid from pg_stat_activity where datname = current_database())`
    )[0].count;
  await expect.poll(waits).toBe(1);
  const changing = keep("none");
  await expect.poll(waits).toBe(2);
  release();
  await Promise.all([holder, writing, changing]);
  expect(await addresses()).toEqual([IP, IP]);
  await cutAddresses();
  expect(await addresses()).toEqual([null, null]);
});

test("what a server of an earlier version stores meanwhile is cut by the next run", async () => {
  await keep("truncated");
  await deliver(click("cut"));
  await cutAddresses();
  const row = await db().click.findFirstOrThrow({ omit: { seq: true } });
  const progress = () => db().addressCut.findFirstOrThrow();
  await db().click.create({ data: { ...row, clickId: "whole", ip: IP } });
  // Writers wait for a moment whenever it is looked, so not at every turn.
  await cutAddresses({ againMs: HOUR });
  expect(await addresses()).toEqual(["198.51.100.0", IP]);
  await cutAddresses();
  expect(await addresses()).toEqual(["198.51.100.0", "198.51.100.0"]);
  expect((await progress()).changed).toBe(0n);
  // Beside such a server every run would vacuum: once an hour is enough.
  await db().click.create({ data: { ...row, clickId: "whole too", ip: IP } });
  await cutAddresses();
  expect(await addresses()).toEqual(["198.51.100.0", "198.51.100.0", "198.51.100.0"]);
  expect((await progress()).changed).toBe(1n);
  await db().addressCut.updateMany({ data: { vacuumedAt: new Date(Date.now() - HOUR) } });
  await cutAddresses();
  expect((await progress()).changed).toBe(0n);
});
