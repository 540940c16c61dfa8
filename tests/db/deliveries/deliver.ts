import { beforeAll } from "vitest";
import { db } from "@/lib/base/db";
import { type StoredOutcome, storeDeliveries } from "@/lib/deliveries/commit";
import { readDelivery } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";
import { bytes, clickPayload } from "@/tests/factory";

export const NOW = new Date("2026-08-15T10:16:41.000Z");

/** A key that the database refuses once `refuseKey` was called. */
export const REFUSED = "refused-by-the-database";

/** Lets the database of this test file refuse a value, as a limit of its own would. */
export async function refuseKey(): Promise<void> {
  await db().$executeRawUnsafe(`alter table link add constraint refused_key check (key <> '${REFUSED}')`);
}

/** Stores bodies in one write, as if they had come together. */
export function deliver(...bodies: unknown[]): Promise<(StoredOutcome | null)[]> {
  return storeDeliveries(bodies.map((body) => readDelivery(SENDER, bytes(body), NOW, 7)));
}

// The first write of a process takes long, on a busy machine longer than a sender waits.
beforeAll(async () => {
  await deliver(clickPayload());
});

/** The ledger in the order of arrival: outcome and reason. */
export async function ledger(): Promise<string[]> {
  const rows = await db().delivery.findMany({ orderBy: { id: "asc" } });
  return rows.map(({ outcome, reason }) => `${outcome}: ${reason}`);
}

/** Everything that any table holds, as one text; bytes as Latin-1. */
export async function everythingStored(): Promise<string> {
  const prisma = db();
  const tables = [prisma.click, prisma.link, prisma.delivery] as { findMany(): Promise<object[]> }[];
  const rows = (await Promise.all(tables.map((table) => table.findMany()))).flat();
  return JSON.stringify(rows, (_, value: unknown) => {
    if (typeof value === "bigint") return value.toString();
    return value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value;
  });
}
