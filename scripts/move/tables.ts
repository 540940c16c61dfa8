import pg, { type Client } from "pg";

type Column = { name: string; type: string };

/**
 * How rows are parted for a comparison: by a column of text and the day of a column of time, by a share of a column's
 * hashes, or not at all.
 */
type Parting = { text: string; time: string } | { shares: string } | null;

/**
 * A table that moves. `order`: a column whose values grow, by which it is copied in steps while it is written to. A part
 * that differs is copied again.
 */
export type Table = { name: string; columns: Column[]; order: string | null; parting: Parting };

/** Tables that may be large: they are copied before writers are held off, and compared part by part. */
const LARGE: Record<string, Pick<Table, "order" | "parting">> = {
  click: { order: "seq", parting: { text: "link_id", time: "clicked_at" } },
  delivery: { order: "id", parting: { text: "outcome", time: "received_at" } },
  link: { order: null, parting: { shares: "id" } },
};

const DAY_S = 86_400;

const shareOf = (column: string) => `(hashtextextended(${column}, 0) & 1023)`;

/** Expressions of a part: a text and a whole number. */
function partOf(parting: Parting): [text: string, number: string] {
  if (parting === null) return ["''::text", "0"];
  if ("shares" in parting) return ["''::text", shareOf(parting.shares)];
  return [parting.text, `floor(extract(epoch from ${parting.time}) / ${DAY_S})::bigint`];
}

/** The rows of a part, in words that Citus takes for a deletion, too, and that use an index. */
export function inPart({ parting }: Table, text: string, number: string): string {
  if (parting === null) return "true";
  if ("shares" in parting) return `${shareOf(parting.shares)} = ${number}`;
  const value = pg.escapeLiteral(Buffer.from(text, "hex").toString("utf8"));
  const [from, to] = [BigInt(number), BigInt(number) + 1n].map((day) => `to_timestamp(${day * BigInt(DAY_S)})`);
  return `(${parting.text} = ${value} and ${parting.time} >= ${from} and ${parting.time} < ${to})`;
}

/** What belongs to a database and not to the data. */
const LEFT_OUT = ["_prisma_migrations", "move"];

/** Quoted, as SQL needs it. */
export const quoted = (name: string): string => pg.escapeIdentifier(name);

const COLUMNS = `
  select c.relname as name,
    json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum) as columns
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and c.relname <> all($1)
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  group by 1 order by 1`;

const REFERENCES = `
  select conrelid::regclass::text as "from", confrelid::regclass::text as "to" from pg_constraint
  where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid`;

/** The tables of an installation: the large ones, and the rest in an order in which references find their rows. */
export async function readTables(
  client: Client,
  names?: readonly string[],
): Promise<{ large: Table[]; small: Table[] }> {
  const { rows } = await client.query<{ name: string; columns: Column[] }>(COLUMNS, [LEFT_OUT]);
  const { rows: references } = await client.query<{ from: string; to: string }>(REFERENCES);
  const known = names ? rows.filter(({ name }) => names.includes(name)) : rows;
  const tables = known.map((row): Table => ({ ...row, order: null, parting: null, ...LARGE[row.name] }));
  const bare = (name: string) => name.replace(/^"(.*)"$/, "$1");
  const small: Table[] = [];
  let waiting = tables.filter(({ name }) => !(name in LARGE));
  while (waiting.length > 0) {
    const isWaiting = (name: string) => waiting.some((table) => table.name === bare(name));
    const ready = waiting.filter(
      ({ name }) => !references.some(({ from, to }) => bare(from) === name && isWaiting(to)),
    );
    if (ready.length === 0) throw new Error("tables refer to each other in a circle");
    small.push(...ready);
    waiting = waiting.filter((table) => !ready.includes(table));
  }
  const large = Object.keys(LARGE).flatMap((name) => tables.filter((table) => table.name === name));
  return { large, small };
}

/**
 * Of each part: its text in hexadecimal, its number, its rows and the sum of their hashes, in an order that is the same in
 * every database. The hash is that of the values, whatever the settings of a server or session.
 */
export function digestSql(table: Table): string {
  const [text, number] = partOf(table.parting);
  return `
    select text, number, rows, sum from (
      select encode(convert_to(part, 'UTF8'), 'hex') as text, number, rows, sum from (
        select ${text} as part, ${number} as number, count(*) as rows,
          sum(hash_record_extended(row(${listOf(table)}), 0)) as sum
        from ${quoted(table.name)} group by 1, 2
      ) as parts
    ) as ordered order by text collate "C", number`;
}

/** The columns, for COPY. */
export const listOf = ({ columns }: Table): string => columns.map(({ name }) => quoted(name)).join(", ");
