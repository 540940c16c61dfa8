import type { Client } from "pg";
import { copyRows, readRows } from "./copy";
import { digestSql, inPart, quoted, type Table } from "./tables";

/** A part of a table that isn't the same on both sides, with the rows of each. */
export type Difference = { text: string; number: string; source: number; target: number };

type Part = [text: string, number: string, rows: string, sum: string];

/** The order in which the parts come. */
function compare([a, m]: Part, [b, n]: Part): number {
  if (a !== b) return a < b ? -1 : 1;
  return Number(m) - Number(n);
}

/** Parts of a table that differ in their rows or the sum of their hashes, and how many parts there are. */
export async function differences(
  source: Client,
  target: Client,
  table: Table,
): Promise<{ parts: number; rows: number; found: Difference[] }> {
  const sql = digestSql(table);
  const [left, right] = [source, target].map((client) => readRows(client, sql) as AsyncGenerator<Part>);
  if (!left || !right) throw new Error("two sides are compared");
  const found: Difference[] = [];
  let [parts, rows] = [0, 0];
  let [a, b] = await Promise.all([left.next(), right.next()]);
  while (!a.done || !b.done) {
    const order = a.done ? 1 : b.done ? -1 : compare(a.value, b.value);
    const [mine, other] = [order <= 0 && !a.done ? a.value : null, order >= 0 && !b.done ? b.value : null];
    parts++;
    rows += Number(mine?.[2] ?? 0);
    if (mine?.[2] !== other?.[2] || mine?.[3] !== other?.[3]) {
      const [text = "", number = "0"] = mine ?? other ?? [];
      found.push({ text, number, source: Number(mine?.[2] ?? 0), target: Number(other?.[2] ?? 0) });
    }
    [a, b] = await Promise.all([mine ? left.next() : a, other ? right.next() : b]);
  }
  return { parts, rows, found };
}

/** Parts that are copied again in one transaction. */
const AT_ONCE = 200;

/** Copies the parts again that differ, so that they are as in the source. @returns the rows copied */
export async function repair(
  source: Client,
  target: Client,
  table: Table,
  found: readonly Difference[],
): Promise<number> {
  let rows = 0;
  for (let at = 0; at < found.length; at += AT_ONCE) {
    const some = found.slice(at, at + AT_ONCE);
    const where = some.map(({ text, number }) => inPart(table, text, number)).join(" or ");
    await target.query("begin");
    await target.query(`delete from ${quoted(table.name)} where ${where}`);
    rows += await copyRows(source, target, table, where);
    await target.query("commit");
  }
  return rows;
}
