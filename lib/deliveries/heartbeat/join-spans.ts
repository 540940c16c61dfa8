import "server-only";
import { ingestDb } from "@/lib/base/db";
import { SHORTEST_MS } from "./gaps";

/**
 * Merges spans of all servers that ended before `limit` and have no gap between them. One statement, so that concurrent
 * readers never see a false gap.
 */
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
