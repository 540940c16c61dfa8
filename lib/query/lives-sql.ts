import { Prisma } from "@/lib/generated/prisma/client";
import { type ResolvedPlan, spanSql, whereSql } from "@/lib/query/where-sql";

// Questions about how links were clicked since their first click, in the same subset of SQL as `sql.ts`.

/** Epoch milliseconds, to which clicks are kept. Of results only: of every click it would take longer than the rest. */
const msSql = (moment: Prisma.Sql) => Prisma.sql`cast(round(extract(epoch from ${moment}) * 1000) as double precision)`;

/** A row for each link: `clicks`, and when the `first` came and the one that completes `half` of them. */
export function livesSql(plan: ResolvedPlan): Prisma.Sql {
  return Prisma.sql`
    select link_id, cast(count(*) as int) as clicks, ${msSql(Prisma.sql`min(clicked_at)`)} as first,
      ${msSql(Prisma.sql`percentile_disc(0.5) within group (order by clicked_at)`)} as half
    from click where ${whereSql(plan, [plan])}
    group by link_id`;
}

/** A row for each link, with its `clicks` until a moment of its own. */
export function clicksUntilSql(plan: ResolvedPlan, ends: readonly { id: string; to: Date }[]): Prisma.Sql {
  const own = ends.map(({ id, to }) => Prisma.sql`link_id = ${id} and ${spanSql({ from: null, to })}`);
  return Prisma.sql`
    select link_id, cast(count(*) as int) as clicks
    from click where ${whereSql(plan, [plan])} and (${Prisma.join(own, " or ")})
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
