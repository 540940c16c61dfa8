import { Prisma } from "@/lib/generated/prisma/client";

/** A value that an array parameter can hold; times travel as ISO text, bytes as `hexOf` writes them. */
type Value = string | number | boolean | null;

/** A column, its Postgres type, and its value in a row. */
export type Column<Row> = readonly [name: string, type: string, value: (row: Row) => Value];

/** Bytes as Postgres reads them in text. Prisma sends a buffer in an array as base64 when another element is null. */
export const hexOf = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString("hex")}`;

/** The names, for an insert's list. */
export function namesSql<Row>(columns: readonly Column<Row>[]): Prisma.Sql {
  return Prisma.raw(columns.map(([name]) => name).join(", "));
}

/** Rows as a table: one array parameter a column, however many rows there are. */
export function rowsSql<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Prisma.Sql {
  const arrays = columns.map(([, type, value]) => Prisma.sql`${rows.map(value)}::${Prisma.raw(type)}[]`);
  return Prisma.sql`unnest(${Prisma.join(arrays)})`;
}
