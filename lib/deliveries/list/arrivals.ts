import "server-only";
import { db } from "@/lib/base/db";

/** What has arrived so far, for whoever waits for the first click. */
export type Arrivals = { clicks: boolean; newest: { outcome: string; receivedAt: Date } | null };

/** Whether there is any click; and while there is none, the newest delivery of another kind. */
export async function answerArrivals(): Promise<Arrivals> {
  const click = await db().click.findFirst({ select: { linkId: true } });
  if (click) return { clicks: true, newest: null };
  const select = { outcome: true, receivedAt: true };
  return { clicks: false, newest: await db().delivery.findFirst({ orderBy: { receivedAt: "desc" }, select }) };
}
