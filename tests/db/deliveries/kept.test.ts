import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { clickPayload, linkPayload } from "@/tests/factory";
import sample from "@/tests/fixtures/dub-test-event.json";
import { deliver, everythingStored, ledger, REFUSED, refuseKey } from "./deliver";

await refuseKey();

async function keptBody(): Promise<Buffer> {
  const { body } = await db().delivery.findFirstOrThrow();
  return Buffer.from(body ?? []);
}

test("Dub's test event is listed each time, and neither counted nor taken for a link", async () => {
  expect(await deliver(sample)).toEqual(["test"]);
  expect(await deliver({ ...sample, id: "evt_second" })).toEqual(["test"]);
  expect(await deliver(linkPayload("link.created", { id: "cm0b87844000dismqhkviju54" }))).toEqual(["test"]);
  expect(await db().click.count()).toBe(0);
  expect(await db().link.count()).toBe(0);
  expect(await ledger()).toEqual(Array(3).fill("test: test event sent from Dub"));
});

test("an event of an unknown type is kept to the byte", async () => {
  const body = Buffer.from('{ "event":"link.sung",\r\n "data": {"x": "ü\\u0000"} }\n');
  expect(await deliver(body)).toEqual(["quarantined"]);
  expect(await ledger()).toEqual(["quarantined: unknown event type"]);
  expect(await keptBody()).toEqual(body);
});

test("bytes that are not even text are kept", async () => {
  const body = Buffer.from([0x00, 0xff, 0xfe, 0x80, 0x22]);
  expect(await deliver(body)).toEqual(["quarantined"]);
  expect(await keptBody()).toEqual(body);
});

test("a body is kept to the byte whatever comes with it in one write", async () => {
  const body = { event: "link.sung", data: { x: 1 } };
  await deliver(clickPayload());
  await deliver(clickPayload(), body, clickPayload(), Buffer.from([0xff, 0x5c, 0x00]), clickPayload());
  const bodies = await db().delivery.findMany({ orderBy: { id: "asc" }, select: { body: true } });
  expect(bodies.map((row) => row.body && Buffer.from(row.body).toString("latin1"))).toEqual([
    ...[null, JSON.stringify(body), null, "\xff\\\0", null],
  ]);
});

test("a megabyte of nothing is kept", async () => {
  const body = Buffer.alloc(1_048_576, "[");
  expect(await deliver(body)).toEqual(["quarantined"]);
  expect(body.equals(await keptBody())).toBe(true);
});

test("ids and event names of any length and content can be listed", async () => {
  const long = "\u0000é\uD800".repeat(500);
  expect(await deliver(clickPayload({ id: long, event: long, click: { id: long }, link: { id: long } }))).toEqual([
    "quarantined",
  ]);
  const row = await db().delivery.findFirstOrThrow();
  const cut = "\uFFFDé\uFFFD".repeat(85);
  expect(row).toMatchObject({ eventId: cut, event: cut, linkId: cut, clickId: cut });
});

test("a password is in no stored byte, whatever became of its delivery", async () => {
  const link = { password: "hunter2", geo: { password: { a: "hunter2" } } };
  const click = clickPayload({ link });
  await deliver(click);
  await deliver(click);
  await deliver(clickPayload({ link, click: { id: 5 } }));
  await deliver(clickPayload({ link, event: "lead.created" }));
  await deliver(clickPayload({ link, event: "downtime.of" }));
  await deliver(linkPayload("link.created", link));
  await deliver(linkPayload("link.updated", { ...link, updatedAt: "2026-09-01T00:00:00Z" }));
  await deliver(linkPayload("link.deleted", link));
  await deliver(JSON.stringify(click).slice(0, -5));
  await deliver(JSON.stringify(click).replace(/hunter2.*/, "hunter2"));
  await deliver(clickPayload({ link: { ...link, id: "link_bad", key: REFUSED } }));
  await deliver({ ...sample, data: { ...sample.data, link: { ...sample.data.link, password: "hunter2" } } });
  const stored = await everythingStored();
  expect(stored.match(/password\W+null/g)?.length).toBe(13);
  expect(stored.includes("hunter2")).toBe(false);
});
