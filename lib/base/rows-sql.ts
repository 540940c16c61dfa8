import { Prisma } from "@/lib/generated/prisma/client";

/** An element of an array parameter; times are ISO text, bytes are text from `hexOf`. */
type Value = string | number | boolean | null;

/** A column of a multi-row insert: its name, its Postgres type, and its value in a row. */
export type Column<Row> = readonly [name: string, type: string, value: (row: Row) => Value];

/** Bytes in Postgres' text form. Prisma would send a buffer in an array as base64 if another element is null. */
export const hexOf = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString("hex")}`;

/** The column list of an insert. */
export function namesSql<Row>(columns: readonly Column<Row>[]): Prisma.Sql {
  return Prisma.raw(columns.map(([name]) => name).join(", "));
}

/** Rows as a table, with one array parameter per column. */
export function rowsSql<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Prisma.Sql {
  const arrays = columns.map(([, type, value]) => Prisma.sql`${rows.map(value)}::${Prisma.raw(type)}[]`);
  return Prisma.sql`unnest(${Prisma.join(arrays)})`;
}
