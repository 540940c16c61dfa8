import { Prisma } from "@/lib/generated/prisma/client";
import { type ResolvedPlan, whereSql } from "@/lib/query/where-sql";

// Questions about how links were clicked since their first click, in the same subset of SQL as `sql.ts`.

/** Clicks are kept to the millisecond, and both engines count them alike: arithmetic on timestamps differs. */
const MS = Prisma.sql`cast(round(extract(epoch from clicked_at) * 1000) as bigint)`;

const DAY_MS = Prisma.raw(String(24 * 60 * 60 * 1000));

/**
 * A row for each link: `clicks`, `first` and `half`, the epoch milliseconds at which the first and the click that
 * completes half of them came, and `first_day`, the clicks in the 24 hours from the first.
 */
export function livesSql(plan: ResolvedPlan): Prisma.Sql {
  return Prisma.sql`
    select link_id, cast(max(total) as int) as clicks, cast(min(ms) as double precision) as first,
      cast(min(case when place * 2 >= total then ms end) as double precision) as half,
      cast(count(*) filter (where ms < origin + ${DAY_MS}) as int) as first_day
    from (
      select link_id, ms, count(*) over (partition by link_id) as total, min(ms) over (partition by link_id) as origin,
        row_number() over (partition by link_id order by ms) as place
      from (select link_id, ${MS} as ms from click where ${whereSql(plan, [plan])}) as timed
    ) as placed
    group by link_id`;
}

/** A row for each link: the `first` and `last` slot of its clicks. */
export function linkExtentsSql(plan: ResolvedPlan): Prisma.Sql {
  return Prisma.sql`
    select link_id, min(slot) as first, max(slot) as last
    from click where ${whereSql(plan, [plan])}
    group by link_id`;
}

/**
 * Rows of `link_id`, `age` and `clicks`: the age is that of a step's first slot, in slots since the link's own first.
 *
 * @param length slots of one step
 */
export function alignedSql(plan: ResolvedPlan, length: number): Prisma.Sql {
  // Without division: the two engines differ in it.
  const step = Prisma.raw(`age - age % ${length}`);
  return Prisma.sql`
    select link_id, cast(${step} as int) as age, cast(sum(clicks) as int) as clicks
    from (
      select link_id, slot - min(slot) over (partition by link_id) as age, clicks
      from (
        select link_id, slot, count(*) as clicks
        from click where ${whereSql(plan, [plan])}
        group by link_id, slot
      ) as slots
    ) as aged
    group by link_id, ${step}`;
}
