import "server-only";
import { makeZip } from "client-zip";
import type { Viewer } from "@/lib/access/viewer";
import { DIMENSIONS, dimensionByGroupBy, type GroupBy } from "@/lib/dimensions";
import { AppError } from "@/lib/errors";
import { answerBreakdown } from "@/lib/query/answer/breakdown";
import { answerSeries } from "@/lib/query/answer/series";
import { breakdownCsv, type CsvOptions, seriesCsv } from "@/lib/query/csv";
import { CSV_TYPE, download, fileName } from "@/lib/query/download";
import type { Filters } from "@/lib/query/filters";
import { assertAnswerable } from "@/lib/query/search-params";

const TIMESERIES = "timeseries";
type Word = GroupBy | typeof TIMESERIES;
const WORDS: readonly Word[] = [TIMESERIES, ...DIMENSIONS.map(({ groupBy }) => groupBy)];

type ZipEntry = { name: string; input: ReadableStream<Uint8Array>; lastModified: Date };

/**
 * The download called `file`: `<groupBy>.csv`, `timeseries.csv`, or `all.zip` with every one of them. It holds every
 * row, however many the page shows.
 *
 * @throws AppError when there is no such file, or when the filters cannot be answered
 */
export async function exportFile(
  viewer: Viewer,
  filters: Filters,
  file: string,
  options: CsvOptions = {},
): Promise<Response> {
  const word = wordOf(file);
  if (!word && file !== "all.zip") {
    const words = WORDS.join(", ");
    throw new AppError(
      "not_found",
      `There is no such file. Use all.zip, events.csv, or one of these words and .csv: ${words}.`,
    );
  }
  assertAnswerable(filters);
  return word
    ? download(await csvOf(viewer, filters, word, options), fileName(word, filters, "csv"), CSV_TYPE)
    : download(await zipOf(viewer, filters, options), fileName("all", filters, "zip"), "application/zip");
}

/** `trigger.csv` is by Dub's older word. */
function wordOf(file: string): Word | undefined {
  return WORDS.find((word) => file === `${word}.csv` || (word === "triggers" && file === "trigger.csv"));
}

async function csvOf(
  viewer: Viewer,
  filters: Filters,
  word: Word,
  options: CsvOptions,
): Promise<ReadableStream<Uint8Array>> {
  if (word === TIMESERIES) return seriesCsv(await answerSeries(viewer, filters), options);
  const entry = dimensionByGroupBy(word);
  if (!entry) throw new RangeError(`No dimension ${word}`);
  return breakdownCsv(entry.key, await answerBreakdown(viewer, filters, entry.key), options);
}

/** The series goes first: of all files only it can be refused, and after the first byte that would be too late. */
async function zipOf(viewer: Viewer, filters: Filters, options: CsvOptions): Promise<ReadableStream<Uint8Array>> {
  const first = await entryOf(viewer, filters, TIMESERIES, options);
  // Given up half-way, client-zip throws the reason back; behind a pipe nobody has to catch it.
  return makeZip(entries(viewer, filters, first, options)).pipeThrough(new TransformStream());
}

/** One question at a time, each asked when the file before has been sent. */
async function* entries(
  viewer: Viewer,
  filters: Filters,
  first: ZipEntry,
  options: CsvOptions,
): AsyncGenerator<ZipEntry> {
  yield first;
  for (const { groupBy } of DIMENSIONS) yield await entryOf(viewer, filters, groupBy, options);
}

async function entryOf(viewer: Viewer, filters: Filters, word: Word, options: CsvOptions): Promise<ZipEntry> {
  const input = await csvOf(viewer, filters, word, options);
  return { name: `${word}.csv`, input, lastModified: filters.now };
}
