import "server-only";
import { pipeline, Readable } from "node:stream";
import { stringify } from "csv-stringify";
import { localIso } from "@/lib/base/time";
import { type DimensionKey, dimension } from "@/lib/click/dimensions";
import type { Breakdown, BreakdownRow, ListedClick, Series, SeriesPoint } from "@/lib/question/answer-types";
import { type ColumnKey, storedValue } from "@/lib/question/columns";
import { pairsOf } from "@/lib/question/series";

/** `bom`: byte order mark, which Excel needs to recognise UTF-8. */
export type CsvOptions = { bom?: boolean };

type Cell = string | number | null;
type Column = { name: string; cell: (row: BreakdownRow) => Cell };
type ClickColumn = { name: string; cell: (click: ListedClick, zone: string) => Cell };

/**
 * A breakdown as CSV: the dimension's key, `clicks`, and `previous` if compared. Links have their metadata, cities
 * their region and country, tags their name.
 */
export function breakdownCsv(
  key: DimensionKey,
  { rows, previousTotal }: Breakdown,
  options: CsvOptions = {},
): ReadableStream<Uint8Array> {
  const previous: Column = { name: "previous", cell: (row) => row.previous ?? 0 };
  const columns: Column[] = [
    ...columnsOf(key),
    { name: "clicks", cell: ({ clicks }) => clicks },
    ...(previousTotal === undefined ? [] : [previous]),
  ];
  const header = columns.map(({ name }) => name);
  return csv(header, rows, (row) => columns.map(({ cell }) => cell(row)), options);
}

/**
 * A time series as CSV: `start` of each bucket with its UTC offset, and `clicks`; if compared, the corresponding
 * earlier bucket too. A bucket without a counterpart stands alone.
 */
export function seriesCsv(series: Series, options: CsvOptions = {}): ReadableStream<Uint8Array> {
  const cells = (point: SeriesPoint | null): Cell[] =>
    point ? [localIso(point.start, series.zone), point.clicks] : [null, null];
  if (!series.previous) return csv(["start", "clicks"], series.points, cells, options);
  const header = ["start", "clicks", "previous_start", "previous"];
  return csv(header, pairsOf(series), ({ point, previous }) => [...cells(point), ...cells(previous)], options);
}

/**
 * Clicks as CSV, streamed: one column per column of the list, named by its key, with values as filters use them. Times
 * are in UTC and in the time zone; links have their short URL.
 */
export function clicksCsv(
  clicks: AsyncIterable<ListedClick>,
  columns: readonly ColumnKey[],
  zone: string,
  options: CsvOptions = {},
): ReadableStream<Uint8Array> {
  const all = columns.flatMap(clickColumnsOf);
  const header = all.map(({ name }) => name);
  return csv(header, clicks, (click) => all.map(({ cell }) => cell(click, zone)), options);
}

function clickColumnsOf(key: ColumnKey): ClickColumn[] {
  if (key === "time") {
    return [
      { name: "time", cell: ({ clickedAt }) => clickedAt.toISOString() },
      { name: "localTime", cell: ({ clickedAt }, zone) => localIso(clickedAt.getTime(), zone) },
    ];
  }
  if (key === "received") return [{ name: key, cell: ({ receivedAt }) => receivedAt.toISOString() }];
  if (key === "clickId") return [{ name: key, cell: ({ clickId }) => clickId }];
  const own: ClickColumn = { name: key, cell: (click) => storedValue(click, key) ?? dimension(key).none };
  if (key !== "linkId") return [own];
  return [own, { name: "shortLink", cell: ({ link }) => link?.shortLink ?? null }];
}

function columnsOf(key: DimensionKey): Column[] {
  const own: Column = { name: key, cell: ({ value }) => value ?? dimension(key).none };
  if (key === "city") {
    return [
      { name: "country", cell: ({ place }) => place?.country ?? dimension("country").none },
      { name: "region", cell: ({ place }) => place?.region ?? dimension("region").none },
      own,
    ];
  }
  if (key === "folderId") return [own, { name: "folder", cell: ({ name }) => name ?? null }];
  if (key === "tagId") return [own, { name: "tag", cell: ({ name }) => name ?? null }];
  if (key !== "linkId") return [own];
  const known = (["shortLink", "domain", "key", "url", "title"] as const).map(
    (field): Column => ({
      name: field === "shortLink" ? "short_link" : field,
      cell: ({ link }) => link?.[field] ?? null,
    }),
  );
  return [{ ...own, name: "link" }, ...known];
}

/**
 * UTF-8, LF, without a byte order mark by default. Text that a spreadsheet would run as a formula gets a leading
 * apostrophe.
 */
function csv<Row>(
  header: string[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  cellsOf: (row: Row) => Cell[],
  { bom = false }: CsvOptions,
): ReadableStream<Uint8Array> {
  const lines = stringify({
    bom,
    header: true,
    columns: header,
    escape_formulas: true,
    // Spreadsheets in other locales split at these unless quoted, and would run what follows.
    quoted_match: /[;\t\r]/,
    cast: { string: (text) => (text.startsWith("\n") ? `'${text}` : text) },
  });
  // The reader learns of a failure, and after it disconnects nothing more is read.
  const mapped = async function* () {
    for await (const row of rows) yield cellsOf(row);
  };
  pipeline(Readable.from(mapped()), lines, () => {});
  return Readable.toWeb(lines) as ReadableStream<Uint8Array>;
}
