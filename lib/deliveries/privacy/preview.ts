import "server-only";
import { z } from "zod";
import { upkeepDb } from "@/lib/base/db";
import { isStricter, type KeptAddress } from "@/lib/base/privacy";
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

/** What a change takes from what is stored: of how many the address is cut, and how many are deleted. */
export type PrivacyLoss = { cut: Counts; deleted: Counts };

const NOTHING: Counts = { clicks: 0, deliveries: 0 };
const Row = z.tuple([z.object({ clicks: z.int(), deliveries: z.int() })]);

/** Clicks with more of an address than its network, as `networkAddress` spells it. */
const WHOLE = Prisma.sql`
  ip is not null and not case when pg_input_is_valid(ip, 'inet')
    then host(network(set_masklen(ip::inet, case family(ip::inet) when 4 then 24 else 48 end))) = ip else false end`;

async function countCut(kept: KeptAddress): Promise<Counts> {
  const which = kept === "none" ? Prisma.sql`ip is not null` : WHOLE;
  const rows = await upkeepDb().$queryRaw`
    select count(*)::int as clicks, 0 as deliveries from click where ${which}`;
  let deliveries = 0;
  for await (const { body } of storedBodies(upkeepDb(), Prisma.sql`true`)) {
    const bytes = Buffer.from(body);
    if (cutBody(bytes, kept) !== bytes) deliveries += 1;
  }
  return { ...Row.parse(rows)[0], deliveries };
}

type Days = Pick<PrivacySettings, "clickDays" | "deliveryDays">;

async function countOld({ clickDays, deliveryDays }: Days, now: Date): Promise<Counts> {
  const clicks = clickDays === null ? null : clickLimit(clickDays, now);
  const days = usualDeliveryDays({ deliveryDays });
  const deliveries = days === null ? null : deliveryLimit(days, now);
  const rows = await upkeepDb().$queryRaw`
    select (select count(*)::int from click where clicked_at < ${clicks}::timestamptz) as clicks,
      (select count(*)::int from delivery where received_at < ${clicks}::timestamptz
        or (received_at < ${deliveries}::timestamptz and outcome <> 'quarantined')) as deliveries`;
  return Row.parse(rows)[0];
}

/** What a change of the settings would take. */
export async function countLoss(change: z.output<typeof PrivacyChange>, now: Date): Promise<PrivacyLoss> {
  const settings = await readPrivacy(upkeepDb());
  const { keptAddress: kept = settings.keptAddress, clickDays = settings.clickDays } = change;
  const { deliveryDays = settings.deliveryDays } = change;
  const cut = isStricter(kept, settings.keptAddress) ? await countCut(kept) : NOTHING;
  const isShorter = change.clickDays !== undefined || change.deliveryDays !== undefined;
  return { cut, deleted: isShorter ? await countOld({ clickDays, deliveryDays }, now) : NOTHING };
}
