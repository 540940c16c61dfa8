import { expect, test } from "vitest";
import { bytes, CLICK, clickPayload, LINK, linkPayload } from "@/tests/factory";
import { NOW, read, readClick, reasonOf } from "./reading";

const clickOf = (click: Record<string, unknown>) => readClick({ click }).click;

const longer = (field: string) => `data.${field} has more than 255 characters`;

test.each<[string, unknown, string]>([
  ["an empty body", "", "the body is not JSON"],
  ["half a body", '{"event":"link.cli', "the body is not JSON"],
  ["a list", [clickPayload()], "the body is not a JSON object"],
  ["null", "null", "the body is not a JSON object"],
  ["no event", clickPayload({ event: undefined }), "event is missing or not text"],
  ["an event of another type", clickPayload({ event: ["link.clicked"] }), "event is missing or not text"],
  ["an unknown event", clickPayload({ event: "link.sung" }), "unknown event type"],
  ["an event of Object's", clickPayload({ event: "constructor" }), "unknown event type"],
  ["no data", { event: "link.clicked" }, "data is missing or not an object"],
  [
    "empty data",
    { event: "link.clicked", data: {} },
    "data.click is missing or not an object; data.link is missing or not an object",
  ],
  ["no click id", clickPayload({ click: { id: undefined } }), "data.click.id is missing or not text"],
  ["a blank click id", clickPayload({ click: { id: " " } }), "data.click.id is empty"],
  ["a long click id", clickPayload({ click: { id: "x".repeat(256) } }), longer("click.id")],
  ["a long link id", clickPayload({ link: { id: "x".repeat(256) } }), longer("link.id")],
  ["no time", clickPayload({ click: { timestamp: null } }), "data.click.timestamp is missing or not text"],
  [
    "a time without a zone",
    clickPayload({ click: { timestamp: "2026-08-15T10:16:12" } }),
    "data.click.timestamp is not an ISO 8601 time with a zone",
  ],
  [
    "a day that does not exist",
    clickPayload({ click: { timestamp: "2026-02-30T10:16:12Z" } }),
    "data.click.timestamp is not an ISO 8601 time with a zone",
  ],
  [
    "a time before all links",
    clickPayload({ click: { timestamp: "1999-12-31T23:59:59.999Z" } }),
    "data.click.timestamp is not between 2000 and 2100",
  ],
  [
    "a time after our time",
    clickPayload({ click: { timestamp: "2100-01-01T00:00:00Z" } }),
    "data.click.timestamp is not between 2000 and 2100",
  ],
  ["a link event without an id", linkPayload("link.updated", { id: 5 }), "data.id is missing or not text"],
])("%s is quarantined with the reason", (_, body, reason) => {
  expect(reasonOf(read(body))).toBe(`quarantined: ${reason}`);
});

test("ids of 255 characters are taken, without the space around them", () => {
  const id = "x".repeat(255);
  expect(clickOf({ id: ` ${id}\n` }).clickId).toBe(id);
});

test("what cannot be counted is still listed with the ids it has", () => {
  const payload = clickPayload({ click: { timestamp: "never" } });
  expect(read(payload).receipt).toEqual({
    receivedAt: NOW,
    secretId: null,
    eventId: "evt_b9ywgxWqai2glUpCQjclB17kM",
    event: "link.clicked",
    linkId: LINK.id,
    clickId: CLICK.id,
    clickedAt: null,
    ip: "198.51.100.7",
    ua: CLICK.ua,
    body: bytes(payload),
  });
});

test("events of Dub that we do not count are ignored by name", () => {
  expect(reasonOf(read(clickPayload({ event: "lead.created" })))).toBe("ignored: lead.created is not counted");
  expect(reasonOf(read({ event: "discount_code.deleted" }))).toBe("ignored: discount_code.deleted is not counted");
});

test("a link event is the link, and a deletion has the time of the event", () => {
  expect(read(linkPayload("link.updated"))).toMatchObject({
    kind: "link",
    receipt: { linkId: LINK.id, clickId: null },
    link: { id: LINK.id, deletedAt: null },
  });
  expect(read(linkPayload("link.deleted"))).toMatchObject({
    kind: "link",
    link: { deletedAt: new Date("2026-08-16T08:00:00.000Z") },
  });
  expect(read(linkPayload("link.deleted", {}, { createdAt: "?" }))).toMatchObject({ link: { deletedAt: NOW } });
});

test("passwords, deep nesting and __proto__ do not get into a link's payload", () => {
  const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
  const body = JSON.stringify(clickPayload({ link: { password: "hunter2", geo: { password: "hunter2" } } }));
  const hostile = body.replace('"link":{', `"link":{"__proto__":{"id":"x"},"deep":${deep},`);
  const delivery = read(hostile);
  if (delivery.kind !== "click") throw new Error(reasonOf(delivery));
  expect(delivery.link.id).toBe(LINK.id);
  const stored = JSON.stringify(delivery.link.payload);
  expect(stored).not.toContain("hunter2");
  expect(stored).toContain(`"deep":${"[".repeat(29)}null${"]".repeat(29)},`);
  expect(Object.getPrototypeOf(delivery.link.payload)).toBe(Object.prototype);
});
