import "server-only";
import { makeZip } from "client-zip";
import { breakdownCsv, type CsvOptions, clicksCsv, seriesCsv } from "@/lib/api/csv";
import { AppError } from "@/lib/base/errors";
import { toLocal } from "@/lib/base/time";
import { DIMENSIONS, dimensionByGroupBy, type GroupBy } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import type { ClickPage, ListedClick } from "@/lib/question/answer-types";
import { parseCursor } from "@/lib/question/codec/query-string";
import { assertAnswerable } from "@/lib/question/codec/read";
import { COLUMNS, type ColumnKey, readColumns } from "@/lib/question/columns";
import { type Filters, question, type Range, type Scope } from "@/lib/question/question";

const TIMESERIES = "timeseries";
type Word = GroupBy | typeof TIMESERIES;
const WORDS: readonly Word[] = [TIMESERIES, ...DIMENSIONS.map(({ groupBy }) => groupBy)];

type ZipEntry = { name: string; input: ReadableStream<Uint8Array>; lastModified: Date };

/**
 * The download named `file`: `<groupBy>.csv`, `timeseries.csv`, or `all.zip` with all of them. Contains every row,
 * however many the page shows.
 *
 * @throws AppError for an unknown file, or when the filters are invalid
 */
export async function exportFile(
  scope: Scope,
  filters: Filters,
  file: string,
  options: CsvOptions = {},
): Promise<Response> {
  const word = wordOf(file);
  if (!word && file !== "all.zip") {
    const words = WORDS.join(", ");
    throw new AppError(
      "not_found",
      `Unknown file. Use all.zip, events.csv, or one of these names with .csv: ${words}.`,
    );
  }
  assertAnswerable(filters);
  return word
    ? download(await csvOf(scope, filters, word, options), fileName(word, filters, "csv"), CSV_TYPE)
    : download(await zipOf(scope, filters, options), fileName("all", filters, "zip"), "application/zip");
}

/** `trigger.csv` is Dub's older name. */
function wordOf(file: string): Word | undefined {
  return WORDS.find((word) => file === `${word}.csv` || (word === "triggers" && file === "trigger.csv"));
}

async function csvOf(
  scope: Scope,
  filters: Filters,
  word: Word,
  options: CsvOptions,
): Promise<ReadableStream<Uint8Array>> {
  if (word === TIMESERIES) return seriesCsv(await answer(question(scope, { kind: "series" }, filters)), options);
  const entry = dimensionByGroupBy(word);
  if (!entry) throw new RangeError(`No dimension ${word}`);
  return breakdownCsv(
    entry.key,
    await answer(question(scope, { kind: "breakdown", key: entry.key }, filters)),
    options,
  );
}

/** The series comes first: it is the only file that can be rejected, which is impossible after the first byte. */
async function zipOf(scope: Scope, filters: Filters, options: CsvOptions): Promise<ReadableStream<Uint8Array>> {
  const first = await entryOf(scope, filters, TIMESERIES, options);
  // When aborted, client-zip throws the reason; behind a pipe nobody has to catch it.
  return makeZip(entries(scope, filters, first, options)).pipeThrough(new TransformStream());
}

/** One question at a time, each asked when the file before it is sent. */
async function* entries(
  scope: Scope,
  filters: Filters,
  first: ZipEntry,
  options: CsvOptions,
): AsyncGenerator<ZipEntry> {
  yield first;
  for (const { groupBy } of DIMENSIONS) yield await entryOf(scope, filters, groupBy, options);
}

async function entryOf(scope: Scope, filters: Filters, word: Word, options: CsvOptions): Promise<ZipEntry> {
  const input = await csvOf(scope, filters, word, options);
  return { name: `${word}.csv`, input, lastModified: filters.now };
}

/** Clicks per query: few enough for memory, enough that the queries' overhead is small. */
const PAGE = 2_000;

/**
 * All clicks as a file, newest first. Holds only one page in memory. `columns` names the columns in order; by default
 * all.
 *
 * @throws AppError when the filters or columns are invalid
 */
export async function exportClicks(
  scope: Scope,
  filters: Filters,
  columns: string | null,
  options: CsvOptions = {},
): Promise<Response> {
  assertAnswerable(filters);
  const chosen = columnsOf(columns);
  const pageFrom = (cursor: string | null) =>
    answer(
      question(
        scope,
        { kind: "clicks", limit: PAGE, before: cursor ? parseCursor(cursor) : null, after: null, once: true },
        filters,
      ),
    );
  // The first page is read before anything is sent, so that a failure can still be an error response.
  const rows = everyClick(await pageFrom(null), pageFrom);
  return download(clicksCsv(rows, chosen, filters.zone, options), fileName("events", filters, "csv"), CSV_TYPE);
}

function columnsOf(text: string | null): readonly ColumnKey[] {
  const keys = COLUMNS.map(({ key }) => key);
  const { columns, unknown } = readColumns(text ?? "");
  if (unknown.length > 0) throw new AppError("unprocessable_entity", `columns: Use one or more of ${keys.join(", ")}.`);
  return columns.length > 0 ? columns : keys;
}

async function* everyClick(
  first: ClickPage,
  pageFrom: (cursor: string) => Promise<ClickPage>,
): AsyncGenerator<ListedClick> {
  let page = first;
  yield* page.rows;
  while (page.older) {
    page = await pageFrom(page.older);
    yield* page.rows;
  }
}

/** The media type of every CSV. */
const CSV_TYPE = "text/csv; charset=utf-8";

/** File name of a download, such as `footfall-countries-2026-08-01_2026-08-30.csv`. */
export function fileName(word: string, { range, zone }: Filters, extension: "csv" | "zip"): string {
  return `footfall-${word}-${daysOf(range, zone)}.${extension}`;
}

function daysOf({ from, to }: Range, zone: string): string {
  const day = (date: Date) => new Date(toLocal(date, zone)).toISOString().slice(0, 10);
  const last = to && day(new Date(to.getTime() - 1));
  if (!from) return last ? `until-${last}` : "all";
  return last ? `${day(from)}_${last}` : `from-${day(from)}`;
}

/** Response headers of a download, cached only by the browser. */
export function download(body: ReadableStream<Uint8Array>, name: string, type: string): Response {
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      // A proxy that buffers would hold the whole file.
      "X-Accel-Buffering": "no",
    },
  });
}
