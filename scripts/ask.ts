import { text as readAll } from "node:stream/consumers";
import { filtersAsked, withDefaults } from "@/lib/api/asked";
import { csv } from "@/lib/api/csv";
import { freeText } from "@/lib/base/clean";
import { AppError } from "@/lib/base/errors";
import { count, date } from "@/lib/base/format";
import { DIMENSIONS } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import { EVERYTHING, type Filters, INTERVALS, question } from "@/lib/question/question";
import { isUnmeasured } from "@/lib/question/unmeasured";
import { rangeDates } from "@/lib/question/words";
import {
  breakdownTables,
  clicksTables,
  drawn,
  heatMapTables,
  seriesTables,
  type Table,
  type Tables,
  totalsTables,
} from "@/scripts/ask/table";
import { type AskedLine, readLine } from "@/scripts/ask/words";
import { findDatabase } from "@/scripts/database-url";
import { isEntry } from "@/scripts/run";
import { Failure, runCommand, say } from "@/scripts/steps";

const HELP = `npm run ask -- WHAT [options]

Asks what the pages ask, of the database of this installation. The server can keep running; Postgres answers.

  npm run ask -- countries --last 7d --country -DE
  npm run ask -- timeseries --start 2026-08-01 --end 2026-08-31 --zone Europe/Berlin --compare previous
  npm run ask -- links --last 30d --referer.contains news --limit 50

WHAT is count, timeseries, heatmap, events (single clicks), or a list: links, domains, tags, folders, or one of
  ${DIMENSIONS.map(({ groupBy }) => groupBy).join(", ")}

  --last RANGE              one of ${INTERVALS.join(", ")} (default 30d)
  --start TIME --end TIME   instead: dates, or times such as 2026-08-01T09:00:00Z
  --zone NAME               time zone (default DEFAULT_TIMEZONE, else UTC)
  --bots WORD               include, exclude or only (default as pages)
  --compare WORD            previous or year; custom with --compareStart and --compareEnd
  --granularity WORD        of timeseries: quarterHour, hour, day, week, month
  --FIELD VALUE             any filter of the pages: --country DE,AT  --device -Mobile  --utm_source.empty true
  --limit NUMBER            rows of a list (default 20)
  --search TEXT             rows that contain this
  --sort WORD               clicks, change or value
  --visitors                counts the visitors of each row
  --json, --csv             for programs; npm run -s ask leaves out npm's own lines`;

/** An answer as it is, and in lines. */
type Found = { whole: object; tables: Tables; more: string | null };

/** More clicks at once take much memory; exports page through them. */
const MOST_CLICKS = 10_000;

async function find(line: AskedLine, filters: Filters): Promise<Found> {
  const { what, limit, search, sort, visitors } = line;
  if (what === "count") {
    const totals = await answer(question(EVERYTHING, { kind: "totals" }, filters));
    return { whole: totals, tables: totalsTables(totals), more: null };
  }
  if (what === "timeseries") {
    const series = await answer(question(EVERYTHING, { kind: "series" }, filters));
    return { whole: series, tables: seriesTables(series), more: null };
  }
  if (what === "heatmap") {
    const heatMap = await answer(question(EVERYTHING, { kind: "heatMap" }, filters));
    return { whole: heatMap, tables: heatMapTables(heatMap), more: null };
  }
  if (what === "events") {
    if (limit > MOST_CLICKS)
      throw new Failure(`--limit: Use at most ${count(MOST_CLICKS)}, or an export for all clicks.`);
    const page = await answer(question(EVERYTHING, { kind: "clicks", limit, before: null, after: null }, filters));
    return { whole: page, tables: clicksTables(page, filters.zone), more: page.older && "There are older clicks." };
  }
  const order = { by: sort, descending: sort !== "value" };
  const rows = { search: freeText(search), order, limit };
  const found = await answer(question(EVERYTHING, { kind: "breakdown", key: what, rows, visitors }, filters));
  const left = found.rowCount - found.rows.length;
  const more = left > 0 ? `${count(left)} more ${left === 1 ? "row" : "rows"}: --limit ${found.rowCount}` : null;
  return { whole: found, tables: breakdownTables(what, found), more };
}

const BOTS = { include: "with bots", exclude: "without bots", only: "bots only" } as const;

/** Control characters of terminals that JSON leaves as they are. */
const escaped = (json: string): string =>
  json.replace(
    /[\x7F-\x9F\u200E\u200F\u2028-\u202E\u2066-\u2069]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

function asJson({ what }: AskedLine, { range, zone, bots, comparison }: Filters, whole: object): string {
  const groupBy = DIMENSIONS.find(({ key }) => key === what)?.groupBy ?? what;
  const asked = { groupBy, range: { start: range.from, end: range.to }, comparison, timezone: zone, bots };
  return escaped(JSON.stringify({ asked, ...whole }, null, 2));
}

function asCsv({ columns, rows }: Table): Promise<string> {
  const of = columns.map((name, at) => ({ name, cell: (row: Table["rows"][number]) => row[at] ?? null }));
  return readAll(csv(of, rows, {}));
}

async function withoutData({ comparison, zone }: Filters): Promise<string | null> {
  if (!comparison) return null;
  const first = await answer(question(EVERYTHING, { kind: "firstClick" }));
  if (!first || !isUnmeasured(comparison, first, zone)) return null;
  return `No data before ${date(first, zone)}: a change from a range that begins earlier says nothing.`;
}

/** What is printed for a command line. @throws Failure in one line when it isn't understood */
export async function answered(line: AskedLine, now: Date): Promise<string> {
  try {
    const filters = filtersAsked(await withDefaults(line.params), now);
    const { whole, tables, more } = await find(line, filters);
    if (line.output === "json") return asJson(line, filters, whole);
    if (line.output === "csv") return (await asCsv(tables.files)).trimEnd();
    const about = `${rangeDates(filters)}, ${filters.zone}, ${BOTS[filters.bots]}`;
    const total = "total" in whole ? `${count(Number(whole.total))} clicks, ` : "";
    const notes = [more, await withoutData(filters)].filter((note) => note !== null);
    return [drawn(tables.people), "", `${total}${about}`, ...notes].join("\n");
  } catch (error) {
    if (error instanceof AppError) throw new Failure(error.message, { cause: error });
    throw error;
  }
}

async function run(words: string[]): Promise<void> {
  const line = readLine(words);
  if (line === null) return say(HELP);
  await findDatabase();
  say(await answered(line, new Date()));
}

if (isEntry(import.meta.url)) await runCommand(() => run(process.argv.slice(2)), HELP);
