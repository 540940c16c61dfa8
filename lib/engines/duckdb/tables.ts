import { createHash } from "node:crypto";
import { CLICK_FIELDS } from "@/lib/click/fields";
import { COLUMNS, copySql, MACROS, quoted, READ_SQL } from "@/lib/engines/duckdb/columns";

// What the mirror keeps of clicks, and how a batch of new ones gets there. A batch is in the table `batch`.

/** Statements of one transaction. */
type Statements = string[];

/** Clicks of links with the same bucket lie together, so that a question about one link reads few of the others. */
const CLICK = [
  ...COLUMNS.map(({ name, type }) => `${quoted(name)} ${name === "visitor" ? "integer" : type}`),
  "bucket utinyint",
].join(", ");

/** A column that clicks are counted by, and the columns that its values are told apart with. */
export type RollupField = { column: string; type: string; place: readonly string[] };

/** Fields with counts of days and blocks of days. */
export const ROLLUP_FIELDS: readonly RollupField[] = CLICK_FIELDS.flatMap(({ column, mirror, dimension }) =>
  dimension && mirror ? [{ column, type: mirror.type, place: column === "city" ? ["country", "region"] : [] }] : [],
);

/** Quarter hours of a day. */
export const DAY_SLOTS = 96;
/** Days of a block: counts of long ranges are read from these. */
export const BLOCK_DAYS = 32;

/** What clicks of a value are counted in: days and blocks since the epoch, in UTC. */
const UNITS = ["day", "block"] as const;

export const rollupTable = (unit: (typeof UNITS)[number], { column }: RollupField) => quoted(`${unit}_${column}`);

const rollups = ROLLUP_FIELDS.flatMap((field) =>
  UNITS.map((unit) => {
    const place = field.place.map((name) => `${quoted(name)} varchar, `).join("");
    return `create table if not exists ${rollupTable(unit, field)}
      (${unit} integer, bot boolean, value ${field.type}, ${place}clicks integer)`;
  }),
);

/**
 * Creates what is missing. `recent` has clicks in the order of arrival. Once they are many, they become `settled`: sorted by
 * bucket, and counted in the rollups and in `slots`. `visitor` numbers visitors from 0. `revisit` has a row for each pair
 * of neighbouring clicks of a visitor: among all clicks, those by people, or those by bots. A late click between two takes
 * their row back by one of minus one.
 */
export const TABLES: readonly string[] = [
  `create table if not exists settled (${CLICK})`,
  `create table if not exists recent (${CLICK})`,
  "create or replace view click as select * from settled union all select * from recent",
  "create table if not exists visitor (hash uuid, number integer)",
  `create table if not exists revisit
    (clicked_at timestamptz, previous timestamptz, clicks integer, people integer, bots integer)`,
  "create table if not exists slots (slot integer, bot boolean, clicks integer, withheld integer, unnamed integer)",
  ...rollups,
  ...MACROS,
];

/**
 * Gives each new visitor a number. `added` is then the batch as it is kept. Joins are with `numbered`, the visitors of the
 * batch: they would build a hash table of all others.
 */
const ADD: Statements = [
  `create or replace temp table numbered as
    select hash, number from visitor where hash in (select visitor from batch)`,
  `create or replace temp table unnumbered as
    select hash, (select coalesce(max(number), -1) from visitor) + row_number() over () as number
    from (select distinct visitor as hash from batch where visitor is not null) as named
    where hash not in (select hash from numbered)`,
  "insert into visitor select * from unnumbered",
  "insert into numbered select * from unnumbered",
  "drop table unnumbered",
  `create or replace temp view added as
    select batch.* replace (numbered.number as visitor), cast('0x' || md5(link_id)[1:2] as utinyint) as bucket
    from batch left join numbered on numbered.hash = batch.visitor`,
];

/** Neighbours among the clicks in `touched`: of a visitor, or of a visitor as a person or bot; `sign` counts them. */
function pairsSql(isOwn: boolean, sign: 1 | -1): string {
  const [clicks, people, bots] = isOwn ? [0, `if(bot, 0, ${sign})`, `if(bot, ${sign}, 0)`] : [sign, 0, 0];
  return `
    select clicked_at, ${clicks} as clicks, ${people} as people, ${bots} as bots,
      lag(clicked_at) over (partition by visitor${isOwn ? ", bot" : ""} order by clicked_at, seq) as previous
    from touched ${sign === 1 ? "" : "where not is_added"}`;
}

/** Adds the pairs of neighbours that `added` makes, and takes back those that it parts. */
const PAIR_UP: Statements = [
  // Of a visitor's other clicks only those between the added ones, and the neighbours of these, as a person and as a bot.
  `create or replace temp table touched as
    with bounds as (
      select visitor, min(clicked_at) as first, max(clicked_at) as last
      from added where visitor is not null group by visitor
    ), others as (select click.*, first, last from click join bounds on click.visitor = bounds.visitor)
    select visitor, clicked_at, seq, bot, true as is_added from added where visitor is not null
    union all
    select visitor, clicked_at, seq, bot, false from others where clicked_at between first and last
    union all
    select visitor, max(clicked_at), 0, bot, false from others where clicked_at < first group by visitor, bot
    union all
    select visitor, min(clicked_at), 0, bot, false from others where clicked_at > last group by visitor, bot`,
  `insert into revisit
    select clicked_at, previous, sum(clicks), sum(people), sum(bots)
    from (${[pairsSql(false, 1), pairsSql(false, -1), pairsSql(true, 1), pairsSql(true, -1)].join(" union all ")}) as pairs
    where previous is not null
    group by clicked_at, previous
    having sum(clicks) <> 0 or sum(people) <> 0 or sum(bots) <> 0`,
  "drop table touched",
];

function rollUp(field: RollupField, of: string): Statements {
  const place = field.place.map(quoted);
  const value = [`${quoted(field.column)} as value`, ...place].join(", ");
  const named = ["value", ...place].join(", ");
  const blocks = rollupTable("block", field);
  return [
    `create or replace temp table days as
      select cast(floor(slot / ${DAY_SLOTS}.0) as integer) as day, bot, ${value}, cast(count(*) as integer) as clicks
      from ${of} group by all`,
    `insert into ${rollupTable("day", field)} select * from days order by day`,
    // A block gets clicks many times; its rows are merged, or there would be as many as of days.
    `create or replace temp table merged as
      with added as (select cast(floor(day / ${BLOCK_DAYS}.0) as integer) as block, * exclude (day) from days)
      select block, bot, ${named}, cast(sum(clicks) as integer) as clicks
      from (select * from ${blocks} where block in (select block from added) union all select * from added) as parts
      group by all`,
    `delete from ${blocks} where block in (select block from merged)`,
    `insert into ${blocks} select * from merged order by block`,
  ];
}

/** Counts the clicks of a table, which become settled ones. */
const rollUpAll = (of: string): Statements => [
  `insert into slots
    select slot, bot, cast(count(*) as integer),
      cast(count(*) filter (where visitor is null or visitor_estimated) as integer),
      cast(count(*) filter (where visitor is null) as integer)
    from ${of} group by slot, bot order by slot`,
  ...ROLLUP_FIELDS.flatMap((field) => rollUp(field, of)),
  "drop table days",
  "drop table merged",
];

const BY_LINK = "order by bucket, link_id, clicked_at";

/** Adds a batch to the recent clicks; or to the settled ones, if there are enough to settle. */
export const addBatch = (isSettled: boolean): Statements => [
  ...ADD,
  ...PAIR_UP,
  ...(isSettled
    ? [`insert into settled select * from added ${BY_LINK}`, ...rollUpAll("batch")]
    : ["insert into recent select * from added"]),
  "drop view added",
  "drop table numbered",
  "drop table batch",
];

/** Settles the clicks that are recent when the transaction begins. Those that are added meanwhile stay recent. */
export const SETTLE: Statements = [
  `insert into settled select * from recent ${BY_LINK}`,
  ...rollUpAll("recent"),
  "delete from recent",
];

const DAY_MS = 86_400_000;

/** How many days lie before a time. */
const dayOf = (time: Date): number => Math.floor(time.getTime() / DAY_MS);

function pruneRollup(field: RollupField, day: number): Statements {
  const [days, blocks] = [rollupTable("day", field), rollupTable("block", field)];
  const named = ["value", ...field.place.map(quoted)].join(", ");
  const block = Math.floor(day / BLOCK_DAYS);
  return [
    `delete from ${days} where day < ${day}`,
    `delete from ${blocks} where block <= ${block}`,
    // Some days of this block may be left.
    `insert into ${blocks}
      select ${block}, bot, ${named}, cast(sum(clicks) as integer) as clicks
      from ${days} where day < ${(block + 1) * BLOCK_DAYS} group by bot, ${named}`,
  ];
}

/**
 * Deletes the clicks before a midnight in UTC, with all that was counted of them. No other neighbours arise: of each
 * visitor the first clicks go.
 */
export function pruneBefore(midnight: Date): [string, string[]][] {
  const [time, day] = [midnight.toISOString(), dayOf(midnight)];
  const plain: Statements = [
    `delete from slots where slot < ${day * DAY_SLOTS}`,
    ...ROLLUP_FIELDS.flatMap((field) => pruneRollup(field, day)),
    "delete from visitor where number not in (select visitor from click where visitor is not null)",
  ];
  return [
    ["delete from settled where clicked_at < cast($1 as timestamptz)", [time]],
    ["delete from recent where clicked_at < cast($1 as timestamptz)", [time]],
    ["delete from revisit where previous < cast($1 as timestamptz)", [time]],
    ...plain.map((sql): [string, string[]] => [sql, []]),
  ];
}

/** Changes with what is kept and how: a file of another shape is rebuilt. */
export const SHAPE = createHash("sha256")
  .update(
    JSON.stringify([
      TABLES,
      READ_SQL,
      copySql(0n, 0n, null),
      addBatch(true),
      addBatch(false),
      SETTLE,
      pruneBefore(new Date(0)),
    ]),
  )
  .digest("base64url");

/** Counts distinct visitors with a bit for each number below `most`: several times faster than a hash table. */
export const visitorsMacro = (most: number): string =>
  `create or replace macro distinct_visitors(x) as coalesce(bit_count(bitstring_agg(x, 0, ${most})), 0)`;
