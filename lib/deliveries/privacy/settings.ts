import "server-only";
import { z } from "zod";
import { db, ingestDb } from "@/lib/base/db";
import { env } from "@/lib/base/env";
import { AppError } from "@/lib/base/errors";
import { FEWEST_DAYS, KEPT_ADDRESSES, MOST_DAYS, VISITOR_PERIODS } from "@/lib/base/privacy";
import { text as words } from "@/lib/base/problems";
import { lockWritesSoon } from "@/lib/deliveries/database-state";
import { clickLimit } from "@/lib/deliveries/privacy/limits";
import type { Prisma } from "@/lib/generated/prisma/client";

const Days = z
  .int(words.privacy.days)
  .min(FEWEST_DAYS, words.privacy.days)
  .max(MOST_DAYS, words.privacy.days)
  .nullable();

const Settings = z.object({
  keptAddress: z.enum(KEPT_ADDRESSES, words.oneOf(KEPT_ADDRESSES)),
  visitorPeriod: z.enum(VISITOR_PERIODS, words.oneOf(VISITOR_PERIODS)),
  clickDays: Days,
  deliveryDays: Days,
});

/**
 * `keptAddress`: how much of clickers' addresses is stored. `visitorPeriod`: how often a visitor becomes a new one.
 * `clickDays`, `deliveryDays`: after how many days clicks and uncounted deliveries are deleted; null: never.
 */
export type PrivacySettings = z.output<typeof Settings>;

export const PrivacyChange = Settings.partial();
export const MAX_PRIVACY_BYTES = 1_024;

const Stored = z.tuple([Settings.extend({ prunedBefore: z.date().nullable() })]);

/** The settings, and before which time clicks are deleted by their age. */
export async function readPrivacy(tx: Prisma.TransactionClient = db()): Promise<z.output<typeof Stored>[0]> {
  const rows = await tx.$queryRaw`
    select kept_address as "keptAddress", visitor_period as "visitorPeriod", click_days as "clickDays",
      delivery_days as "deliveryDays", pruned_before as "prunedBefore"
    from dataset`;
  return Stored.parse(rows)[0];
}

/** Days after which uncounted deliveries are deleted: LEDGER_DAYS, else what Settings says. */
export const usualDeliveryDays = ({ deliveryDays }: Pick<PrivacySettings, "deliveryDays">): number | null =>
  env().LEDGER_DAYS ?? deliveryDays;

/**
 * Changes the settings. Running writes are waited for, so that everything stored later follows them.
 *
 * @throws AppError when LEDGER_DAYS is set, which is stronger than `deliveryDays`; unavailable when a write takes long
 */
export async function changePrivacy(change: z.output<typeof PrivacyChange>, now: Date): Promise<void> {
  if (change.deliveryDays !== undefined && env().LEDGER_DAYS !== undefined)
    throw new AppError("unprocessable_entity", words.privacy.ledgerDays);
  const data = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  await ingestDb().$transaction(async (tx) => {
    await lockWritesSoon(tx);
    const { prunedBefore } = await readPrivacy(tx);
    const limit = change.clickDays == null ? null : clickLimit(change.clickDays, now);
    // Clicks that are older than those deleted so far may come in again: mirrors can't tell them from deleted ones.
    const isLonger =
      change.clickDays !== undefined && prunedBefore !== null && (limit === null || limit < prunedBefore);
    await tx.dataset.updateMany({
      data: { ...data, ...(isLonger && { prunedBefore: null, generation: { increment: 1 } }) },
    });
  });
}
