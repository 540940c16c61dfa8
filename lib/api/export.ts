import "server-only";
import { makeZip } from "client-zip";
import { aboutExport } from "@/lib/api/about";
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

/**
 * The download `<groupBy>.csv`, `timeseries.csv`, or `all.zip` with all of them and `about.txt`: every row, however many
 * a page shows. `facet`: breakdowns are counted without conditions on their own dimension.
 *
 * @throws AppError for an unknown file, or when the filters are invalid
 */
export async function exportFile(
  scope: Scope,
  filters: Filters,
  file: string,
  { facet = false, ...options }: CsvOptions & { facet?: boolean } = {},
): Promise<Response> {
  const word = wordOf(file);
  if (!word && file !== "all.zip") {
    const hint = `Use all.zip, events.csv, or one of these names with .csv: ${WORDS.join(", ")}.`;
    throw new AppError("not_found", `Unknown file. ${hint}`);
  }
  assertAnswerable(filters);
  const csvOf = async (word: Word) => {
    const key = dimensionByGroupBy(word)?.key;
    return key
      ? breakdownCsv(
          key,
          await answer(question(scope, { kind: "breakdown", key, facet, visitors: true }, filters)),
          options,
        )
      : seriesCsv(await answer(question(scope, { kind: "series" }, filters)), options);
  };
  if (word) return download(await csvOf(word), fileName(word, filters, "csv"), CSV_TYPE);
  return download(
    await zipOf(csvOf, () => aboutExport(scope, filters), filters.now),
    fileName("all", filters, "zip"),
    "application/zip",
  );
}

/** `trigger.csv` is Dub's older name. */
function wordOf(file: string): Word | undefined {
  return WORDS.find((word) => file === `${word}.csv` || (word === "triggers" && file === "trigger.csv"));
}

type CsvStream = ReadableStream<Uint8Array>;

/** The series is asked first: it is the only file that can be rejected, which is impossible after the first byte. */
async function zipOf(
  csvOf: (word: Word) => Promise<CsvStream>,
  about: () => Promise<string>,
  lastModified: Date,
): Promise<CsvStream> {
  const entryOf = async (word: Word) => ({ name: `${word}.csv`, input: await csvOf(word), lastModified });
  const first = await entryOf(TIMESERIES);
  // One question at a time, each asked when the file before it is sent.
  const entries = async function* () {
    yield { name: "about.txt", input: await about(), lastModified };
    yield first;
    for (const { groupBy } of DIMENSIONS) yield await entryOf(groupBy);
  };
  // When aborted, client-zip throws the reason; behind a pipe nobody has to catch it.
  return makeZip(entries()).pipeThrough(new TransformStream());
}

/** Clicks per query: few enough for memory, enough that the queries' overhead is small. */
const PAGE = 2_000;

/**
 * All clicks, newest first, of which only one page is in memory. `columns` names the columns in order; by default all.
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
  const pageFrom = (cursor: string | null) => {
    const before = cursor ? parseCursor(cursor) : null;
    return answer(question(scope, { kind: "clicks", limit: PAGE, before, after: null, once: true }, filters));
  };
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
export const CSV_TYPE = "text/csv; charset=utf-8";

/** File name of a download, such as `footfall-countries-2026-08-01_2026-08-30.csv`. */
export function fileName(
  word: string,
  { range, zone }: Pick<Filters, "range" | "zone">,
  extension: "csv" | "zip" | "png",
): string {
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
