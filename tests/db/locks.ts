import { expect } from "vitest";
import { db } from "@/lib/base/db";
import type { Prisma } from "@/lib/generated/prisma/client";

/** Runs `lock` in a transaction that stays open until the result is called, and awaited. */
export async function hold(lock: (tx: Prisma.TransactionClient) => Promise<unknown>): Promise<() => Promise<void>> {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let tellHeld = () => {};
  const isHeld = new Promise<void>((resolve) => {
    tellHeld = resolve;
  });
  const holder = db().$transaction(
    async (tx) => {
      await lock(tx);
      tellHeld();
      await held;
    },
    { timeout: 60_000 },
  );
  await Promise.race([isHeld, holder]);
  return () => {
    release();
    return holder;
  };
}

async function waiting(): Promise<number> {
  const [row] = await db().$queryRaw<[{ count: number }]>`
    select count(*)::int as count from pg_locks where not granted and pid in
      (select pid from pg_stat_activity where datname = current_database())`;
  return row.count;
}

/** Waits until so many of this file's connections wait for a lock. */
export const untilWaiting = (count: number) => expect.poll(waiting).toBe(count);
