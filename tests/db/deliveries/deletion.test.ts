import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { countMatching, deleteClicks, vacuumDeleted } from "@/lib/deliveries/delete-clicks";
import { redactDeliveries } from "@/lib/deliveries/delete-expired";
import { keptOf } from "@/lib/deliveries/kept";
import { bytes, clickPayload } from "@/tests/factory";
import { deliver, everythingStored, ledger } from "./deliver";

const IP = "198.51.100.9";
const customer = { name: "Ada Lovelace", email: "ada@example.com" };
const conversion = (event: string) => ({
  ...{ id: "evt_sale", event, createdAt: "2026-08-15T10:16:40.000Z" },
  data: { eventName: "Sign up", customer, click: { id: "c", ip: IP }, link: { id: "l" }, partner: customer },
});

test("names and addresses of customers are kept of no event, whether it is known or not", async () => {
  expect(await deliver(conversion("lead.created"), conversion("sale.created"), conversion("refund.created"))).toEqual([
    ...["ignored", "ignored", "quarantined"],
  ]);
  const stored = await everythingStored();
  expect(stored).not.toContain("Ada");
  expect(stored).not.toContain("ada@example.com");
  expect(await db().delivery.count({ where: { outcome: "ignored", body: { not: null } } })).toBe(0);
});

test("an address is deleted everywhere it stands, in every spelling, and a dry run says how much that is", async () => {
  const click = (id: string, ip: string, more: object = {}) => clickPayload({ click: { id, ip, ...more } });
  await deliver(click("a", IP), click("b", `::ffff:${IP}`), click("other", "198.51.100.10"));
  const old = [`${IP}:51234`, `[::ffff:${IP}]:80`, `${IP}, 10.0.0.1`];
  const stored = await db().click.findFirstOrThrow({ omit: { seq: true } });
  await db().click.createMany({ data: old.map((ip, n) => ({ ...stored, clickId: `old_${n}`, ip })) });
  await deliver(click("a", IP), conversion("refund.created"));
  await deliver(click("bad", IP, { timestamp: "never" }), `{"cut off": "${IP}`);
  const expected = { clicks: 5, deliveries: 4, quarantined: 3 };
  expect(await countMatching({ ip: IP })).toEqual(expected);
  expect(await db().click.count()).toBe(6);
  expect(await deleteClicks({ ip: IP })).toEqual(expected);
  await vacuumDeleted();
  expect(await db().click.findMany({ select: { clickId: true } })).toEqual([{ clickId: "other" }]);
  expect(await everythingStored()).not.toContain(`${IP}"`);
  expect(await ledger()).toEqual([]);
  expect(await countMatching({ ip: IP })).toEqual({ clicks: 0, deliveries: 0, quarantined: 0 });
});

async function allOf(ip: string) {
  const all = [];
  for await (const kept of keptOf({ ip })) all.push(kept);
  return all;
}

test("all that is stored about an address is exported, in every spelling and with every column, and nothing else", async () => {
  const click = (id: string, ip: string, more: object = {}) => clickPayload({ click: { id, ip, ...more } });
  await deliver(
    click("a", IP),
    click("b", `::ffff:${IP}`),
    click("other", "198.51.100.10"),
    click("bad", IP, { timestamp: "never" }),
  );
  const kept = await allOf(IP);
  const clicks = kept.filter((one) => one.kind === "click").map(({ click }) => click);
  expect(clicks.map((row) => row.click_id)).toEqual(["a", "b"]);
  expect(clicks[0]).toMatchObject({
    ip: IP,
    ua: expect.any(String),
    link_id: expect.any(String),
    visitor: expect.any(String),
  });
  const [body] = kept.filter((one) => one.kind === "delivery").map(({ body }) => body);
  expect(JSON.parse(body ?? "")).toMatchObject({ data: { click: { id: "bad", ip: IP } } });
  expect(kept).toHaveLength(3);
  expect(await allOf("203.0.113.250")).toEqual([]);
});

test("a link's clicks go with all that the ledger says of it, and no other's", async () => {
  const of = (id: string, click: string) => clickPayload({ click: { id: click }, link: { id } });
  await deliver(of("l1", "a"), of("l1", "a"), of("l2", "b"), of("l2", "b"));
  expect(await deleteClicks({ linkId: "l1" })).toEqual({ clicks: 1, deliveries: 1, quarantined: 0 });
  expect(await db().click.findMany({ select: { linkId: true } })).toEqual([{ linkId: "l2" }]);
  expect(await db().delivery.findMany({ select: { linkId: true } })).toEqual([{ linkId: "l2" }]);
});

test("retention takes what lies before a time, in the ledger by the click's time where it is known", async () => {
  const at = (id: string, timestamp: string) => clickPayload({ click: { id, timestamp } });
  const [old, recent] = [at("old", "2026-01-01T00:00:00Z"), at("recent", "2026-07-01T00:00:00Z")];
  await deliver(old, old, recent, recent, "nonsense");
  expect(await deleteClicks({ before: new Date("2026-02-01") })).toEqual({ clicks: 1, deliveries: 1, quarantined: 0 });
  expect(await deleteClicks({ ip: "198.51.100.7", before: new Date("2026-06-01") })).toMatchObject({ clicks: 0 });
  expect(await db().click.count()).toBe(1);
  expect(await db().delivery.count()).toBe(2);
});

test("text that is no address deletes what has exactly that", async () => {
  await deliver(clickPayload({ click: { id: "a", ip: "unknown host" } }), clickPayload({ click: { id: "b" } }));
  expect(await deleteClicks({ ip: "unknown host" })).toMatchObject({ clicks: 1 });
});

test("what an earlier version kept of customers is removed by and by, and everything else stays", async () => {
  const row = (event: string, outcome: string, body: unknown) => ({
    ...{ receivedAt: new Date(), event, outcome, reason: "" },
    body: new Uint8Array(bytes(body)),
  });
  const sung = { event: "link.sung", data: { customer: null, partner: "id", x: 1 } };
  await db().delivery.createMany({
    data: [
      row("lead.created", "ignored", conversion("lead.created")),
      row("refund.created", "quarantined", conversion("refund.created")),
      row("link.updated", "ignored", { event: "link.updated" }),
      row("link.sung", "quarantined", sung),
    ],
  });
  await redactDeliveries();
  await redactDeliveries();
  const rows = await db().delivery.findMany({ orderBy: { id: "asc" }, select: { body: true } });
  const bodies = rows.map(({ body }) => body && JSON.parse(Buffer.from(body).toString()));
  expect(bodies).toMatchObject([
    null,
    { data: { customer: null, partner: null, click: { ip: IP } } },
    { event: "link.updated" },
    { event: "link.sung", data: { customer: null, partner: null, x: 1 } },
  ]);
});
