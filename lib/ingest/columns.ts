import { Prisma } from "@/lib/generated/prisma/client";

/** A value that an array parameter can hold; times travel as ISO text. */
type Value = string | number | boolean | Buffer | null;

/** A column, its Postgres type, and its value in a row. */
export type Column<Row> = readonly [name: string, type: string, value: (row: Row) => Value];

/** The names, for an insert's list. */
export function namesSql<Row>(columns: readonly Column<Row>[]): Prisma.Sql {
  return Prisma.raw(columns.map(([name]) => name).join(", "));
}

/** Rows as a table: one array parameter a column, however many rows there are. */
export function rowsSql<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Prisma.Sql {
  const arrays = columns.map(([, type, value]) => Prisma.sql`${rows.map(value)}::${Prisma.raw(type)}[]`);
  return Prisma.sql`unnest(${Prisma.join(arrays)})`;
}
