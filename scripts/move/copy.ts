import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { listOf, quoted, type Table } from "./tables";

/** Values as COPY writes them are read in the same way by any server. */
export const SETTINGS =
  "set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres'; set bytea_output = 'hex'; set work_mem = '64MB'";

/** Rows of a table where a condition holds, from one database to another, all or none. @returns how many */
export async function copyRows(source: Client, target: Client, table: Table, where: string): Promise<number> {
  const columns = listOf(table);
  const order = table.order ? ` order by ${quoted(table.order)}` : "";
  const reading = source.query(
    copyTo(`copy (select ${columns} from ${quoted(table.name)} where ${where}${order}) to stdout`),
  );
  const writing = target.query(copyFrom(`copy ${quoted(table.name)} (${columns}) from stdin`));
  await pipeline(reading, writing);
  return writing.rowCount;
}

/** The rows of a statement as COPY writes them, field by field, some at a time, however many. */
export async function* readRows(client: Client, sql: string): AsyncGenerator<string[][]> {
  const reading = client.query(copyTo(`copy (${sql}) to stdout`));
  let rest = "";
  for await (const chunk of reading.setEncoding("utf8")) {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    if (lines.length > 0) yield lines.map((line) => line.split("\t"));
  }
}

/** Numbers per step: few enough that a step which is broken off costs little. */
const STEP = 100_000n;

/** What a table's growing column has reached; null when the table is empty. */
export async function reached(client: Client, { name, order }: Table): Promise<bigint | null> {
  const { rows } = await client.query<{ last: string | null }>(
    `select max(${quoted(order ?? "")}) as last from ${quoted(name)}`,
  );
  return rows[0]?.last == null ? null : BigInt(rows[0].last);
}

/**
 * Copies what a table has up to a number and the target doesn't have, in steps of one transaction each.
 *
 * @param onStep gets the rows copied so far
 */
export async function copyUpTo(
  source: Client,
  target: Client,
  table: Table,
  end: bigint | null,
  onStep: (rows: number) => void,
): Promise<number> {
  const column = quoted(table.order ?? "");
  let last = (await reached(target, table)) ?? -1n;
  let copied = 0;
  while (end !== null && last < end) {
    const next = `select min(${column}) as next from ${quoted(table.name)} where ${column} > ${last}`;
    const { rows } = await source.query<{ next: string | null }>(next);
    if (rows[0]?.next == null || BigInt(rows[0].next) > end) break;
    const upper = BigInt(rows[0].next) + STEP - 1n;
    const to = upper < end ? upper : end;
    copied += await copyRows(source, target, table, `${column} > ${last} and ${column} <= ${to}`);
    last = to;
    onStep(copied);
  }
  return copied;
}
