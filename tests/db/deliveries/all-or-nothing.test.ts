import { expect, test } from "vitest";
import { db } from "@/lib/base/db";
import { clickPayload } from "@/tests/factory";
import { deliver } from "./deliver";

async function without(table: string, run: () => Promise<void>): Promise<void> {
  await db().$executeRawUnsafe(`alter table ${table} rename to ${table}_away`);
  try {
    await run();
  } finally {
    await db().$executeRawUnsafe(`alter table ${table}_away rename to ${table}`);
  }
}

test("a delivery that fails at its click leaves no link behind", async () => {
  await without("click", async () => {
    expect(await deliver(clickPayload())).toEqual([null]);
    expect(await db().link.count()).toBe(0);
  });
  expect(await deliver(clickPayload())).toEqual(["counted"]);
});

test("deliveries that fail at the ledger leave no click behind", async () => {
  const other = clickPayload({ click: { id: "other" } });
  await without("delivery", async () => {
    expect(await deliver(other, other)).toEqual([null, null]);
    expect(await db().click.count()).toBe(0);
  });
  expect(await deliver(other, other)).toEqual(["counted", "duplicate"]);
});
