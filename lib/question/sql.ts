import type { Granularity } from "@/lib/base/time";
import { appsNamed } from "@/lib/click/apps";
import { type ClickDimensionKey, FIELD_OF, isClickDimension } from "@/lib/click/dimensions";
import { FIELDS } from "@/lib/click/fields";
import type { Counts } from "@/lib/click/selection";
import { Prisma } from "@/lib/generated/prisma/client";
import type { BreakdownPlan, Span } from "@/lib/question/plan";
import type { ClickName, Cursor, Order } from "@/lib/question/question";
import { searcher, searchForms } from "@/lib/question/row-selection";
import { selectionVisitorsSql, visitorsSql } from "./visitors-sql";
import {
  column,
  type EnginePlan,
  hasAny,
  localSlotSql,
  quarterOfWeekSql,
  selectionOf,
  spanSql,
  whereSql,
} from "./where-sql";

// A subset of SQL that both engines understand. Statements over counts are only for the mirror.

type ForEngine<P> = Omit<P, "terms"> & EnginePlan;

/** One row: `clicks`, distinct `visitors`, clicks whose IP address was `withheld`, and `links` that were clicked. */
export function totalsSql(plan: EnginePlan): Prisma.Sql {
  return Prisma.sql`
    select cast(count(*) as int) as clicks, ${visitorsSql()}, cast(count(distinct link_id) as int) as links
    from click where ${whereSql(plan, [plan])}`;
}

/** The same from the counts of the plan's clicks by link. */
export function countedTotalsSql(plan: EnginePlan, counts: Counts): Prisma.Sql {
  const selection = selectionOf(plan, plan);
  const links = Prisma.sql`cast((select count(distinct value) from ${counts.values} where field = 'link_id') as int) as links`;
  if (selection.where)
    return Prisma.sql`
      select cast(count(*) as int) as clicks, cast(distinct_visitors(visitor) as int) as visitors,
        cast(count(*) filter (where visitor is null or visitor_estimated) as int) as withheld, ${links}
      from click where ${whereSql(plan, [plan])}`;
  return Prisma.sql`
    select cast(coalesce(sum(clicks), 0) as int) as clicks,
      cast(${selectionVisitorsSql(selection, counts)} as int) as visitors,
      cast(coalesce(sum(withheld), 0) as int) as withheld, ${links}
    from ${counts.slots}`;
}

/** One row: the clicks in each span, as `in_0`, `in_1` …. */
export function countsInSql(plan: EnginePlan, spans: readonly Span[]): Prisma.Sql {
  const counts = spans.map(
    (span, at) => Prisma.sql`cast(count(*) filter (where ${spanSql(span)}) as int) as ${Prisma.raw(`in_${at}`)}`,
  );
  return Prisma.sql`select ${Prisma.join(counts)} from click where ${whereSql(plan, spans)}`;
}

/** Groups slots into buckets in SQL; months are grouped into days here and folded in JavaScript. */
function stepSql(granularity: Granularity, { periods, weekStart }: EnginePlan): Prisma.Sql {
  const local = localSlotSql(periods);
  if (granularity === "quarterHour") return Prisma.sql`slot`;
  // A repeated hour counts as two: they have different UTC numbers.
  if (granularity === "hour") return Prisma.sql`slot - ${local} % 4`;
  if (granularity === "week") return Prisma.sql`${local} - ${quarterOfWeekSql(periods, weekStart)}`;
  return Prisma.sql`${local} - ${local} % 96`;
}

/** Rows of `slot` and `clicks`: clicks of a bucket, or of a day of it, and one of its slots. Unordered. */
export function stepsSql(plan: EnginePlan, granularity: Granularity): Prisma.Sql {
  return Prisma.sql`
    select cast(min(slot) as int) as slot, cast(count(*) as int) as clicks
    from click
    where ${whereSql(plan, [plan])}
    group by ${stepSql(granularity, plan)}`;
}

/** The same per link: rows of `link_id`, `slot` and `clicks`. `months`: local slots at which months start. */
export function linkStepsSql(plan: EnginePlan, granularity: Granularity, months: readonly number[]): Prisma.Sql {
  const step = stepSql(granularity, plan);
  const steps = Prisma.sql`
    select link_id, ${step} as step, cast(min(slot) as int) as slot, cast(count(*) as int) as clicks
    from click
    where ${whereSql(plan, [plan])}
    group by link_id, ${step}`;
  if (granularity !== "month") return steps;
  // Days of many links would be many rows.
  const branches = months.slice(1).map((begin, index) => `when step < ${begin} then ${index}`);
  const month = Prisma.raw(branches.length > 0 ? `case ${branches.join(" ")} else ${branches.length} end` : "0");
  return Prisma.sql`
    select link_id, cast(min(slot) as int) as slot, cast(sum(clicks) as int) as clicks
    from (select *, ${month} as month from (${steps}) as days) as numbered
    group by link_id, month`;
}

/** Rows of `quarter`, the first quarter hour of an hour of the local week, `clicks` and `previous`. In no order. */
export function hoursOfWeekSql(plan: EnginePlan, comparison: Span | null): Prisma.Sql {
  const quarter = quarterOfWeekSql(plan.periods);
  return Prisma.sql`
    select cast(quarter - quarter % 4 as int) as quarter, cast(sum(clicks) as int) as clicks,
      cast(sum(previous) as int) as previous
    from (
      select ${quarter} as quarter, ${countsSql(plan, comparison)}
      from click
      where ${whereSql(plan, comparison ? [plan, comparison] : [plan])}
      group by ${quarter}
    ) as quarters
    group by quarter - quarter % 4`;
}

/** The columns `clicks` and `previous`, which is 0 without a comparison. */
function countsSql(span: Span, comparison: Span | null): Prisma.Sql {
  if (!comparison) return Prisma.sql`cast(count(*) as int) as clicks, 0 as previous`;
  return Prisma.sql`
    cast(count(*) filter (where ${spanSql(span)}) as int) as clicks,
    cast(count(*) filter (where ${spanSql(comparison)}) as int) as previous`;
}

/**
 * Rows of `value`, `clicks`, `previous`, their totals and the `row_count` of those found; cities with their place. If
 * asked for, also `visitors` and `withheld`.
 */
export function breakdownSql(plan: ForEngine<BreakdownPlan>, counts?: readonly Counts[]): Prisma.Sql {
  const { key, rows, visitors } = plan;
  if (!isClickDimension(key)) throw new RangeError(`${key} is no column of click`);
  const place = placeOf(key);
  const counted = counts ? valueCountsSql(key, counts) : clickCountsSql(plan, key);
  return Prisma.sql`
    select *, cast(count(*) over () as int) as row_count
    from (
      select ${valueSql(key)} as value ${place}, clicks, previous ${visitors ? Prisma.sql`, visitors, withheld` : Prisma.empty},
        cast(sum(clicks) over () as int) as total, cast(sum(previous) over () as int) as previous_total
      from (${counted}) as counted
    ) as named
    where ${rows.search === null ? Prisma.sql`true` : foundSql(key, rows.search)}
      and ${rows.only === null ? Prisma.sql`true` : onlySql(rows.only)}
    ${rowOrderSql(plan)}
    ${rows.limit === null ? Prisma.empty : Prisma.sql`limit ${rows.limit}`}
    ${rows.offset === 0 ? Prisma.empty : Prisma.sql`offset ${rows.offset}`}`;
}

/** The order of a breakdown's rows. */
export const rowOrderSql = ({ key, rows }: Pick<BreakdownPlan, "key" | "rows">): Prisma.Sql =>
  Prisma.sql`order by ${orderSql(rows.order)}${key === "city" ? PLACE_ORDER : Prisma.empty}`;

const placeOf = (key: ClickDimensionKey) => (key === "city" ? Prisma.sql`, country, region` : Prisma.empty);

/** Rows of `raw`, the stored value, `clicks` and `previous`, and what else a plan asks for. */
function clickCountsSql(plan: ForEngine<BreakdownPlan>, key: ClickDimensionKey): Prisma.Sql {
  const { comparison } = plan;
  const visitors = plan.visitors ? Prisma.sql`, ${visitorsSql(comparison && plan)}` : Prisma.empty;
  return Prisma.sql`
    select ${column(key)} as raw ${placeOf(key)}, ${countsSql(plan, comparison)} ${visitors}
    from click
    where ${whereSql(plan, comparison ? [plan, comparison] : [plan])}
    group by ${column(key)} ${placeOf(key)}`;
}

/** The same from the counts of the range and of the comparison. */
function valueCountsSql(key: ClickDimensionKey, [now, before]: readonly Counts[]): Prisma.Sql {
  const field = Prisma.raw(`'${FIELDS[FIELD_OF[key]].column}'`);
  const columns = Prisma.sql`value ${placeOf(key)}`;
  const parts = [
    ...(now ? [Prisma.sql`select ${columns}, clicks, 0 as previous from ${now.values} where field = ${field}`] : []),
    ...(before ? [Prisma.sql`select ${columns}, 0, clicks from ${before.values} where field = ${field}`] : []),
  ];
  const raw = key === "bot" ? Prisma.sql`cast(value as boolean)` : Prisma.sql`value`;
  return Prisma.sql`
    select ${raw} as raw ${placeOf(key)}, cast(sum(clicks) as int) as clicks, cast(sum(previous) as int) as previous
    from (${Prisma.join(parts, " union all ")}) as parts
    group by ${columns}`;
}

const NOWHERE = Prisma.sql`cast(null as varchar) as country, cast(null as varchar) as region`;

/** Rows of several breakdowns in one statement, each with its dimension as `field`; all with `country` and `region`. */
export function breakdownsSql(plans: readonly ForEngine<BreakdownPlan>[], counts?: readonly Counts[]): Prisma.Sql {
  const parts = plans.map((plan) => {
    const place = plan.key === "city" ? Prisma.sql`country, region` : NOWHERE;
    return Prisma.sql`
      select ${Prisma.raw(`'${plan.key}'`)} as field, value, ${place}, clicks, previous, total, previous_total, row_count
      from (${breakdownSql(plan, counts)}) as part`;
  });
  return Prisma.join(parts, " union all ");
}

/**
 * One row: `clicks`, and per dimension how many `have_` a value, the `least_` and the `most_` of them in some order: of all
 * clicks, or of at most `limit` of them, whichever come first.
 */
export function extremesSql(plan: EnginePlan, keys: readonly ClickDimensionKey[], limit: number | null): Prisma.Sql {
  const parts = keys.map((key) => {
    const value = key === "bot" ? Prisma.sql`case when bot then 'bot' else 'human' end` : column(key);
    const named = (part: string) => Prisma.raw(`"${part}_${key}"`);
    return Prisma.sql`cast(count(${value}) as int) as ${named("have")},
      min(${value} collate "C") as ${named("least")}, max(${value} collate "C") as ${named("most")}`;
  });
  const clicks = Prisma.sql`click where ${whereSql(plan, [plan])}`;
  const from = limit === null ? clicks : Prisma.sql`(select * from ${clicks} limit ${limit}) as click`;
  return Prisma.sql`select ${Prisma.join([Prisma.sql`cast(count(*) as int) as clicks`, ...parts])} from ${from}`;
}

/** Matches values that contain the search; apps are searched by name. */
function foundSql(key: ClickDimensionKey, search: string): Prisma.Sql {
  const found = hasAny(Prisma.sql`value`, searchForms(search));
  const apps = key === "referer" ? appsNamed(searcher(search)) : [];
  return apps.length > 0 ? Prisma.sql`(${found} or value in (${Prisma.join(apps)}))` : found;
}

/** Matches these values. */
function onlySql(values: readonly (string | null)[]): Prisma.Sql {
  const given = values.filter((value) => value !== null);
  const parts = [
    ...(given.length > 0 ? [Prisma.sql`value in (${Prisma.join(given)})`] : []),
    ...(values.includes(null) ? [Prisma.sql`value is null`] : []),
  ];
  return parts.length > 0 ? Prisma.sql`(${Prisma.join(parts, " or ")})` : Prisma.sql`false`;
}

/** Grouped by stored value: display texts per click would be slower. */
const valueSql = (key: ClickDimensionKey) =>
  key === "bot" ? Prisma.sql`case when raw then 'bot' else 'human' end` : Prisma.sql`raw`;

const PLACE_ORDER = Prisma.sql`, country collate "C" asc nulls last, region collate "C" asc nulls last`;

/** Byte order: the same in all databases and the mirror. */
function orderSql({ by, descending }: Order): Prisma.Sql {
  if (by === "value") throw new RangeError("The engines know no order of names");
  const amount = by === "clicks" ? "clicks" : "clicks - previous";
  return Prisma.raw(`${amount} ${descending ? "desc" : "asc"} nulls last, value collate "C" asc nulls last`);
}

/** One row: the `first` and `last` slot of the plan's clicks, or of all; null when there are none. */
export function extentSql(plan: EnginePlan | null): Prisma.Sql {
  if (plan) {
    return Prisma.sql`select min(slot) as first, max(slot) as last from click where ${whereSql(plan, [plan])}`;
  }
  // Postgres has an index for these two, but not for slots.
  return Prisma.sql`
    select (select slot from click order by clicked_at limit 1) as first,
      (select slot from click order by clicked_at desc limit 1) as last`;
}

/** Rows of `id`, the clicks' `seq` as text, at most `limit`, from the cursor on: newest first, or oldest first. */
export function clicksSql(
  plan: EnginePlan,
  cursor: Cursor | null,
  newestFirst: boolean,
  limit: number,
  offset = 0,
): Prisma.Sql {
  const [direction, sign] = newestFirst ? ["desc", "<"] : ["asc", ">"];
  const [order, beyond] = [Prisma.raw(direction), Prisma.raw(sign)];
  const from = cursor && Prisma.sql`cast(${cursor.clickedAt.toISOString()} as timestamptz)`;
  const start = cursor
    ? Prisma.sql`
      and clicked_at ${beyond}= ${from} and (clicked_at ${beyond} ${from} or seq ${beyond} cast(${cursor.seq} as bigint))`
    : Prisma.empty;
  return Prisma.sql`
    select cast(seq as text) as id from click
    where ${whereSql(plan, [plan])} ${start}
    order by clicked_at ${order}, seq ${order}
    limit ${limit}
    ${offset === 0 ? Prisma.empty : Prisma.sql`offset ${offset}`}`;
}

/** Rows of `id`, newest first, and `total`: other clicks of a click's visitor, on its link or others, within a plan. */
export function visitorClicksSql(
  { seq, linkId }: ClickName,
  on: "link" | "others",
  plan: EnginePlan | null,
  limit: number,
): Prisma.Sql {
  const same = Prisma.raw(on === "link" ? "=" : "<>");
  const within = plan ? Prisma.sql`and ${whereSql(plan, [plan])}` : Prisma.empty;
  // The mirror has its own hash of a visitor, so each engine looks up its own.
  return Prisma.sql`
    select cast(seq as text) as id, cast(count(*) over () as int) as total from click
    where visitor = (select visitor from click where seq = cast(${seq} as bigint) ${within})
      and link_id ${same} ${linkId} and seq <> cast(${seq} as bigint) ${within}
    order by clicked_at desc, seq desc
    limit ${limit}`;
}
