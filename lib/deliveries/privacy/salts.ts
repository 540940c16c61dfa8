import "server-only";
import { randomBytes } from "node:crypto";
import { upkeepDb } from "@/lib/base/db";
import type { VisitorPeriod } from "@/lib/base/privacy";
import { DAY } from "@/lib/base/time";
import type { Prisma } from "@/lib/generated/prisma/client";

const SALT_BYTES = 16;
/** How long after its period, or after it was made, a salt is kept for clicks that come late. */
const LATE_MS = 2 * DAY;

/** Length of a period's name in the ISO text of its times. */
const NAME_LENGTH = { never: 0, monthly: "2026-08".length, daily: "2026-08-15".length } as const;

/** The day or month of a time, in UTC. */
const periodOf = (at: Date, every: VisitorPeriod): string => at.toISOString().slice(0, NAME_LENGTH[every]);

/**
 * The salts of the periods in which these times are; one that is missing is made. All servers use the same, as the database
 * has them. Where visitors never change there is none.
 */
export async function saltsAt(
  tx: Prisma.TransactionClient,
  times: readonly Date[],
  every: VisitorPeriod,
): Promise<(at: Date) => string | null> {
  if (every === "never") return () => null;
  const periods = [...new Set(times.map((at) => periodOf(at, every)))].sort();
  const salts = new Map<string, string>();
  const read = async () => {
    const rows = await tx.visitorSalt.findMany({ where: { period: { in: periods }, salt: { not: null } } });
    for (const { period, salt } of rows) if (salt !== null) salts.set(period, salt);
    return periods.filter((period) => !salts.has(period));
  };
  const missing = await read();
  if (missing.length > 0) {
    const made = missing.map(() => randomBytes(SALT_BYTES).toString("hex"));
    // Another server may make one at the same time: the first one counts. In order, so that there is no deadlock.
    await tx.$executeRaw`
      insert into visitor_salt (period, salt, made_at)
      select period, salt, ${new Date()}::timestamptz from unnest(${missing}::text[], ${made}::text[]) as n (period, salt)
      on conflict (period) do update set salt = excluded.salt, made_at = excluded.made_at
      where visitor_salt.salt is null`;
    await read();
  }
  return (at) => salts.get(periodOf(at, every)) ?? null;
}

/** The salts that there are, of whatever periods. */
export async function storedSalts(tx: Prisma.TransactionClient): Promise<string[]> {
  const rows = await tx.visitorSalt.findMany({ select: { salt: true }, orderBy: { period: "asc" } });
  return rows.flatMap(({ salt }) => salt ?? []);
}

/** Periods whose salt is gone: visitors of clicks in them can't be computed again. */
export async function saltlessPeriods(tx: Prisma.TransactionClient): Promise<{ from: Date; to: Date }[]> {
  const rows = await tx.visitorSalt.findMany({ where: { salt: null }, orderBy: { period: "asc" } });
  return rows.map(({ period }) => ({ from: new Date(period), to: endOf(period) }));
}

function endOf(period: string): Date {
  const from = new Date(period);
  if (period.length === NAME_LENGTH.daily) return new Date(from.getTime() + DAY);
  return new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1));
}

/**
 * Throws away the salts of periods that ended a while ago: then nobody, with the key or without, can tell which visitor an
 * address was. A later click of such a period gets a new salt for it, and is a new visitor. That salt is kept as long after it
 * was made: a spool that takes hours to store makes one more visitor, not one an hour.
 */
export async function throwSaltsAway(now: Date): Promise<void> {
  const rows = await upkeepDb().visitorSalt.findMany({ where: { salt: { not: null } } });
  const over = rows.filter(
    ({ period, madeAt }) => Math.max(endOf(period).getTime(), madeAt.getTime()) + LATE_MS <= now.getTime(),
  );
  if (over.length === 0) return;
  await upkeepDb().visitorSalt.updateMany({
    where: { period: { in: over.map(({ period }) => period) } },
    data: { salt: null },
  });
}
