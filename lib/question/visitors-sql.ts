import type { TimeDimensionKey } from "@/lib/click/dimensions";
import type { Counts, Selection } from "@/lib/click/selection";
import { Prisma } from "@/lib/generated/prisma/client";
import type { Span } from "@/lib/question/plan";
import { type EnginePlan, localSlotSql, quarterOfWeekSql, spanSql, UNIT_SEPARATOR, whereSql } from "./where-sql";

/** The columns `visitors` and `withheld` of clicks, or of those within a span. */
export function visitorsSql(span: Span | null = null): Prisma.Sql {
  if (!span)
    return Prisma.sql`
      cast(count(distinct visitor) as int) as visitors,
      cast(count(*) filter (where visitor is null or visitor_estimated) as int) as withheld`;
  return Prisma.sql`
    cast(count(distinct visitor) filter (where ${spanSql(span)}) as int) as visitors,
    cast(count(*) filter (where ${spanSql(span)} and (visitor is null or visitor_estimated)) as int) as withheld`;
}

/** Visitors of a selection without a condition: its clicks with a visitor, but for those after another one within the span. */
export function selectionVisitorsSql({ from, to, bots }: Selection, { slots }: Counts): Prisma.Sql {
  const pairs = Prisma.raw({ include: "clicks", exclude: "people", only: "bots" }[bots]);
  const since = from ? Prisma.sql`previous >= cast(${from.toISOString()} as timestamptz)` : Prisma.sql`true`;
  const until = to ? Prisma.sql`clicked_at < cast(${to.toISOString()} as timestamptz)` : Prisma.sql`true`;
  return Prisma.sql`
    (coalesce((select sum(clicks - unnamed) from ${slots}), 0)
      - coalesce((select sum(${pairs}) from revisit where ${since} and ${until}), 0))`;
}

/** Rows of `place`, `visitors` and `withheld`: by hour from midnight, or by weekday from Monday, in quarter hours. */
export function visitorsByTimeSql(plan: EnginePlan, unit: TimeDimensionKey): Prisma.Sql {
  const local = localSlotSql(plan.periods);
  const week = quarterOfWeekSql(plan.periods);
  const place = unit === "hour" ? Prisma.sql`${local} % 96 - ${local} % 4` : Prisma.sql`${week} - ${week} % 96`;
  return Prisma.sql`
    select cast(${place} as int) as place, ${visitorsSql()}
    from click where ${whereSql(plan, [plan])}
    group by ${place}`;
}

/** The same by groups of links; a place is that of the group. A link may be in several. */
export function visitorsByLinksSql(plan: EnginePlan, groups: readonly (readonly string[])[]): Prisma.Sql {
  return Prisma.sql`
    select cast(place as int) as place, ${visitorsSql()}
    from click join (${groupsOfLinksSql(groups)}) as grouped on grouped_id = link_id
    where ${whereSql(plan, [plan])}
    group by place`;
}

/** Rows of `grouped_id`, a link's, and the `place` of its group as text: a row per group that the link is in. */
function groupsOfLinksSql(groups: readonly (readonly string[])[]): Prisma.Sql {
  const pairs = groups.flatMap((ids, place) => ids.map((id) => ({ id, place: String(place) })));
  const joined = (texts: string[]) =>
    Prisma.sql`unnest(string_to_array(${texts.join(UNIT_SEPARATOR)}, ${UNIT_SEPARATOR}))`;
  const isOdd = ({ id }: { id: string }) => id === "" || id.includes(UNIT_SEPARATOR);
  const plain = pairs.filter((pair) => !isOdd(pair));
  const [ids, places] = [joined(plain.map(({ id }) => id)), joined(plain.map(({ place }) => place))];
  const parts = [
    ...(plain.length > 0 ? [Prisma.sql`select ${ids} as grouped_id, ${places} as place`] : []),
    ...pairs
      .filter(isOdd)
      .map(({ id, place }) => Prisma.sql`select cast(${id} as text) as grouped_id, cast(${place} as text) as place`),
  ];
  return Prisma.join(parts, " union all ");
}
