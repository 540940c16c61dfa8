import "server-only";
import { pipeline, Readable } from "node:stream";
import { stringify } from "csv-stringify";
import { stringify as stringifyAll } from "csv-stringify/sync";
import { localIso } from "@/lib/base/time";
import { type DimensionKey, dimension } from "@/lib/click/dimensions";
import { type Breakdown, type BreakdownRow, type Series, visitorCertainty } from "@/lib/question/answer-types";
import { type Pair, pairsOf } from "@/lib/question/series";
import { displayValue, isInWords } from "@/lib/question/words";

/** What a file's parameter `delimiter` names. */
export const DELIMITERS = { comma: ",", semicolon: ";", tab: "\t" } as const;

/**
 * `bom`: byte order mark, which Excel needs to recognise UTF-8. `utc`: times in UTC instead of the view's zone with its
 * offset.
 */
export type CsvOptions = { bom?: boolean; delimiter?: keyof typeof DELIMITERS; utc?: boolean };

export type Cell = string | number | null;
export type CsvColumn<Row> = { name: string; cell: (row: Row) => Cell };

/**
 * A breakdown with visitors: the dimension's key, details of links, cities, tags and folders, `clicks`, `previous` if
 * compared, the names of codes, `visitors` and how certain they are. New columns come last, because scripts may count on
 * the order.
 */
export function breakdownCsv(
  key: DimensionKey,
  { rows, previousTotal }: Breakdown,
  options: CsvOptions = {},
): ReadableStream<Uint8Array> {
  const columns: CsvColumn<BreakdownRow>[] = [...columnsOf(key), { name: "clicks", cell: ({ clicks }) => clicks }];
  if (previousTotal !== undefined) columns.push({ name: "previous", cell: ({ previous = 0 }) => previous });
  columns.push(...namesOf(key), ...VISITORS);
  return csv(columns, rows, options);
}

const certaintyOf = ({ clicks, withheld }: BreakdownRow) =>
  withheld === undefined ? "unknown" : visitorCertainty({ clicks, withheld });

/** Like pages, no number where nothing is known. */
const VISITORS: readonly CsvColumn<BreakdownRow>[] = [
  { name: "visitors", cell: (row) => (certaintyOf(row) === "unknown" ? null : (row.visitors ?? null)) },
  { name: "visitors_certainty", cell: certaintyOf },
];

const timeText = (ms: number, zone: string, { utc = false }: CsvOptions): string =>
  utc ? new Date(ms).toISOString() : localIso(ms, zone);

/** A series: `start` of each bucket with its UTC offset, and `clicks`; if compared, those of its earlier bucket too. */
export function seriesCsv(series: Series, options: CsvOptions = {}): ReadableStream<Uint8Array> {
  const columnsFor = (side: keyof Pair, start: string, clicks: string): CsvColumn<Pair>[] => [
    { name: start, cell: ({ [side]: point }) => point && timeText(point.start, series.zone, options) },
    { name: clicks, cell: ({ [side]: point }) => point?.clicks ?? null },
  ];
  const columns = columnsFor("point", "start", "clicks");
  if (series.previous) columns.push(...columnsFor("previous", "previous_start", "previous"));
  return csv(columns, pairsOf(series), options);
}

function columnsOf(key: DimensionKey): CsvColumn<BreakdownRow>[] {
  const own = { name: key, cell: ({ value }: BreakdownRow) => value ?? dimension(key).none };
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
  const known = (["shortLink", "domain", "key", "url", "title"] as const).map((field) => ({
    name: field === "shortLink" ? "short_link" : field,
    cell: ({ link }: BreakdownRow) => link?.[field] ?? null,
  }));
  return [{ ...own, name: "link" }, ...known];
}

/** `<key>_name`, as pages show the value, for dimensions whose values are codes. */
function namesOf(key: DimensionKey): CsvColumn<BreakdownRow>[] {
  const name = (of: DimensionKey, value: (row: BreakdownRow) => string | null): CsvColumn<BreakdownRow> => ({
    name: `${of}_name`,
    cell: (row) => displayValue(of, value(row)),
  });
  if (key === "city") {
    return [
      name("country", ({ place }) => place?.country ?? null),
      name("region", ({ place }) => place?.region ?? null),
    ];
  }
  return isInWords(key) || key === "referer" ? [name(key, ({ value }) => value)] : [];
}

/** UTF-8 and LF. Text that a spreadsheet would run as a formula gets a leading apostrophe. */
const styleOf = ({ bom = false, delimiter = "comma" }: CsvOptions) => ({
  bom,
  delimiter: DELIMITERS[delimiter],
  escape_formulas: true,
  // Spreadsheets in other locales split at these unless quoted, and would run what follows.
  quoted_match: /[,;\t\r]/,
  cast: { string: (text: string) => (text.startsWith("\n") ? `'${text}` : text) },
});

/** The first lines of a CSV whose rows follow: the header alone. */
export const csvHeader = (names: readonly string[], options: CsvOptions): string =>
  stringifyAll([names], styleOf(options));

/** Most text means nothing to any reader of CSV, and is written as it is. Letters of ASCII are told faster than those of all scripts. */
const PLAIN_ASCII = /^[A-Za-z0-9(][\w .:/?&=%()+~#-]*$/;
const PLAIN = /^[\p{L}\p{N}(][\p{L}\p{M}\p{N}_ .:/?&=%()+~#-]*$/u;

/** Lines of a CSV without its header. */
export function csvLines(rows: Cell[][], options: CsvOptions): string {
  const style = styleOf({ ...options, bom: false });
  const textOf = (cell: Cell): string => {
    if (cell === null || cell === "") return "";
    const text = String(cell);
    return PLAIN_ASCII.test(text) || PLAIN.test(text) ? text : stringifyAll([[cell]], style).slice(0, -1);
  };
  return rows.map((row) => `${row.map(textOf).join(style.delimiter)}\n`).join("");
}

/** A CSV with its header, streamed. */
export function csv<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  options: CsvOptions,
): ReadableStream<Uint8Array> {
  const lines = stringify({ ...styleOf(options), header: true, columns: columns.map(({ name }) => name) });
  // The reader learns of a failure, and after it disconnects nothing more is made.
  const mapped = async function* () {
    for await (const row of rows) yield columns.map(({ cell }) => cell(row));
  };
  pipeline(Readable.from(mapped()), lines, () => {});
  return Readable.toWeb(lines) as ReadableStream<Uint8Array>;
}
