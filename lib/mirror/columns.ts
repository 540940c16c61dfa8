import { DIMENSIONS } from "@/lib/dimensions";

/** A column of the mirror: its DuckDB type, and what is copied from Postgres. */
type Column = { name: string; type: string; source: string };

const quoted = (name: string) => `"${name}"`;

/**
 * What questions read of a click. Visitors are only ever counted, so sixteen bytes that stand for the name will do.
 * The order is that of the file.
 */
export const COLUMNS: readonly Column[] = [
  { name: "seq", type: "bigint", source: "seq" },
  { name: "clicked_at", type: "timestamptz", source: "clicked_at" },
  { name: "slot", type: "integer", source: "slot" },
  { name: "visitor", type: "uuid", source: "md5(visitor)::uuid" },
  ...DIMENSIONS.filter((entry) => entry.of === "click").map(({ key, column }) => ({
    name: column,
    type: key === "bot" ? "boolean" : "varchar",
    source: quoted(column),
  })),
];

/** Changes with the shape of the copy: a file of another shape is made anew. */
export const SHAPE = COLUMNS.map(({ name, type, source }) => `${name} ${type} ${source}`).join(", ");

const CLICK = `click (${COLUMNS.map(({ name, type }) => `${quoted(name)} ${type}`).join(", ")})`;

/**
 * COPY's text format has one click a line and no quotes: what would end a field or a line is written with a backslash.
 * Two backslashes are one, so text is split there before the rest is read.
 */
const UNESCAPE = `case when contains(x, '\\') then array_to_string(list_transform(string_split(x, '\\\\'), lambda part:
  ${Object.entries({ n: 10, r: 13, t: 9, b: 8, f: 12, v: 11 }).reduce(
    (text, [letter, code]) => `replace(${text}, '\\${letter}', chr(${code}))`,
    "part",
  )}), '\\') else x end`;

/** Makes what is missing. `fold` is what Postgres has under that name. */
export const TABLES: readonly string[] = [
  `create table if not exists ${CLICK}`,
  "create table if not exists state (shape varchar, fingerprint varchar, last bigint, anchor varchar)",
  "create or replace macro fold(x) as lower(x)",
  `create or replace macro unescape(x) as ${UNESCAPE}`,
];

/** Clicks of `(after, to]` in their order, for a file that `READ_SQL` reads. Numbers only: COPY takes no parameters. */
export const copySql = (after: bigint, to: bigint): string =>
  `copy (select ${COLUMNS.map(({ source }) => source).join(", ")} from click
    where seq > ${after} and seq <= ${to} order by seq) to stdout`;

const VALUES = COLUMNS.map(({ name, type }) => (type === "varchar" ? `unescape(${quoted(name)})` : quoted(name)));
const TYPES = COLUMNS.map(({ name, type }) => `'${name}': '${type}'`).join(", ");

/** Longer than any line: the body of a delivery has one megabyte, and a backslash in it counts twice. */
const MAX_LINE = 4 * 1024 * 1024;

/** Takes in such a file. Left to itself, DuckDB has a buffer of sixteen lines, more than it may have memory. */
export const READ_SQL = `
  insert into click select ${VALUES.join(", ")} from read_csv($1, columns = {${TYPES}}, header = false,
    auto_detect = false, delim = '\t', new_line = '\\n', quote = '', escape = '', comment = '', nullstr = '\\N',
    max_line_size = ${MAX_LINE}, buffer_size = ${2 * MAX_LINE})`;
