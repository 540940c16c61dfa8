import "server-only";
import type { Viewer } from "@/lib/access/viewer";
import { db } from "@/lib/db";

/** Any page number may stand in an address; the database counts in 32 bits. */
const MAX_OFFSET = 2 ** 31 - 1;

/** One delivery that was not counted. */
export type LedgerRow = {
  id: string;
  receivedAt: Date;
  event: string | null;
  eventId: string | null;
  outcome: string;
  reason: string;
  linkId: string | null;
  clickId: string | null;
};

/** Deliveries that were not counted, the newest first; `page` from 1. */
export async function answerLedger(
  _viewer: Viewer,
  { page, pageSize, outcome }: { page: number; pageSize: number; outcome?: string },
): Promise<{ rows: LedgerRow[]; total: number }> {
  const where = outcome === undefined ? {} : { outcome };
  const [rows, total] = await Promise.all([
    db().delivery.findMany({
      where,
      omit: { body: true },
      orderBy: [{ receivedAt: "desc" }, { id: "desc" }],
      skip: Math.min((page - 1) * pageSize, MAX_OFFSET),
      take: pageSize,
    }),
    db().delivery.count({ where }),
  ]);
  return { rows: rows.map((row) => ({ ...row, id: row.id.toString() })), total };
}

/** What has arrived so far, for whoever waits for the first click. */
export type Arrivals = { clicks: boolean; newest: { outcome: string; receivedAt: Date } | null };

/** Whether there is any click; and while there is none, the newest delivery of another kind. */
export async function answerArrivals(_viewer: Viewer): Promise<Arrivals> {
  const click = await db().click.findFirst({ select: { linkId: true } });
  if (click) return { clicks: true, newest: null };
  const select = { outcome: true, receivedAt: true };
  return { clicks: false, newest: await db().delivery.findFirst({ orderBy: { receivedAt: "desc" }, select }) };
}
