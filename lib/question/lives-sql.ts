import { Prisma } from "@/lib/generated/prisma/client";
import { type EnginePlan, spanSql, whereSql } from "./where-sql";

// Clicks of links since their first click.

/** Epoch milliseconds, the precision of clicks. Only for results: for every click it would take longer than the rest. */
const msSql = (moment: Prisma.Sql) => Prisma.sql`cast(round(extract(epoch from ${moment}) * 1000) as double precision)`;

/** A row per link: `clicks`, the time of the `first`, and of the one that completes `half` of them. */
export function lifetimesSql(plan: EnginePlan): Prisma.Sql {
  return Prisma.sql`
    select link_id, cast(count(*) as int) as clicks, ${msSql(Prisma.sql`min(clicked_at)`)} as first,
      ${msSql(Prisma.sql`percentile_disc(0.5) within group (order by clicked_at)`)} as half
    from click where ${whereSql(plan, [plan])}
    group by link_id`;
}

/** A row per link: its `clicks` until its own limit. */
export function clicksUntilSql(plan: EnginePlan, ends: readonly { id: string; to: Date }[]): Prisma.Sql {
  const own = ends.map(({ id, to }) => Prisma.sql`link_id = ${id} and ${spanSql({ from: null, to })}`);
  return Prisma.sql`
    select link_id, cast(count(*) as int) as clicks
    from click where ${whereSql(plan, [plan])} and (${Prisma.join(own, " or ")})
    group by link_id`;
}

/** A row per link: the `first` and `last` slot of its clicks. */
export function linkExtentsSql(plan: EnginePlan): Prisma.Sql {
  return Prisma.sql`
    select link_id, min(slot) as first, max(slot) as last
    from click where ${whereSql(plan, [plan])}
    group by link_id`;
}

/**
 * Rows of `link_id`, `age` and `clicks`: ages in slots since the link's first, of the first of `length` slots. `end`: the
 * first age that is left out.
 */
export function alignedSql(plan: EnginePlan, length: number, end: number | null = null): Prisma.Sql {
  // Without division, in which the engines differ.
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
    ${end === null ? Prisma.empty : Prisma.sql`where age < ${end}`}
    group by link_id, ${step}`;
}
