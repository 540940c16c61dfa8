import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { CLICK, clickPayload, LINK } from "@/tests/factory";
import { deliver, ledger, NOW, REFUSED, refuseKey } from "./deliver";

await refuseKey();

test("a click is stored whole, and needs no second row", async () => {
  expect(await deliver(clickPayload({ click: { trigger: "qr", qr: true } }))).toEqual(["counted"]);
  const [click] = await db().click.findMany();
  expect(click).toEqual({
    linkId: LINK.id,
    clickId: CLICK.id,
    clickedAt: new Date("2026-08-15T10:16:12.124Z"),
    seq: 1n,
    slot: 1985321,
    receivedAt: NOW,
    eventId: "evt_b9ywgxWqai2glUpCQjclB17kM",
    continent: "NA",
    country: "US",
    region: "US-CA",
    city: "San Francisco",
    device: "Desktop",
    browser: "Chrome",
    os: "Mac OS",
    trigger: "qr",
    referer: "news.example",
    refererUrl: "https://news.example/today",
    refererUrlRaw: "https://news.example/today?page=2",
    url: "https://shop.example/spring?utm_source=flyer",
    baseUrl: "https://shop.example/spring",
    urlRaw: "https://shop.example/spring?utm_source=flyer",
    utmSource: "flyer",
    utmMedium: null,
    utmCampaign: null,
    utmTerm: null,
    utmContent: null,
    bot: false,
    ip: "198.51.100.7",
    ua: CLICK.ua,
    visitor: expect.stringMatching(/^[\w-]{22}$/),
    visitorEstimated: false,
    secretId: 7,
  });
  expect(await ledger()).toEqual([]);
});

test("a click without anything but its ids and time is stored", async () => {
  const data = { click: { id: "c", timestamp: "2026-08-15T10:16:12Z" }, link: { id: "l" } };
  expect(await deliver({ event: "link.clicked", data })).toEqual(["counted"]);
  expect(await db().click.findMany()).toMatchObject([{ linkId: "l", country: null, visitor: null, trigger: "link" }]);
});

test("the same delivery again, or the same click under a new event id, is listed as a duplicate", async () => {
  expect(await deliver(clickPayload())).toEqual(["counted"]);
  expect(await deliver(clickPayload())).toEqual(["duplicate"]);
  expect(await deliver(clickPayload({ id: "evt_another" }))).toEqual(["duplicate"]);
  expect(await db().click.count()).toBe(1);
  expect(await db().delivery.findMany({ orderBy: { id: "asc" } })).toEqual(
    ["evt_b9ywgxWqai2glUpCQjclB17kM", "evt_another"].map((eventId, index) => ({
      id: BigInt(index + 1),
      receivedAt: NOW,
      eventId,
      event: "link.clicked",
      outcome: "duplicate",
      reason: "this click is counted already",
      linkId: LINK.id,
      clickId: CLICK.id,
      clickedAt: new Date("2026-08-15T10:16:12.124Z"),
      secretId: 7,
      replayedAt: null,
      body: null,
      visitor: null,
      addressCut: false,
    })),
  );
});

test("the same click id at another time, or on another link, is another click", async () => {
  await deliver(clickPayload());
  expect(await deliver(clickPayload({ click: { timestamp: "2026-08-15T11:20:00.000Z" } }))).toEqual(["counted"]);
  expect(await deliver(clickPayload({ link: { id: "link_other" } }))).toEqual(["counted"]);
  expect(await db().click.count()).toBe(3);
});

const atTime = (time: string, id = CLICK.id) => clickPayload({ click: { id, timestamp: `2026-08-15T${time}Z` } });

test("the same click with another time within the hour is listed as repeated, before or after, together or apart", async () => {
  expect(await deliver(atTime("10:59:59.000"))).toEqual(["counted"]);
  expect(await deliver(atTime("11:00:01.500"), atTime("10:00:00.000"))).toEqual(["duplicate", "duplicate"]);
  expect(await deliver(atTime("12:00:00.000", "b"), atTime("12:00:02.500", "b"))).toEqual(["counted", "duplicate"]);
  expect(await ledger()).toEqual(Array(3).fill("duplicate: repeated with another time"));
});

test("an hour apart they are two clicks, and the hour is counted from the click that counts", async () => {
  await deliver(atTime("10:00:00.000"));
  expect(await deliver(atTime("10:59:59.999"), atTime("11:00:00.000"))).toEqual(["duplicate", "counted"]);
  expect(await deliver(atTime("09:00:00.000"), atTime("09:00:00.001"))).toEqual(["counted", "duplicate"]);
  expect(await db().click.count()).toBe(3);
});

test("copies that come to several servers at once are one click", async () => {
  const copies = Array.from({ length: 12 }, (_, second) =>
    deliver(atTime(`10:00:${10 + second}.000`), atTime("10:00:05.000")),
  );
  const outcomes = (await Promise.all(copies)).flat();
  expect(outcomes.filter((outcome) => outcome === "counted")).toHaveLength(1);
  expect(await db().click.count()).toBe(1);
});

test("an instant is the same in every zone", async () => {
  await deliver(clickPayload());
  expect(await deliver(clickPayload({ click: { timestamp: "2026-08-15T12:16:12.124+02:00" } }))).toEqual(["duplicate"]);
});

test("a delivery that comes hours late lands in the time of its click", async () => {
  await deliver(clickPayload({ click: { id: "late", timestamp: "2026-08-14T23:59:59.999Z" } }));
  const midnight = Date.parse("2026-08-15T00:00:00Z") / 900_000;
  expect(await db().click.findMany({ select: { slot: true, receivedAt: true } })).toEqual([
    { slot: midnight - 1, receivedAt: NOW },
  ]);
});

test("deliveries that come together are each answered, in their order", async () => {
  const outcomes = await deliver(
    clickPayload({ click: { id: "b" } }),
    clickPayload({ event: "sale.created" }),
    clickPayload({ click: { id: "a" } }),
    "nonsense",
    clickPayload({ click: { id: "b" } }),
    clickPayload({ link: { id: "link_0" } }),
  );
  expect(outcomes).toEqual(["counted", "ignored", "counted", "quarantined", "duplicate", "counted"]);
  expect(await db().click.count()).toBe(3);
  expect(await db().link.count()).toBe(2);
  expect(await ledger()).toEqual([
    "ignored: sale.created is not counted",
    "quarantined: the body is not JSON",
    "duplicate: this click is counted already",
  ]);
});

test("nothing to store is no work", async () => {
  expect(await deliver()).toEqual([]);
});

test("writers that bring the same clicks in another order do not block each other", async () => {
  const bodies = Array.from({ length: 40 }, (_, index) =>
    clickPayload({ click: { id: `click_${index}` }, link: { id: `link_${index % 7}`, updatedAt: undefined } }),
  );
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, (_, writer) => deliver(...(writer % 2 ? bodies.toReversed() : bodies))),
  );
  expect(outcomes.flat().filter((outcome) => outcome === "counted")).toHaveLength(40);
  expect(await db().click.count()).toBe(40);
  expect(await db().delivery.count()).toBe(7 * 40);
});

test("a value that the database refuses quarantines its own delivery and no other", async () => {
  const bad = clickPayload({ click: { id: "bad" }, link: { id: "link_bad", key: REFUSED } });
  expect(await deliver(clickPayload(), bad, clickPayload({ click: { id: "c" } }))).toEqual([
    "counted",
    "quarantined",
    "counted",
  ]);
  expect(await deliver(bad)).toEqual(["quarantined"]);
  expect(await db().link.findMany({ select: { id: true } })).toEqual([{ id: LINK.id }]);
  const kept = await db().delivery.findFirstOrThrow();
  expect(kept.reason).toBe("the database refused a value (23514)");
  expect(JSON.parse(Buffer.from(kept.body ?? []).toString())).toEqual(bad);
});
