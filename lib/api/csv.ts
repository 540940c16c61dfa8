import "server-only";
import { pipeline, Readable } from "node:stream";
import { stringify } from "csv-stringify";
import { localIso } from "@/lib/base/time";
import { type DimensionKey, dimension } from "@/lib/click/dimensions";
import {
  type Breakdown,
  type BreakdownRow,
  type ListedClick,
  type Series,
  visitorCertainty,
} from "@/lib/question/answer-types";
import { type ColumnKey, storedValue } from "@/lib/question/columns";
import { type Pair, pairsOf } from "@/lib/question/series";
import { displayValue, isInWords } from "@/lib/question/words";

/** `bom`: byte order mark, which Excel needs to recognise UTF-8. */
export type CsvOptions = { bom?: boolean };

type Cell = string | number | null;
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

/** A series: `start` of each bucket with its UTC offset, and `clicks`; if compared, those of its earlier bucket too. */
export function seriesCsv(series: Series, options: CsvOptions = {}): ReadableStream<Uint8Array> {
  const columnsFor = (side: keyof Pair, start: string, clicks: string): CsvColumn<Pair>[] => [
    { name: start, cell: ({ [side]: point }) => point && localIso(point.start, series.zone) },
    { name: clicks, cell: ({ [side]: point }) => point?.clicks ?? null },
  ];
  const columns = columnsFor("point", "start", "clicks");
  if (series.previous) columns.push(...columnsFor("previous", "previous_start", "previous"));
  return csv(columns, pairsOf(series), options);
}

/**
 * Clicks, streamed: a column per column of the list, with values as filters use them; also the time in the time zone
 * and the short URL of links.
 */
export function clicksCsv(
  clicks: AsyncIterable<ListedClick>,
  columns: readonly ColumnKey[],
  zone: string,
  options: CsvOptions = {},
): ReadableStream<Uint8Array> {
  return csv(
    columns.flatMap((key) => clickColumnsOf(key, zone)),
    clicks,
    options,
  );
}

function clickColumnsOf(key: ColumnKey, zone: string): CsvColumn<ListedClick>[] {
  if (key === "time") {
    return [
      { name: "time", cell: ({ clickedAt }) => clickedAt.toISOString() },
      { name: "localTime", cell: ({ clickedAt }) => localIso(clickedAt.getTime(), zone) },
    ];
  }
  if (key === "received") return [{ name: key, cell: ({ receivedAt }) => receivedAt.toISOString() }];
  if (key === "clickId") return [{ name: key, cell: ({ clickId }) => clickId }];
  const own = { name: key, cell: (click: ListedClick) => storedValue(click, key) ?? dimension(key).none };
  return key === "linkId" ? [own, { name: "shortLink", cell: ({ link }) => link?.shortLink ?? null }] : [own];
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
export function csv<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  { bom = false }: CsvOptions,
): ReadableStream<Uint8Array> {
  const lines = stringify({
    bom,
    header: true,
    columns: columns.map(({ name }) => name),
    escape_formulas: true,
    // Spreadsheets in other locales split at these unless quoted, and would run what follows.
    quoted_match: /[;\t\r]/,
    cast: { string: (text) => (text.startsWith("\n") ? `'${text}` : text) },
  });
  // The reader learns of a failure, and after it disconnects nothing more is read.
  const mapped = async function* () {
    for await (const row of rows) yield columns.map(({ cell }) => cell(row));
  };
  pipeline(Readable.from(mapped()), lines, () => {});
  return Readable.toWeb(lines) as ReadableStream<Uint8Array>;
}
