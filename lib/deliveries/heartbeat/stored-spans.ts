import "server-only";
import { z } from "zod";
import { db, ingestDb } from "@/lib/base/db";
import { log } from "@/lib/base/log";
import { readOr } from "@/lib/base/reach";
import { gapsOf, SHORTEST_MS, type Span } from "./spans";

const Rows = z.array(z.object({ from: z.date(), to: z.date() }));

/** When no server could receive deliveries: gaps that touch a range, in order. A null end is unlimited. */
export async function readDowntimes({ from, to }: { from: Date | null; to: Date | null }): Promise<Span[]> {
  const begin = from ?? new Date(0);
  const end = to ?? new Date();
  const read = () => db().$queryRaw`
    select began_at as "from", seen_at as "to" from reception where seen_at >= ${begin} and began_at <= ${end}
    union all
    (select began_at, seen_at from reception where seen_at < ${begin} order by seen_at desc limit 1)
    union all
    (select began_at, seen_at from reception where began_at > ${end} order by began_at limit 1)`;
  // Marks of gaps are left out while they can't be read: the figures are right without them.
  const rows = await readOr(read, () => []);
  return gapsOf(Rows.parse(rows)).filter((gap) => gap.to > begin && gap.from < end);
}

/** Merges spans that ended before `limit`, without gaps between them. One statement, so that nobody sees a false gap. */
export async function joinSpans(limit: Date): Promise<void> {
  await ingestDb().$executeRaw`
    with rested as (
      select id, began_at, seen_at,
             max(seen_at) over (order by began_at, id rows between unbounded preceding and 1 preceding) as reached
      from reception where seen_at < ${limit}
    ), numbered as (
      select id, began_at, seen_at, count(*) filter (
               where reached is null or began_at - reached >= ${SHORTEST_MS}::int * interval '1 millisecond'
             ) over (order by began_at, id) as island
      from rested
    ), joined as (
      select min(id) as id, min(began_at) as began_at, max(seen_at) as seen_at, array_agg(id) as ids
      from numbered group by island having count(*) > 1
    ), kept as (
      update reception set began_at = joined.began_at, seen_at = joined.seen_at from joined where reception.id = joined.id
    )
    delete from reception using joined where reception.id = any(joined.ids) and reception.id <> joined.id`;
}

/**
 * Records uptime that only the spool knows: the server stopped while the database was down. A span is from the first to
 * the last delivery of a batch.
 */
export function pastUptimeWriter(server: string) {
  let last: { id: bigint; to: Date } | null = null;
  return async function note({ from, to }: Span): Promise<void> {
    try {
      if (last && Math.abs(from.getTime() - last.to.getTime()) < SHORTEST_MS) {
        await ingestDb().reception.updateMany({ where: { id: last.id }, data: { seenAt: to } });
        last = { id: last.id, to };
        return;
      }
      const row = { server, beganAt: from, seenAt: to };
      last = { id: (await ingestDb().reception.create({ data: row, select: { id: true } })).id, to };
    } catch (error) {
      log.debug({ err: error }, "heartbeat: write of earlier uptime failed");
    }
  };
}
