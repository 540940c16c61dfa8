import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { db, upkeepDb } from "@/lib/base/db";
import { log } from "@/lib/base/log";
import { isStricter, KEPT_ADDRESSES, type KeptAddress } from "@/lib/base/privacy";
import { type Column, hexOf, namesSql, rowsSql } from "@/lib/base/rows-sql";
import { HOUR } from "@/lib/base/time";
import { keptAddress } from "@/lib/click/kept-address";
import { settledSeq } from "@/lib/click/settled-seq";
import { clickReader } from "@/lib/click/stored";
import { vacuumDeleted } from "@/lib/deliveries/delete-clicks";
import { cutBody } from "@/lib/deliveries/privacy/cut-body";
import { visitorOf } from "@/lib/deliveries/privacy/rules";
import { saltsAt } from "@/lib/deliveries/privacy/salts";
import { readPrivacy } from "@/lib/deliveries/privacy/settings";
import { serverKey } from "@/lib/deliveries/secrets/secret";
import { type AddressCut, Prisma } from "@/lib/generated/prisma/client";
import { readDelivery } from "@/lib/senders/sender";
import { SENDER } from "@/lib/senders/senders";

const ROW = { id: 1 } as const;
const TRANSACTION = { maxWait: 30_000, timeout: 30_000 };
const Kept = z.enum(KEPT_ADDRESSES);

/** Clicks and deliveries up to which everything is committed. */
type Target = { seq: bigint; id: bigint };
type Position = AddressCut & { kept: KeptAddress };

/** The row, locked until the transaction ends; null while another server has it, or when there is nothing to cut. */
async function lockRow(tx: Prisma.TransactionClient): Promise<Position | null> {
  const { keptAddress: kept } = await readPrivacy(tx);
  if (kept === "full") return null;
  await tx.$executeRaw`
    insert into address_cut (id, kept, click_position, delivery_position, changed)
    values (${ROW.id}, ${kept}, 0, 0, 0) on conflict (id) do nothing`;
  if ((await tx.$executeRaw`select id from address_cut where id = ${ROW.id} for update skip locked`) === 0) return null;
  const row = await tx.addressCut.findUniqueOrThrow({ where: ROW });
  const before = Kept.parse(row.kept);
  if (before === kept) return { ...row, kept };
  // Less is kept than before: all begins anew. If more is, what was cut stays so.
  const anew = isStricter(kept, before)
    ? { clickPosition: 0n, deliveryPosition: 0n, finishedAt: null, vacuumedAt: null }
    : {};
  return { ...(await tx.addressCut.update({ where: ROW, data: { kept, ...anew } })), kept };
}

type CutClick = { seq: string; linkId: string; ip: string | null };
const CLICK_COLUMNS: Column<CutClick>[] = [
  ["seq", "bigint", ({ seq }) => seq],
  ["link_id", "text", ({ linkId }) => linkId],
  ["ip", "text", ({ ip }) => ip],
];
const readAddresses = clickReader(["linkId", "ip"]);

/** Cuts the next clicks. @returns how many were read, and changed */
async function cutClicks(tx: Prisma.TransactionClient, { kept, clickPosition }: Position, to: bigint, size: number) {
  const next = Prisma.sql`where seq > ${clickPosition} and seq <= ${to} order by click.seq limit ${size}`;
  const clicks = await readAddresses(tx, next);
  const changed = clicks.flatMap(({ seq, linkId, ip }): CutClick[] => {
    const cut = keptAddress(ip, kept);
    return cut === ip ? [] : [{ seq, linkId, ip: cut }];
  });
  if (changed.length > 0) {
    await tx.$executeRaw(Prisma.sql`
      update click as c set ip = n.ip from ${rowsSql(CLICK_COLUMNS, changed)} as n (${namesSql(CLICK_COLUMNS)})
      where c.seq = n.seq and c.link_id = n.link_id`);
  }
  return { isLast: clicks.length < size, last: clicks.at(-1)?.seq, changed: changed.length };
}

const Bodies = z.array(
  z.object({
    id: z.bigint(),
    received_at: z.date(),
    secret_id: z.number().nullable(),
    outcome: z.string(),
    address_cut: z.boolean(),
    visitor: z.string().nullable(),
    body: z.instanceof(Uint8Array),
  }),
);

type CutDelivery = { id: bigint; body: Buffer; visitor: string | null };
const DELIVERY_COLUMNS: Column<CutDelivery>[] = [
  ["id", "bigint", ({ id }) => id.toString()],
  ["body", "bytea", ({ body }) => hexOf(body)],
  ["visitor", "text", ({ visitor }) => visitor],
];

/** Cuts the bodies of the next deliveries; of those that may be counted later the visitor is kept. */
async function cutDeliveries(tx: Prisma.TransactionClient, row: Position, to: bigint, size: number) {
  const { kept, deliveryPosition } = row;
  // Locked: somebody may replay one at the same time.
  const rows = Bodies.parse(
    await tx.$queryRaw`
      select id, received_at, secret_id, outcome, address_cut, visitor, body from delivery
      where id > ${deliveryPosition} and id <= ${to} and body is not null order by id limit ${size} for update`,
  );
  const { visitorPeriod } = await readPrivacy(tx);
  const changed: CutDelivery[] = [];
  for (const { id, received_at, secret_id, outcome, address_cut, visitor, body: stored } of rows) {
    const body = Buffer.from(stored);
    const cut = cutBody(body, kept);
    if (cut === body) continue;
    const { receipt } = readDelivery(SENDER, body, received_at, secret_id);
    const isWhole = outcome === "quarantined" && !address_cut;
    const saltAt = isWhole ? await saltsAt(tx, [receipt.clickedAt ?? receipt.receivedAt], visitorPeriod) : () => null;
    changed.push({ id, body: cut, visitor: isWhole ? visitorOf(receipt, serverKey(), { saltAt }) : visitor });
  }
  if (changed.length > 0) {
    await tx.$executeRaw(Prisma.sql`
      update delivery as d set body = n.body, visitor = n.visitor, address_cut = true
      from ${rowsSql(DELIVERY_COLUMNS, changed)} as n (${namesSql(DELIVERY_COLUMNS)})
      where d.id = n.id`);
  }
  return { isLast: rows.length < size, last: rows.at(-1)?.id, changed: changed.length };
}

type Sizes = { clicks: number; deliveries: number };

/**
 * Cuts the next stored addresses, in one short transaction that no delivery waits for. A crash loses that one step.
 *
 * @returns "done" up to the target; "elsewhere" when another server is at it, or nothing is to be cut
 */
export async function cutStep(target: Target, sizes: Sizes): Promise<"more" | "done" | "elsewhere"> {
  return upkeepDb().$transaction(async (tx) => {
    const row = await lockRow(tx);
    if (!row) return "elsewhere";
    const clicks = await cutClicks(tx, row, target.seq, sizes.clicks);
    const deliveries = await cutDeliveries(tx, row, target.id, sizes.deliveries);
    const isDone = clicks.isLast && deliveries.isLast;
    const reached = (isLast: boolean, last: string | bigint | undefined, to: bigint, before: bigint) => {
      if (!isLast) return BigInt(last ?? before);
      return to > before ? to : before;
    };
    await tx.addressCut.update({
      where: ROW,
      data: {
        clickPosition: reached(clicks.isLast, clicks.last, target.seq, row.clickPosition),
        deliveryPosition: reached(deliveries.isLast, deliveries.last, target.id, row.deliveryPosition),
        changed: row.changed + BigInt(clicks.changed + deliveries.changed),
        ...(isDone && { finishedAt: new Date() }),
      },
    });
    return isDone ? "done" : "more";
  }, TRANSACTION);
}

/**
 * Up to where everything is committed; null when there is nothing to cut, or when all was cut less than `againMs` ago.
 * Throws when writers keep their lock.
 */
export async function cutTarget(againMs = 0): Promise<Target | null> {
  return upkeepDb().$transaction(async (tx) => {
    const row = await lockRow(tx);
    if (!row || (row.finishedAt && Date.now() - row.finishedAt.getTime() < againMs)) return null;
    const newest = async () => {
      const click = await tx.click.findFirst({ select: { seq: true }, orderBy: { seq: "desc" } });
      const delivery = await tx.delivery.findFirst({ select: { id: true }, orderBy: { id: "desc" } });
      return { seq: click?.seq ?? 0n, id: delivery?.id ?? 0n };
    };
    const seen = await newest();
    // Most of the time nothing is new, and the lock isn't needed.
    if (row.finishedAt && seen.seq <= row.clickPosition && seen.id <= row.deliveryPosition) return null;
    const seq = await settledSeq(tx);
    return { ...(await newest()), seq };
  }, TRANSACTION);
}

/** Progress from 0 to 1 while stored addresses are being cut, else null. */
export async function cutProgress(): Promise<number | null> {
  const { keptAddress: kept } = await readPrivacy();
  if (kept === "full") return null;
  const row = await db().addressCut.findUnique({ where: ROW });
  if (!row || isStricter(kept, Kept.parse(row.kept))) return 0;
  if (row.finishedAt) return null;
  const newest = await db().click.findFirst({ select: { seq: true }, orderBy: { seq: "desc" } });
  return newest ? Math.min(1, Number(row.clickPosition) / Number(newest.seq)) : 0;
}

/** Rows per step: about 50 ms. A body may have a megabyte. */
const SIZES: Sizes = { clicks: 1_000, deliveries: 20 };
/** Pause between steps, which leaves most of the database to deliveries and questions. */
const PAUSE_MS = 15;
/** Least time between two vacuums: beside a server of an earlier version every run changes something. */
const VACUUM_MS = HOUR;

/** `againMs`: after how long it is looked at what has come since all was cut. Writers wait for a moment then. */
type Pace = { signal?: AbortSignal; sizes?: Sizes; pauseMs?: number; againMs?: number };

/**
 * Cuts stored addresses to what Settings says, in small steps. Later runs look at what has come since: a server of an
 * earlier version may store whole addresses, and nobody else does.
 */
export async function cutAddresses({
  signal,
  sizes = SIZES,
  pauseMs = PAUSE_MS,
  againMs = 0,
}: Pace = {}): Promise<void> {
  const target = await cutTarget(againMs);
  while (target && !signal?.aborted && (await cutStep(target, sizes)) === "more")
    await delay(pauseMs, undefined, { ref: false });
  const row = await upkeepDb().addressCut.findUnique({ where: ROW });
  if (!row?.finishedAt || row.changed === 0n || signal?.aborted) return;
  const now = new Date();
  if (row.vacuumedAt && now.getTime() - row.vacuumedAt.getTime() < VACUUM_MS) return;
  // The old versions of the rows still have the whole addresses.
  await vacuumDeleted(signal);
  await upkeepDb().addressCut.updateMany({
    where: ROW,
    data: { vacuumedAt: now, changed: { decrement: row.changed } },
  });
  log.info({ changed: Number(row.changed) }, "privacy: stored addresses are cut");
}
