import "server-only";
import { z } from "zod";
import { db } from "@/lib/base/db";
import { gapsOf, type Span } from "./gaps";

const Rows = z.array(z.object({ from: z.date(), to: z.date() }));

/**
 * Times when no server could receive deliveries, within or overlapping a range, in order. A null end is unlimited. Nothing
 * before the first heartbeat or after the last.
 */
export async function readDowntimes({ from, to }: { from: Date | null; to: Date | null }): Promise<Span[]> {
  const begin = from ?? new Date(0);
  const end = to ?? new Date();
  const rows = await db().$queryRaw`
    select began_at as "from", seen_at as "to" from reception where seen_at >= ${begin} and began_at <= ${end}
    union all
    (select began_at, seen_at from reception where seen_at < ${begin} order by seen_at desc limit 1)
    union all
    (select began_at, seen_at from reception where began_at > ${end} order by began_at limit 1)`;
  return gapsOf(Rows.parse(rows)).filter((gap) => gap.to > begin && gap.from < end);
}
