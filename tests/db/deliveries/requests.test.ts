import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { db } from "@/lib/base/db";
import type { KeptAddress, VisitorPeriod } from "@/lib/base/privacy";
import { DAY } from "@/lib/base/time";
import { storeSpooled } from "@/lib/deliveries/commit";
import { deleteClicks } from "@/lib/deliveries/delete-clicks";
import { countEverywhere, deleteEverywhere } from "@/lib/deliveries/delete-everywhere";
import { deleteExpired } from "@/lib/deliveries/delete-expired";
import { keptOf } from "@/lib/deliveries/kept";
import { cutAddresses } from "@/lib/deliveries/privacy/cut-stored";
import { changePrivacy } from "@/lib/deliveries/privacy/settings";
import { createSpool } from "@/lib/deliveries/spool/spool";
import type { Whose } from "@/lib/deliveries/visitor-match";
import { bytes, clickPayload } from "@/tests/factory";
import { deliver, NOW } from "./deliver";

const dataDir = mkdtempSync(join(tmpdir(), "footfall-requests-"));
afterAll(() => rmSync(dataDir, { recursive: true }));

const IP = "198.51.100.9";
const NEIGHBOUR = "198.51.100.10";
const AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/139.0.0.0 Safari/537.36";
const click = (id: string, ip: string | null, more: object = {}) => clickPayload({ click: { id, ip, ...more } });
const set = (keptAddress: KeptAddress, visitorPeriod: VisitorPeriod = "never") =>
  changePrivacy({ keptAddress, visitorPeriod }, NOW);
const ids = async () =>
  (await db().click.findMany({ orderBy: { clickId: "asc" }, select: { clickId: true } })).map(({ clickId }) => clickId);

async function kept(whose: Whose): Promise<string[]> {
  const found: string[] = [];
  for await (const one of keptOf(whose))
    found.push(one.kind === "click" ? String(one.click.click_id) : JSON.parse(one.body).data.click.id);
  return found;
}

/** Clicks of an address in two browsers, of its neighbour, and without one; a duplicate; and two in quarantine. */
async function storeAll(): Promise<void> {
  await deliver(click("a", IP), click("b", `::ffff:${IP}`, { ua: AGENT }), click("c", IP, { ua: null }));
  await deliver(click("neighbour", NEIGHBOUR), click("withheld", null), click("a", IP));
  await deliver(click("bad", IP, { timestamp: "never" }), click("bad neighbour", NEIGHBOUR, { timestamp: "never" }));
}

const MODES: [KeptAddress, VisitorPeriod, "before" | "after"][] = [
  ["full", "never", "before"],
  ["truncated", "never", "before"],
  ["none", "never", "before"],
  ["truncated", "never", "after"],
  ["none", "never", "after"],
  ["full", "daily", "before"],
  ["truncated", "daily", "before"],
  ["none", "monthly", "before"],
  ["none", "daily", "after"],
];

test.each(MODES)(
  "with %s addresses and visitors that change %s, set %s the clicks, an address is found and deleted",
  async (address, period, when) => {
    if (when === "before") await set(address, period);
    else await set("full", period);
    await storeAll();
    await set(address, period);
    await cutAddresses();
    expect(await kept({ ip: `[${IP}]:443` })).toEqual(["a", "b", "c", "bad"]);
    const found = { clicks: 3, deliveries: 2, quarantined: 1, spooled: 0, untold: 0 };
    expect(await countEverywhere({ ip: IP }, dataDir)).toEqual(found);
    expect(await deleteEverywhere({ ip: IP }, dataDir)).toEqual(found);
    expect(await ids()).toEqual(["neighbour", "withheld"]);
    expect(await kept({ ip: NEIGHBOUR })).toEqual(["neighbour", "bad neighbour"]);
    expect(await kept({ ip: IP })).toEqual([]);
  },
);

test.each(["full", "none"] as const)(
  "with %s addresses, a visitor is found and deleted by their id alone",
  async (address) => {
    await set(address, "daily");
    await storeAll();
    const { visitor } = await db().click.findFirstOrThrow({ where: { clickId: "a" } });
    expect(await kept({ visitor: visitor ?? "" })).toEqual(["a", "bad"]);
    expect(await deleteEverywhere({ visitor: visitor ?? "" }, dataDir)).toMatchObject({
      clicks: 1,
      deliveries: 2,
      quarantined: 1,
    });
    expect(await ids()).toEqual(["b", "c", "neighbour", "withheld"]);
    const [estimated] = await db().click.findMany({ where: { clickId: "withheld" } });
    expect(await kept({ visitor: estimated?.visitor ?? "" })).toEqual(["withheld"]);
  },
);

test("what can't be told any more is said, and left alone", async () => {
  await set("none", "daily");
  await storeAll();
  // At a time of the tests, not of this machine.
  await db().visitorSalt.updateMany({ data: { madeAt: NOW } });
  await deleteExpired(new Date(NOW.getTime() + 2 * DAY));
  expect(await countEverywhere({ ip: IP }, dataDir)).toMatchObject({ clicks: 3 });
  await deleteExpired(new Date(NOW.getTime() + 3 * DAY));
  // Those of the neighbour too: nobody knows.
  expect(await countEverywhere({ ip: IP }, dataDir)).toMatchObject({ clicks: 0, untold: 4 });
  expect(await deleteEverywhere({ ip: IP }, dataDir)).toMatchObject({ clicks: 0, untold: 4 });
  expect(await kept({ ip: IP })).toEqual([]);
  expect(await db().click.count()).toBe(5);

  // Whole addresses are found, whatever became of the visitor's hash.
  await db().click.deleteMany();
  await set("full", "daily");
  await deliver(click("whole", IP));
  await db().visitorSalt.updateMany({ data: { madeAt: NOW } });
  await deleteExpired(new Date(NOW.getTime() + 3 * DAY));
  expect(await countEverywhere({ ip: IP }, dataDir)).toMatchObject({ clicks: 1, untold: 0 });
});

test("a spool holds whole addresses: what waits in it is deleted by address and by visitor, and not stored later", async () => {
  await set("none", "daily");
  await storeAll();
  const { visitor } = await db().click.findFirstOrThrow({ where: { clickId: "a" } });
  const spool = createSpool(join(dataDir, "spool"), 1_000_000);
  const spooled = (id: string, ip: string, ua = clickPayload().data.click.ua) => ({
    receivedAt: NOW,
    secretId: 7,
    body: bytes(click(id, ip, { ua })),
  });
  const waiting = [spooled("waits", IP), spooled("another browser", IP, AGENT), spooled("waits too", NEIGHBOUR)];
  await spool.append(waiting);
  expect(await countEverywhere({ visitor: visitor ?? "" }, dataDir)).toMatchObject({ spooled: 1 });
  expect(await countEverywhere({ ip: IP }, dataDir)).toMatchObject({ spooled: 2 });
  expect(await deleteEverywhere({ visitor: visitor ?? "" }, dataDir)).toMatchObject({ spooled: 1 });
  expect(await countEverywhere({ ip: IP }, dataDir)).toMatchObject({ spooled: 1 });

  // Another server's spool has all of them still.
  const end = { segment: 1, position: 3, file: null };
  await deleteClicks({ ip: NEIGHBOUR });
  await storeSpooled(
    "another",
    null,
    waiting.map((entry) => ({ ...entry, end })),
  );
  expect((await ids()).filter((id) => id.includes("waits") || id.includes("browser"))).toEqual(["another browser"]);
});
