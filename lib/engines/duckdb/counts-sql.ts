import { DAY, SLOT } from "@/lib/base/time";
import { botsSql, type Selection } from "@/lib/click/selection";
import { BLOCK_DAYS, ROLLUP_FIELDS, type RollupField, rollupTable } from "@/lib/engines/duckdb/tables";
import { Prisma } from "@/lib/generated/prisma/client";

// Statements whose rows are counts of a selection: one pass over the clicks, or the rollups and the clicks of cut days.

/** Half-open numbers of slots, days or blocks, or instants; unlimited ones are infinite. */
type Span = readonly [from: number, to: number];

const isEmpty = ([from, to]: Span) => from >= to;

/** Whole units within a span, and what is cut off at both ends. */
function wholeUnits([from, to]: Span, length: number): { whole: Span; cut: Span[] } {
  const whole: Span = [Math.ceil(from / length), Math.floor(to / length)];
  if (isEmpty(whole)) return { whole, cut: [[from, to]] };
  const cut: Span[] = [
    [from, whole[0] * length],
    [whole[1] * length, to],
  ];
  // The difference of infinities isn't a number.
  return { whole, cut: cut.filter(([start, end]) => start < end) };
}

/** Whether a number is in any of the spans. The numbers are computed, so they are literals. */
function within(column: string, spans: readonly Span[], literal = (number: number) => String(number)): Prisma.Sql {
  const tests = spans.map(([from, to]) => {
    const ends = [
      ...(from === Number.NEGATIVE_INFINITY ? [] : [`${column} >= ${literal(from)}`]),
      ...(to === Number.POSITIVE_INFINITY ? [] : [`${column} < ${literal(to)}`]),
    ];
    return ends.length > 0 ? `(${ends.join(" and ")})` : "true";
  });
  return Prisma.raw(tests.length > 0 ? `(${tests.join(" or ")})` : "false");
}

const clickedIn = (spans: readonly Span[]) =>
  within("clicked_at", spans, (ms) => `cast('${new Date(ms).toISOString()}' as timestamptz)`);

const spanOf = ({ from, to }: Selection): Span => [
  from?.getTime() ?? Number.NEGATIVE_INFINITY,
  to?.getTime() ?? Number.POSITIVE_INFINITY,
];

/** Clicks of a selection that aren't taken from rollups: settled ones in the spans that these cut, and recent ones. */
function clicksSql(selection: Selection, cut: readonly Span[]): Prisma.Sql {
  const clicks = (table: string, span: Span) => Prisma.sql`
    select * from ${Prisma.raw(table)} where ${clickedIn([span])} and ${botsSql(selection.bots)}`;
  // One part per span: DuckDB skips what lies outside of one span, but not of two.
  const parts = [clicks("recent", spanOf(selection)), ...cut.map((span) => clicks("settled", span))];
  return Prisma.sql`(${Prisma.join(parts, " union all ")}) as click`;
}

/** All clicks of a selection. */
const allClicksSql = (selection: Selection): Prisma.Sql => Prisma.sql`
  (select * from click
    where ${clickedIn([spanOf(selection)])} and ${botsSql(selection.bots)} and ${selection.where ?? Prisma.sql`true`}) as click`;

const SLOT_COUNTS = Prisma.raw(`
  cast(count(*) as integer) as clicks,
  cast(count(*) filter (where visitor is null or visitor_estimated) as integer) as withheld,
  cast(count(*) filter (where visitor is null) as integer) as unnamed`);

/** Rows of `slots` of `Counts`. */
export function slotsSql(selection: Selection): Prisma.Sql {
  const counted = (from: Prisma.Sql) => Prisma.sql`select slot, ${SLOT_COUNTS} from ${from} group by slot`;
  if (selection.where) return counted(allClicksSql(selection));
  const { whole, cut } = wholeUnits(spanOf(selection), SLOT);
  return Prisma.sql`
    select slot, clicks, withheld, unnamed from slots where ${within("slot", [whole])} and ${botsSql(selection.bots)}
    union all ${counted(clicksSql(selection, cut))}`;
}

/** Clicks by slot, straight from the clicks. */
export const plainSlotsSql = (selection: Selection): Prisma.Sql => Prisma.sql`
  select slot, cast(count(*) as integer) as clicks from ${allClicksSql(selection)} group by slot`;

const named = ({ column }: RollupField) => Prisma.raw(`"${column}"`);
const literal = ({ column }: RollupField) => Prisma.raw(`'${column}'`);

/** Rows of `values` by one pass: each field is a grouping set. */
function passSql(from: Prisma.Sql, fields: readonly RollupField[]): Prisma.Sql {
  // A city's set has its country and region too, so it is looked for first.
  const ordered = fields.toSorted((a, b) => b.place.length - a.place.length);
  const ofField = (then: (field: RollupField) => Prisma.Sql) =>
    Prisma.join(
      ordered.map((field) => Prisma.sql`when grouping(${named(field)}) = 0 then ${then(field)}`),
      " ",
    );
  const placed = ordered.find(({ place }) => place.length > 0);
  const place = (name: string) =>
    placed
      ? Prisma.raw(`case when grouping("${placed.column}") = 0 then "${name}" end as "${name}"`)
      : Prisma.raw(`cast(null as varchar) as "${name}"`);
  const sets = ordered.map(({ column, place }) => `(${[column, ...place].map((name) => `"${name}"`).join(", ")})`);
  return Prisma.sql`
    select case ${ofField(literal)} end as field, case ${ofField((field) => Prisma.sql`cast(${named(field)} as varchar)`)} end
      as value, ${place("country")}, ${place("region")}, cast(count(*) as integer) as clicks
    from ${from} group by grouping sets (${Prisma.raw(sets.join(", "))})`;
}

/** Rollups pay from this number of days. */
const FEWEST_DAYS = 4;

/** Rows of `values` of `Counts` for some columns. */
export function valuesSql(selection: Selection, columns: readonly string[]): Prisma.Sql {
  const fields = ROLLUP_FIELDS.filter(({ column }) => columns.includes(column));
  const { whole, cut } = wholeUnits(spanOf(selection), DAY);
  if (selection.where || whole[1] - whole[0] < FEWEST_DAYS) return passSql(allClicksSql(selection), fields);
  const { whole: blocks, cut: days } = wholeUnits(whole, BLOCK_DAYS);
  const bots = botsSql(selection.bots);
  const rolledUp = fields.map((field) => {
    const place = field.place.map((name) => `"${name}"`).join(", ");
    const none = `cast(null as varchar), cast(null as varchar)`;
    const columns = Prisma.raw(`value, ${place ? `${place}, ` : ""}clicks`);
    const parts = [
      Prisma.sql`select ${columns} from ${Prisma.raw(rollupTable("day", field))} where ${within("day", days)} and ${bots}`,
      ...(isEmpty(blocks)
        ? []
        : [
            Prisma.sql`
              select ${columns} from ${Prisma.raw(rollupTable("block", field))}
              where ${within("block", [blocks])} and ${bots}`,
          ]),
    ];
    return Prisma.sql`
      select ${literal(field)}, cast(value as varchar), ${Prisma.raw(place || none)}, cast(sum(clicks) as integer)
      from (${Prisma.join(parts, " union all ")}) as parts
      group by value ${Prisma.raw(place ? `, ${place}` : "")}`;
  });
  return Prisma.join([passSql(clicksSql(selection, cut), fields), ...rolledUp], " union all ");
}
