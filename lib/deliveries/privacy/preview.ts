import "server-only";
import { z } from "zod";
import { UPKEEP_TRANSACTION, upkeepDb } from "@/lib/base/db";
import { isStricter, type KeptAddress } from "@/lib/base/privacy";
import { QUERY_CANCELED, sqlState } from "@/lib/base/sql-state";
import { cutBody } from "@/lib/deliveries/privacy/cut-body";
import { clickLimit, deliveryLimit } from "@/lib/deliveries/privacy/limits";
import {
  type PrivacyChange,
  type PrivacySettings,
  readPrivacy,
  usualDeliveryDays,
} from "@/lib/deliveries/privacy/settings";
import { storedBodies } from "@/lib/deliveries/stored-bodies";
import { Prisma } from "@/lib/generated/prisma/client";

type Counts = { clicks: number; deliveries: number };

/**
 * What a change takes from what is stored: of how many the address is cut, and how many are deleted; null where there was no
 * time to count them.
 */
export type PrivacyLoss = { cut: Counts | null; deleted: Counts | null };

/** How long somebody waits for the numbers. */
const COUNT_MS = 10_000;
/** Prisma's code of a transaction that got no connection in time. */
const NO_CONNECTION = "P2028";

const isLate = (error: unknown): boolean =>
  sqlState(error) === QUERY_CANCELED || (error instanceof Error && "code" in error && error.code === NO_CONNECTION);

const NOTHING: Counts = { clicks: 0, deliveries: 0 };
const Row = z.tuple([z.object({ clicks: z.int(), deliveries: z.int() })]);

/** Clicks with more of an address than its network, as `networkAddress` spells it. */
const WHOLE = Prisma.sql`
  ip is not null and not case when pg_input_is_valid(ip, 'inet')
    then host(network(set_masklen(ip::inet, case family(ip::inet) when 4 then 24 else 48 end))) = ip else false end`;

/** Limits each statement, and tells when the time for all of them is over. */
type InTime = { tx: Prisma.TransactionClient; isOver: () => boolean };

/** Counts, unless that takes longer than `countMs`: then it is null. */
async function inTime(countMs: number, count: (limits: InTime) => Promise<Counts | null>): Promise<Counts | null> {
  const work = async (tx: Prisma.TransactionClient) => {
    const end = performance.now() + countMs;
    await tx.$executeRaw`select set_config('statement_timeout', ${String(countMs)}, true)`;
    return count({ tx, isOver: () => performance.now() > end });
  };
  try {
    return await upkeepDb().$transaction(work, { ...UPKEEP_TRANSACTION, maxWait: countMs });
  } catch (error) {
    if (isLate(error)) return null;
    throw error;
  }
}

async function countCut(kept: KeptAddress, { tx, isOver }: InTime): Promise<Counts | null> {
  const which = kept === "none" ? Prisma.sql`ip is not null` : WHOLE;
  const rows = await tx.$queryRaw`
    select count(*)::int as clicks, 0 as deliveries from click where ${which}`;
  let deliveries = 0;
  for await (const { body } of storedBodies(tx, Prisma.sql`true`)) {
    if (isOver()) return null;
    const bytes = Buffer.from(body);
    if (cutBody(bytes, kept) !== bytes) deliveries += 1;
  }
  return { ...Row.parse(rows)[0], deliveries };
}

type Days = Pick<PrivacySettings, "clickDays" | "deliveryDays">;

async function countOld({ clickDays, deliveryDays }: Days, now: Date, { tx }: InTime): Promise<Counts> {
  const clicks = clickDays === null ? null : clickLimit(clickDays, now);
  const days = usualDeliveryDays({ deliveryDays });
  const deliveries = days === null ? null : deliveryLimit(days, now);
  const rows = await tx.$queryRaw`
    select (select count(*)::int from click where clicked_at < ${clicks}::timestamptz) as clicks,
      (select count(*)::int from delivery where received_at < ${clicks}::timestamptz
        or (received_at < ${deliveries}::timestamptz and outcome <> 'quarantined')) as deliveries`;
  return Row.parse(rows)[0];
}

/** What a change of the settings would take. */
export async function countLoss(
  change: z.output<typeof PrivacyChange>,
  now: Date,
  countMs = COUNT_MS,
): Promise<PrivacyLoss> {
  const settings = await readPrivacy();
  const { keptAddress: kept = settings.keptAddress, clickDays = settings.clickDays } = change;
  const { deliveryDays = settings.deliveryDays } = change;
  const cut = isStricter(kept, settings.keptAddress)
    ? await inTime(countMs, (limits) => countCut(kept, limits))
    : NOTHING;
  const isShorter = change.clickDays !== undefined || change.deliveryDays !== undefined;
  const deleted = isShorter
    ? await inTime(countMs, (limits) => countOld({ clickDays, deliveryDays }, now, limits))
    : NOTHING;
  return { cut, deleted };
}
