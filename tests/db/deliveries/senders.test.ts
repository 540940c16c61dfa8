import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { storeDeliveries } from "@/lib/deliveries/commit";
import { readDelivery, type Sender } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";
import { bytes, clickPayload } from "@/tests/factory";
import { NOW } from "./deliver";

test("two senders may use the same ids: their links and clicks are different ones", async () => {
  const other: Sender = { ...SENDER, idPrefix: "other:" };
  const body = bytes(clickPayload({ link: { id: "link_1", title: "Dub’s" } }));
  const same = bytes(clickPayload({ link: { id: "link_1", title: "The other’s" } }));
  const read = (sender: Sender, of: Buffer) => readDelivery(sender, of, NOW, 7);
  expect(await storeDeliveries([read(SENDER, body), read(other, same)])).toEqual(["counted", "counted"]);
  expect(await storeDeliveries([read(other, same), read(SENDER, body)])).toEqual(["duplicate", "duplicate"]);
  const clicks = await db().click.findMany({ orderBy: { linkId: "asc" }, select: { linkId: true } });
  expect(clicks.map(({ linkId }) => linkId)).toEqual(["link_1", "other:link_1"]);
  const links = await db().link.findMany({ orderBy: { id: "asc" }, select: { id: true, title: true } });
  expect(links).toEqual([
    { id: "link_1", title: "Dub’s" },
    { id: "other:link_1", title: "The other’s" },
  ]);
  const listed = await db().delivery.findMany({ orderBy: { id: "asc" }, select: { linkId: true } });
  expect(listed.map(({ linkId }) => linkId)).toEqual(["other:link_1", "link_1"]);
});
