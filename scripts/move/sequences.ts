import type { Client } from "pg";
import { quoted } from "./tables";

const OWNED = `
  select t.relname as table, a.attname as column, d.objid::regclass::text as sequence
  from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S'
    join pg_class t on t.oid = d.refobjid join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
  where d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i') and t.relnamespace = 'public'::regnamespace`;

type Sequence = { table: string; column: string; sequence: string };

/** Brings the target's sequences to where the source's are, or above the highest number in use. */
export async function setSequences(source: Client, target: Client): Promise<void> {
  const { rows: here } = await source.query<Sequence>(OWNED);
  const { rows: there } = await target.query<Sequence>(OWNED);
  for (const { table, column, sequence } of there) {
    const same = here.find((own) => own.table === table && own.column === column);
    if (!same) continue;
    const { rows } = await source.query<{ last: string; called: boolean }>(
      `select last_value as last, is_called as called from ${same.sequence}`,
    );
    const { rows: highest } = await source.query<{ last: string | null }>(
      `select max(${quoted(column)}) as last from ${quoted(table)}`,
    );
    const numbers = [rows[0]?.called ? BigInt(rows[0].last) : 0n, BigInt(highest[0]?.last ?? 0)];
    const next = numbers.reduce((a, b) => (a > b ? a : b)) + 1n;
    await target.query("select setval($1, $2, false)", [sequence, next]);
  }
}
