import { Prisma } from "@/lib/generated/prisma/client";
import { type EnginePlan, whereSql } from "./where-sql";

// Clicks in the order in which they were stored.

/** One row: `id`, the highest `seq` of the plan's clicks, or of all, as text; none when there are no clicks. */
export function newestSql(plan: EnginePlan | null): Prisma.Sql {
  const within = plan ? Prisma.sql`where ${whereSql(plan, [plan])}` : Prisma.empty;
  return Prisma.sql`select cast(seq as text) as id from click ${within} order by click.seq desc limit 1`;
}

/** One row: `at`, the time of the plan's first click, or of all; none when there are no clicks. */
export function firstSql(plan: EnginePlan | null): Prisma.Sql {
  const within = plan ? Prisma.sql`where ${whereSql(plan, [plan])}` : Prisma.empty;
  return Prisma.sql`select clicked_at as at from click ${within} order by clicked_at limit 1`;
}

/** Rows of `id`, the `seq` of clicks after a number as text, ascending, at most `limit`. */
export function storedAfterSql(plan: EnginePlan, after: string, limit: number): Prisma.Sql {
  return Prisma.sql`
    select cast(seq as text) as id from click
    where seq > cast(${after} as bigint) and ${whereSql(plan, [plan])}
    order by click.seq
    limit ${limit}`;
}

/** Rows of `id`, the `seq` of clicks of a plan, or of all, after a number up to another as text, ascending. */
export function arrivedSql(
  plan: EnginePlan | null,
  { after, upTo }: { after: string; upTo: string },
  limit: number,
): Prisma.Sql {
  const within = plan ? Prisma.sql`and ${whereSql(plan, [plan])}` : Prisma.empty;
  return Prisma.sql`
    select cast(seq as text) as id from click
    where seq > cast(${after} as bigint) and seq <= cast(${upTo} as bigint) ${within}
    order by click.seq
    limit ${limit}`;
}
