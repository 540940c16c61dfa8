import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { storeDeliveries } from "@/lib/deliveries/commit";
import { readDelivery } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";
import { bytes, clickPayload, LINK, linkPayload } from "@/tests/factory";
import { deliver, ledger } from "./deliver";

const at = (day: number) => `2026-08-${String(day).padStart(2, "0")}T00:00:00.000Z`;

const titled = (title: string, day?: number) => linkPayload("link.updated", { title, updatedAt: day && at(day) });

async function title(): Promise<string | null> {
  return (await db().link.findUniqueOrThrow({ where: { id: LINK.id } })).title;
}

test("a click brings its link, without the password", async () => {
  await deliver(clickPayload({ link: { password: "hunter2" } }));
  const { password: _, ...payload } = LINK;
  expect(await db().link.findMany()).toEqual([
    {
      id: LINK.id,
      domain: "go.example",
      key: "spring",
      shortLink: "https://go.example/spring",
      url: "https://shop.example/spring",
      title: "Spring catalogue",
      tags: [{ id: "tag_1", name: "Print", color: "green" }],
      folderId: null,
      archived: false,
      payload,
      createdAt: new Date("2026-08-01T08:00:00.000Z"),
      updatedAt: new Date("2026-08-10T08:00:00.000Z"),
      saidAt: new Date("2026-08-15T10:16:40.000Z"),
      deletedAt: null,
    },
  ]);
});

test("a newer payload overwrites a link with all it says, empty fields too", async () => {
  await deliver(titled("first", 1));
  const change = { title: null, tags: null, archived: true, key: "renamed", updatedAt: at(2) };
  expect(await deliver(clickPayload({ link: change }))).toEqual(["counted"]);
  expect(await db().link.findMany()).toMatchObject([{ title: null, tags: [], archived: true, key: "renamed" }]);
});

/** A state of the link with the `updatedAt` of its other states, in a message of another minute. */
const saidAt = (minute: number, link: Record<string, unknown>) =>
  clickPayload({
    createdAt: `2026-08-15T09:${String(minute).padStart(2, "0")}:00.000Z`,
    click: { id: `m${minute}` },
    link,
  });
const tagged = (name: string) => ({ tags: [{ id: "tag_1", name, color: "red" }] });
const tagOf = async () => (await db().link.findUniqueOrThrow({ where: { id: LINK.id } })).tags;

test("of two states with the same time the later message is right, in whatever order they come", async () => {
  await deliver(saidAt(10, tagged("Spring")));
  await deliver(saidAt(30, { ...tagged("Summer"), folderId: "fold_2", archived: true }));
  expect(await tagOf()).toEqual([{ id: "tag_1", name: "Summer", color: "red" }]);
  expect(await db().link.findFirst()).toMatchObject({ folderId: "fold_2", archived: true });
  // Sent anew after hours, under its own time.
  await deliver(saidAt(20, tagged("Spring")));
  expect(await tagOf()).toEqual([{ id: "tag_1", name: "Summer", color: "red" }]);
  await deliver(saidAt(50, tagged("Autumn")), saidAt(40, tagged("Summer")));
  expect(await tagOf()).toEqual([{ id: "tag_1", name: "Autumn", color: "red" }]);
});

test("a state that stays the same is confirmed now and then, and what was said before stays old", async () => {
  await deliver(saidAt(0, tagged("Spring")));
  const written = async () => (await db().link.findFirstOrThrow()).saidAt?.getUTCMinutes();
  await deliver(clickPayload({ createdAt: "2026-08-15T09:00:30.000Z", link: { ...tagged("Spring"), clicks: 99 } }));
  expect((await db().link.findFirstOrThrow()).saidAt?.getUTCSeconds()).toBe(0);
  await deliver(saidAt(30, tagged("Spring")));
  expect(await written()).toBe(30);
  await deliver(saidAt(20, tagged("Other")));
  expect(await tagOf()).toEqual([{ id: "tag_1", name: "Spring", color: "red" }]);
});

test("a message from the future keeps nothing out that comes later", async () => {
  await deliver(clickPayload({ createdAt: "2099-01-01T00:00:00.000Z", link: tagged("Spring") }));
  const later = readDelivery(SENDER, bytes(clickPayload({ createdAt: undefined, link: tagged("Summer") })), new Date());
  await storeDeliveries([later]);
  expect(await tagOf()).toEqual([{ id: "tag_1", name: "Summer", color: "red" }]);
});

test("a link whose key and domain are longer than an index takes is stored, and its click counts", async () => {
  const long = (seed: number) =>
    Array.from({ length: 3_000 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7_919 + seed) % 20_000))).join("");
  const link = { key: long(1), domain: `${long(2)}.example` };
  expect(await deliver(clickPayload({ link }))).toEqual(["counted"]);
  expect((await db().link.findFirstOrThrow()).key).toBe(link.key);
});

test("an older payload, or one of the same time and message, changes nothing", async () => {
  await deliver(titled("new", 5));
  await deliver(titled("old", 4));
  await deliver(titled("same time", 5));
  expect(await deliver(clickPayload({ link: { title: "old", updatedAt: at(3) } }))).toEqual(["counted"]);
  expect(await title()).toBe("new");
  expect(await ledger()).toEqual([
    "ignored: link metadata updated",
    "ignored: not newer than what is known",
    "ignored: not newer than what is known",
  ]);
});

test("a payload without a time only fills a link that has none", async () => {
  await deliver(titled("a"));
  expect(await title()).toBe("a");
  await deliver(titled("b"));
  expect(await title()).toBe("b");
  await deliver(titled("c", 1));
  expect(await title()).toBe("c");
  await deliver(titled("d"));
  expect(await title()).toBe("c");
  expect(await ledger()).toEqual([
    "ignored: link metadata updated",
    "ignored: link metadata updated",
    "ignored: link metadata updated",
    "ignored: not newer than what is known",
  ]);
});

test("of payloads that come together, the newest wins in any order", async () => {
  const payloads = [titled("b", 2), titled("c", 3), titled("none"), titled("a", 1)];
  await deliver(...payloads);
  expect(await title()).toBe("c");
  await db().link.deleteMany();
  await deliver(...payloads.toReversed());
  expect(await title()).toBe("c");
});

test("a deleted link keeps its clicks and stays deleted, whatever comes later", async () => {
  await deliver(clickPayload());
  expect(await deliver(linkPayload("link.deleted"))).toEqual(["ignored"]);
  await deliver(linkPayload("link.deleted", {}, { createdAt: at(20) }));
  await deliver(clickPayload({ click: { id: "late" }, link: { updatedAt: at(21), title: "Late" } }));
  await deliver(linkPayload("link.created", { updatedAt: at(22), title: "Again" }));
  expect(await db().link.findMany({ select: { title: true, deletedAt: true } })).toEqual([
    { title: "Again", deletedAt: new Date("2026-08-16T08:00:00.000Z") },
  ]);
  expect(await db().click.count()).toBe(2);
  expect(await ledger()).toEqual(["ignored: link deleted", "ignored: link deleted", "ignored: link metadata updated"]);
});

test("a deletion with an older payload deletes, and leaves the newer metadata", async () => {
  await deliver(titled("new", 15));
  await deliver(linkPayload("link.deleted", { title: "old", updatedAt: at(1) }));
  expect(await db().link.findMany({ select: { title: true, deletedAt: true } })).toEqual([
    { title: "new", deletedAt: new Date("2026-08-16T08:00:00.000Z") },
  ]);
});

test("a deletion that comes together with a newer payload deletes too", async () => {
  await deliver(linkPayload("link.deleted", { title: "old", updatedAt: at(1) }), titled("new", 15));
  expect(await db().link.findMany({ select: { title: true, deletedAt: true } })).toEqual([
    { title: "new", deletedAt: new Date("2026-08-16T08:00:00.000Z") },
  ]);
});

test("a link event keeps its body in the ledger and its link's id", async () => {
  const payload = titled("a", 1);
  await deliver(payload);
  const [row] = await db().delivery.findMany();
  expect(row).toMatchObject({ eventId: "evt_link", event: "link.updated", linkId: LINK.id, clickId: null });
  expect(JSON.parse(Buffer.from(row?.body ?? []).toString())).toEqual(payload);
});

test("of links without a time of change, too, a message that comes late changes nothing", async () => {
  const untimed = (minute: number, folderId: string) => saidAt(minute, { folderId, updatedAt: undefined });
  await deliver(untimed(30, "new"));
  await deliver(untimed(10, "old"));
  expect((await db().link.findFirstOrThrow()).folderId).toBe("new");
  await deliver(untimed(40, "newer"));
  expect((await db().link.findFirstOrThrow()).folderId).toBe("newer");
});

test("a tag whose name is a number keeps it", async () => {
  await deliver(clickPayload({ link: { tags: [{ id: 7, name: 2024, color: "red" }] } }));
  expect(await tagOf()).toEqual([{ id: "7", name: "2024", color: "red" }]);
});
