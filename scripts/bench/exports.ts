import type { Client as Connection } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { withConnection } from "../connect";
import { memoryOf, resetPeak } from "./process";
import type { Subject } from "./subject";
import { number, size, table } from "./tables";
import { type Timing, timingOf } from "./timing";

const FORMATS = ["parquet", "ndjson", "csv"] as const;

/** Between questions of another reader. */
const PAUSE_MS = 100;
/** Questions of another reader while nothing else runs. */
const QUIET = 30;

/** An export of all clicks. Milliseconds and bytes; `growth`: by how much the server's memory grew at most. */
type Exported = { name: string; ms: number; bytes: number; growth: number | null; others: Timing | null };

/** What Postgres sends of the same clicks, with the columns of an export in its order, without a server between. */
const SAME = `copy (
  select clicked_at, link_id, short_link, click.url, base_url, referer, referer_url, country, region, city, continent, device,
    trigger, browser, os, bot, utm_source, utm_medium, utm_campaign, utm_term, utm_content, click_id, received_at
  from click left join link on link.id = link_id order by clicked_at desc, seq desc) to stdout`;

async function copied(connection: Connection, name: string, sql: string): Promise<Exported> {
  const begun = performance.now();
  let bytes = 0;
  for await (const chunk of connection.query(copyTo(sql))) bytes += (chunk as Buffer).length;
  return { name, ms: performance.now() - begun, bytes, growth: null, others: null };
}

/** Measures exports of all clicks of a subject, each while another reader asks for figures, beside Postgres's COPY. */
export async function measureExports({ client, pid, databaseUrl }: Subject, now: number): Promise<Exported[]> {
  let asked = 0;
  // Never the same question twice: the server caches answers.
  const ask = async () => {
    asked += 1;
    const start = new Date(now - 30 * 86_400_000 - asked).toISOString();
    return (await client.get(`/api/analytics?groupBy=countries&start=${start}`)).ms;
  };
  const quiet: number[] = [];
  for (let run = 0; run < QUIET; run++) quiet.push(await ask());
  const found: Exported[] = [
    { name: "nothing", ms: Number.NaN, bytes: 0, growth: null, others: timingOf(quiet.slice(quiet.length / 3)) },
  ];
  for (const format of FORMATS) {
    resetPeak(pid);
    const before = memoryOf(pid).now;
    const begun = performance.now();
    let isRunning = true;
    const others: number[] = [];
    const reading = (async () => {
      while (isRunning) {
        others.push(await ask());
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    })();
    const bytes = await client.bytes(`/api/export/events.${format}?interval=all`).finally(() => {
      isRunning = false;
    });
    const ms = performance.now() - begun;
    await reading;
    const growth = memoryOf(pid).peak - before;
    found.push({ name: format, ms, bytes, growth, others: timingOf(others) });
  }
  await withConnection(databaseUrl, async (connection) => {
    found.push(await copied(connection, "Postgres: COPY of the same", SAME));
    found.push(await copied(connection, "Postgres: COPY of the table", "copy click to stdout"));
  });
  return found;
}

/** The measurements as a section of the report. */
export function exportsReport(clicks: number, found: readonly Exported[]): string {
  const rows = found.map(({ name, ms, bytes, growth, others }) => [
    name,
    ...(Number.isNaN(ms)
      ? ["", "", ""]
      : [`${(ms / 1_000).toFixed(1)} s`, number(Math.round((clicks / ms) * 1_000)), size(bytes)]),
    growth === null ? "" : size(growth),
    others ? `${Math.round(others.p50)} / ${Math.round(others.p95)} ms` : "",
  ]);
  const head = ["export", "time", "rows/s", "size", "memory grows by", "another reader's p50 / p95"];
  return `## Exports\n\nAll ${number(clicks)} clicks with all columns, one export after the other.\n\n${table(head, rows)}\n`;
}
