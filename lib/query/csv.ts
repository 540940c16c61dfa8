import "server-only";
import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import { type DimensionKey, dimension } from "@/lib/dimensions";
import type { Breakdown, BreakdownRow, Series, SeriesPoint } from "@/lib/query/answers";
import { localIso } from "@/lib/time";

type Cell = string | number | null;
type Column = { name: string; cell: (row: BreakdownRow) => Cell };

/**
 * A breakdown as CSV: the dimension's key, `clicks`, and `previous` when it is compared; links with what they are, cities
 * with their place, tags with their name.
 */
export function breakdownCsv(key: DimensionKey, { rows, previousTotal }: Breakdown): ReadableStream<Uint8Array> {
  const previous: Column = { name: "previous", cell: (row) => row.previous ?? 0 };
  const columns: Column[] = [
    ...columnsOf(key),
    { name: "clicks", cell: ({ clicks }) => clicks },
    ...(previousTotal === undefined ? [] : [previous]),
  ];
  const header = columns.map(({ name }) => name);
  return csv(header, rows, (row) => columns.map(({ cell }) => cell(row)));
}

/**
 * A time series as CSV: `start` of each bucket with its zone's offset, and `clicks`; when it is compared, the bucket that
 * is laid over it too. The longer of the two ends alone.
 */
export function seriesCsv({ points, previous, zone }: Series): ReadableStream<Uint8Array> {
  const cells = (point: SeriesPoint | undefined): Cell[] =>
    point ? [localIso(point.start, zone), point.clicks] : [null, null];
  if (!previous) return csv(["start", "clicks"], points, cells);
  const pairs = Array.from({ length: Math.max(points.length, previous.length) }, (_, at) => [points[at], previous[at]]);
  return csv(["start", "clicks", "previous_start", "previous"], pairs, (pair) => pair.flatMap(cells));
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
  if (key === "tagId") return [own, { name: "tag", cell: ({ name }) => name ?? null }];
  if (key !== "linkId") return [own];
  return [
    { ...own, name: "link" },
    { name: "short_link", cell: ({ link }) => link?.shortLink ?? null },
    { name: "domain", cell: ({ link }) => link?.domain ?? null },
    { name: "key", cell: ({ link }) => link?.key ?? null },
    { name: "url", cell: ({ link }) => link?.url ?? null },
    { name: "title", cell: ({ link }) => link?.title ?? null },
  ];
}

/** UTF-8 without a byte order mark, lines end in LF. Text that a spreadsheet would run is led by an apostrophe. */
function csv<Row>(header: string[], rows: Row[], cellsOf: (row: Row) => Cell[]): ReadableStream<Uint8Array> {
  const lines = stringify({
    header: true,
    columns: header,
    escape_formulas: true,
    // Spreadsheets of other countries split at these, unless quoted, and would run what follows.
    quoted_match: /[;\t\r]/,
    cast: { string: (text) => (text.startsWith("\n") ? `'${text}` : text) },
  });
  const source = Readable.from(mapped(rows, cellsOf));
  source.on("error", (error) => lines.destroy(error));
  return Readable.toWeb(source.pipe(lines)) as ReadableStream<Uint8Array>;
}

function* mapped<Row>(rows: Row[], cellsOf: (row: Row) => Cell[]): Generator<Cell[]> {
  for (const row of rows) yield cellsOf(row);
}
