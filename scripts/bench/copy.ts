import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { benchLinks, CLICK_COLUMNS, clickLines, type DataPlan } from "@/scripts/bench/data";
import { createProgress } from "@/scripts/demo/sender";
import { withConnection } from "../connect";

const DAY = 86_400_000;
const LINK_COLUMNS = "id, domain, key, short_link, url, title, tags, payload, created_at, updated_at";

const DOMAIN = "go.example.com";

/** Indexes to drop while rows are copied; updating an index on random keys would take most of the time. */
const INDEXES = `
  select format('drop index %I', indexname) as remove, indexdef as restore
  from pg_indexes i where tablename = 'click' and not exists (select from pg_constraint where conname = i.indexname)
  union all
  select format('alter table click drop constraint %I', conname),
    format('alter table click add constraint %I %s', conname, pg_get_constraintdef(oid))
  from pg_constraint where conrelid = 'click'::regclass and contype = 'p'`;

function linkLines({ seed, end }: DataPlan): string {
  const created = new Date(end - 400 * DAY).toISOString();
  const lines = benchLinks(seed).map(({ id, key, url, tags }) =>
    [id, DOMAIN, key, `https://${DOMAIN}/${key}`, url, `Page ${key}`, tags, "{}", created, created].join("\t"),
  );
  return `${lines.join("\n")}\n`;
}

/** Passes the chosen part of the text through and shows progress. */
function progressOf(total: number, chosen: (text: string) => string): Transform {
  const progress = createProgress(total);
  let done = 0;
  return new Transform({
    writableObjectMode: true,
    transform({ text, clicks }: { text: string; clicks: number }, _, next) {
      done += clicks;
      progress.tell(done);
      next(null, chosen(text));
    },
  });
}

/** Says that stored clicks are normalised, as they would be after their arrival, else the server would look at each. */
const NORMALISED = `
  insert into respelling (id, rules, links_done, "position", target, changed, finished_at)
  select 1, 1, true, max(seq), max(seq), 0, now() from click
  on conflict (id) do update set links_done = true, "position" = excluded."position", target = excluded.target,
    finished_at = excluded.finished_at`;

const COLUMNS = "select attname as name from pg_attribute where attrelid = 'click'::regclass and attnum > 0";

/** The columns that the table has, and a function that takes the others out of lines. */
async function chooseColumns(client: Client) {
  const { rows } = await client.query<{ name: string }>(COLUMNS);
  const places = CLICK_COLUMNS.flatMap((column, place) => (rows.some(({ name }) => name === column) ? place : []));
  const choose = (line: string) => {
    const cells = line.split("\t");
    return `${places.map((place) => cells[place]).join("\t")}\n`;
  };
  return {
    columns: places.map((place) => CLICK_COLUMNS[place]),
    chosen: (text: string) =>
      places.length === CLICK_COLUMNS.length ? text : text.trimEnd().split("\n").map(choose).join(""),
  };
}

/**
 * Fills the empty tables with the links and clicks of a plan, then vacuums and writes a checkpoint, as an idle database
 * has. Columns that an older version of the table lacks are left out.
 */
export async function fillTables(databaseUrl: string, plan: DataPlan, signal: AbortSignal): Promise<void> {
  await withConnection(databaseUrl, async (client) => {
    const copy = (table: string, columns: string) => client.query(copyFrom(`copy ${table} (${columns}) from stdin`));
    const { columns, chosen } = await chooseColumns(client);
    await pipeline(Readable.from([linkLines(plan)]), copy("link", LINK_COLUMNS), { signal });
    const { rows: indexes } = await client.query<{ remove: string; restore: string }>(INDEXES);
    for (const { remove } of indexes) await client.query(remove);
    const lines = Readable.from(clickLines(plan), { highWaterMark: 4 });
    await pipeline(lines, progressOf(plan.clicks, chosen), copy("click", columns.join(", ")), { signal });
    await client.query("set maintenance_work_mem = '256MB'");
    for (const { restore } of indexes) {
      signal.throwIfAborted();
      await client.query(restore);
    }
    const { rows } = await client.query("select to_regclass('respelling') is not null as exists");
    if (rows[0]?.exists) await client.query(NORMALISED);
    // Else autovacuum would run during the measurements.
    for (const table of ["link", "click"]) await client.query(`vacuum (analyze) ${table}`);
    await client.query("checkpoint");
  });
}

/** Bytes of all tables and indexes, nearly all of which are the clicks. */
export async function tableSizes(databaseUrl: string): Promise<{ table: number; indexes: number }> {
  const query = `select sum(pg_table_size(oid))::int8 as table, sum(pg_indexes_size(oid))::int8 as indexes
    from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`;
  const { rows } = await withConnection(databaseUrl, (client) => client.query(query));
  return { table: Number(rows[0].table), indexes: Number(rows[0].indexes) };
}
