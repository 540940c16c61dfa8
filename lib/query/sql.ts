import { type DimensionKey, dimension } from "@/lib/dimensions";
import { Prisma } from "@/lib/generated/prisma/client";
import type { Condition } from "@/lib/query/filters";
import type { Match, Test } from "@/lib/query/match";
import type { BreakdownPlan, Plan } from "@/lib/query/plan";

/** Ids of the links that a condition on links found. */
export type LinkIds = { op: Condition["op"]; ids: string[] };

/** A column of `click`. The only place where an identifier comes from data. */
const column = (key: DimensionKey) => Prisma.raw(`"${dimension(key).column}"`);

/** Separates link ids in one parameter. Ids are letters and digits; one that held this would find nothing. */
const UNIT_SEPARATOR = "\u001f";

/** One row with `clicks`. */
export function totalsSql(plan: Plan, links: readonly LinkIds[]): Prisma.Sql {
  return Prisma.sql`select cast(count(*) as int) as clicks from click where ${whereSql(plan, links)}`;
}

/** Rows of `slot` and `clicks`, ascending, without empty slots. */
export function slotsSql(plan: Plan, links: readonly LinkIds[]): Prisma.Sql {
  return Prisma.sql`
    select slot, cast(count(*) as int) as clicks
    from click
    where ${whereSql(plan, links)}
    group by slot
    order by slot`;
}

/** Rows of `value` and `clicks`, each with the `total` and `row_count` of all; cities with `country` and `region`. */
export function breakdownSql({ key, limit, ...plan }: BreakdownPlan, links: readonly LinkIds[]): Prisma.Sql {
  const place = key === "city";
  return Prisma.sql`
    select *, cast(sum(clicks) over () as int) as total, cast(count(*) over () as int) as row_count
    from (
      select ${column(key)} as value, ${place ? Prisma.sql`country, region,` : Prisma.empty} cast(count(*) as int) as clicks
      from click
      where ${whereSql(plan, links)}
      group by ${column(key)}${place ? Prisma.sql`, country, region` : Prisma.empty}
    ) as groups
    order by clicks desc, value asc nulls last${place ? Prisma.sql`, country asc nulls last, region asc nulls last` : Prisma.empty}
    ${limit === null ? Prisma.empty : Prisma.sql`limit ${limit}`}`;
}

function whereSql({ from, to, bots, matches }: Plan, links: readonly LinkIds[]): Prisma.Sql {
  const parts = [
    ...(from ? [Prisma.sql`clicked_at >= cast(${from.toISOString()} as timestamptz)`] : []),
    ...(to ? [Prisma.sql`clicked_at < cast(${to.toISOString()} as timestamptz)`] : []),
    ...(bots === "include" ? [] : [bots === "only" ? Prisma.sql`bot` : Prisma.sql`not bot`]),
    ...matches.map(matchSql),
    ...links.map(linksSql),
  ];
  return parts.length > 0 ? Prisma.join(parts, " and ") : Prisma.sql`true`;
}

function matchSql({ op, anyOf }: Match): Prisma.Sql {
  return op === "is"
    ? Prisma.sql`(${Prisma.join(anyOf.map(isSql), " or ")})`
    : Prisma.sql`(${Prisma.join(anyOf.map(isNotSql), " and ")})`;
}

function isSql(test: Test): Prisma.Sql {
  if ("in" in test) return Prisma.sql`${column(test.key)} in (${Prisma.join(test.in)})`;
  if ("endsWith" in test) return Prisma.sql`${column(test.key)} like ${suffixPattern(test.endsWith)} escape '!'`;
  return Prisma.sql`${column(test.key)} is null`;
}

/** A click without a value is not any value: `null not in (…)` would lose it. */
function isNotSql(test: Test): Prisma.Sql {
  const name = column(test.key);
  if ("in" in test) return Prisma.sql`(${name} not in (${Prisma.join(test.in)}) or ${name} is null)`;
  if ("endsWith" in test)
    return Prisma.sql`(${name} not like ${suffixPattern(test.endsWith)} escape '!' or ${name} is null)`;
  return Prisma.sql`${name} is not null`;
}

function suffixPattern(suffix: string): string {
  return `%${suffix.replace(/[!%_]/g, "!$&")}`;
}

/**
 * A tag may stand for more links than a statement may have parameters (65,535), so all ids travel in one. Splitting text
 * is what both engines do alike; binding an array is not.
 */
function linksSql({ op, ids }: LinkIds): Prisma.Sql {
  if (ids.length === 0) return op === "is" ? Prisma.sql`false` : Prisma.sql`true`;
  const list = Prisma.sql`(select unnest(string_to_array(${ids.join(UNIT_SEPARATOR)}, ${UNIT_SEPARATOR})))`;
  return op === "is" ? Prisma.sql`link_id in ${list}` : Prisma.sql`link_id not in ${list}`;
}
