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

/** Reads parts one after another. @returns the current one, null at the end, and a function that goes on to the next */
async function openParts(client: Client, sql: string) {
  const chunks = readRows(client, sql);
  let rows: string[][] = [];
  let at = -1;
  const parts = {
    current: null as Part | null,
    /** Whether the next part is here already. */
    isHere: () => at + 1 < rows.length,
    take() {
      parts.current = rows[++at] as Part;
    },
    async next(): Promise<void> {
      if (!parts.isHere()) {
        const { value, done } = await chunks.next();
        [rows, at] = [done ? [] : value, -1];
      }
      if (parts.isHere()) parts.take();
      else parts.current = null;
    },
  };
  await parts.next();
  return parts;
}

/** Parts of a table that differ in their rows or the sum of their hashes, and how many parts there are. */
export async function differences(
  source: Client,
  target: Client,
  table: Table,
): Promise<{ parts: number; rows: number; found: Difference[] }> {
  const sql = digestSql(table);
  const [left, right] = await Promise.all([openParts(source, sql), openParts(target, sql)]);
  const found: Difference[] = [];
  let [parts, rows] = [0, 0];
  while (left.current || right.current) {
    const [a, b] = [left.current, right.current];
    const order = !a ? 1 : !b ? -1 : compare(a, b);
    const [mine, other] = [order <= 0 ? a : null, order >= 0 ? b : null];
    parts++;
    rows += Number(mine?.[2] ?? 0);
    if (mine?.[2] !== other?.[2] || mine?.[3] !== other?.[3]) {
      const [text = "", number = "0"] = mine ?? other ?? [];
      found.push({ text, number, source: Number(mine?.[2] ?? 0), target: Number(other?.[2] ?? 0) });
    }
    // Most of the time nothing needs to be waited for, which takes longer than the rest.
    for (const side of [mine && left, other && right]) {
      if (side?.isHere()) side.take();
      else await side?.next();
    }
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
