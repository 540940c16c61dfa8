import "server-only";
import { makeZip } from "client-zip";
import type { Viewer } from "@/lib/access/viewer";
import { DIMENSIONS, dimensionByGroupBy, type GroupBy } from "@/lib/dimensions";
import { AppError } from "@/lib/errors";
import { answerBreakdown } from "@/lib/query/answer/breakdown";
import { answerSeries } from "@/lib/query/answer/series";
import { breakdownCsv, seriesCsv } from "@/lib/query/csv";
import type { Filters, Range } from "@/lib/query/filters";
import { assertAnswerable } from "@/lib/query/search-params";
import { toLocal } from "@/lib/time";

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
export async function exportFile(viewer: Viewer, filters: Filters, file: string): Promise<Response> {
  const word = wordOf(file);
  if (!word && file !== "all.zip") {
    const words = WORDS.join(", ");
    throw new AppError("not_found", `There is no such file. Use all.zip, or one of these words and .csv: ${words}.`);
  }
  assertAnswerable(filters);
  return word
    ? download(await csvOf(viewer, filters, word), nameOf(word, filters, "csv"), "text/csv; charset=utf-8")
    : download(await zipOf(viewer, filters), nameOf("all", filters, "zip"), "application/zip");
}

/** `trigger.csv` is by Dub's older word. */
function wordOf(file: string): Word | undefined {
  return WORDS.find((word) => file === `${word}.csv` || (word === "triggers" && file === "trigger.csv"));
}

async function csvOf(viewer: Viewer, filters: Filters, word: Word): Promise<ReadableStream<Uint8Array>> {
  if (word === TIMESERIES) return seriesCsv(await answerSeries(viewer, filters));
  const entry = dimensionByGroupBy(word);
  if (!entry) throw new RangeError(`No dimension ${word}`);
  return breakdownCsv(entry.key, await answerBreakdown(viewer, filters, entry.key));
}

/** The series goes first: of all files only it can be refused, and after the first byte that would be too late. */
async function zipOf(viewer: Viewer, filters: Filters): Promise<ReadableStream<Uint8Array>> {
  const first = await entryOf(viewer, filters, TIMESERIES);
  // Given up half-way, client-zip throws the reason back; behind a pipe nobody has to catch it.
  return makeZip(entries(viewer, filters, first)).pipeThrough(new TransformStream());
}

/** One question at a time, each asked when the file before has been sent. */
async function* entries(viewer: Viewer, filters: Filters, first: ZipEntry): AsyncGenerator<ZipEntry> {
  yield first;
  for (const { groupBy } of DIMENSIONS) yield await entryOf(viewer, filters, groupBy);
}

async function entryOf(viewer: Viewer, filters: Filters, word: Word): Promise<ZipEntry> {
  const input = await csvOf(viewer, filters, word);
  return { name: `${word}.csv`, input, lastModified: filters.now };
}

/** Says what a download holds, such as `footfall-countries-2026-08-01_2026-08-30.csv`. */
function nameOf(word: Word | "all", { range, zone }: Filters, extension: "csv" | "zip"): string {
  return `footfall-${word}-${daysOf(range, zone)}.${extension}`;
}

function daysOf({ from, to }: Range, zone: string): string {
  const day = (date: Date) => new Date(toLocal(date, zone)).toISOString().slice(0, 10);
  const last = to && day(new Date(to.getTime() - 1));
  if (!from) return last ? `until-${last}` : "all";
  return last ? `${day(from)}_${last}` : `from-${day(from)}`;
}

function download(body: ReadableStream<Uint8Array>, name: string, type: string): Response {
  return new Response(body, {
    headers: {
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      // A proxy that waited for the end would hold the whole file.
      "X-Accel-Buffering": "no",
    },
  });
}
