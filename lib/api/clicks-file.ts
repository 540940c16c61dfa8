import "server-only";
import { type Cell, type CsvOptions, csvHeader, csvLines } from "@/lib/api/csv";
import { CSV_TYPE, fileName } from "@/lib/api/export";
import { exportOptions } from "@/lib/api/export-options";
import { endingWith, takeSlot } from "@/lib/api/export-slots";
import { type Fixed, fixed } from "@/lib/api/snapshot";
import { AppError } from "@/lib/base/errors";
import { bodyOf, download, type Source } from "@/lib/base/http/download";
import { text as words } from "@/lib/base/problems";
import { localIso } from "@/lib/base/time";
import { BOT_WORDS, dimension } from "@/lib/click/dimensions";
import type { RowText } from "@/lib/engines/copy-out";
import { openParquet, type ParquetColumn } from "@/lib/engines/parquet";
import { answer } from "@/lib/question/answer";
import { assertAnswerable, filtersFromParams } from "@/lib/question/codec/read";
import { COLUMNS, type ColumnKey, readColumns } from "@/lib/question/columns";
import { type Filters, question, type Scope } from "@/lib/question/question";

export type ClicksFormat = "csv" | "ndjson" | "parquet";

type Options = CsvOptions & { format?: ClicksFormat; upTo?: string | null; signal?: AbortSignal | null };

const TYPES: Record<ClicksFormat, string> = {
  csv: CSV_TYPE,
  ndjson: "application/x-ndjson",
  parquet: "application/vnd.apache.parquet",
};

/**
 * All clicks, newest first, as they are stored at one moment. `columns` names the columns in order; by default all. Only
 * some of the rows are in memory, however many there are.
 *
 * @throws AppError when the filters, columns or options are invalid
 */
export async function exportClicks(
  scope: Scope,
  filters: Filters,
  columns: string | null,
  { format = "csv", upTo = null, signal = null, ...options }: Options = {},
): Promise<Response> {
  assertAnswerable(filters);
  const chosen = columnsOf(columns);
  const release = scope.asker === undefined ? () => {} : takeSlot(scope.asker);
  let rows: RowText | undefined;
  const close = () => rows?.close();
  // Nothing else tells of a client that goes away before the first byte.
  signal?.addEventListener("abort", close);
  try {
    const about = await fixed(scope, { ...filters, comparison: null }, upTo);
    const asked = withoutPruned(about);
    const { clicks } = await answer(question(scope, { kind: "totals" }, asked));
    rows = await answer(question(scope, { kind: "everyClick", columns: chosen }, asked));
    if (signal?.aborted) close();
    const counted = await countedRows(rows, clicks);
    const file = await fileOf(format, counted, chosen, filters.zone, options);
    const headers = { ...about.headers, "X-Footfall-Rows": String(clicks) };
    const body = bodyOf(endingWith(file, release, signal));
    return download(body, fileName("events", filters, format), TYPES[format], headers);
  } catch (error) {
    close();
    release();
    throw error;
  } finally {
    signal?.removeEventListener("abort", close);
  }
}

/** Answers a request for all clicks in a format, with the pages' filters and settings. */
export function clicksDownload(request: Request, scope: Scope, format: ClicksFormat): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const endpoint = format === "csv" ? "api/export/events" : "api/export/rows";
  const filters = filtersFromParams(searchParams, new Date(), endpoint);
  const { columns, ...options } = exportOptions(searchParams, endpoint);
  return exportClicks(scope, filters, columns, { ...options, format, signal: request.signal });
}

/** Without clicks that are being deleted by their age, which one engine may have and the other not. */
function withoutPruned({ filters, prunedBefore }: Fixed): Fixed["filters"] {
  const { range } = filters;
  if (!prunedBefore || (range.from && range.from >= prunedBefore)) return filters;
  return { ...filters, range: { ...range, from: prunedBefore } };
}

function columnsOf(text: string | null): readonly ColumnKey[] {
  const keys = COLUMNS.map(({ key }) => key);
  const { columns, unknown } = readColumns(text ?? "");
  if (unknown.length > 0) throw new AppError("unprocessable_entity", `columns: Use one or more of ${keys.join(", ")}.`);
  return columns.length > 0 ? columns : keys;
}

/** Bytes of rows that are read before the response begins. */
const AHEAD = 256 * 1024;

/**
 * Rows whose first have been read, so that a failure can still be an error response, and few rows keep no statement open
 * while they are sent. They fail at their end when they aren't as many as were counted.
 */
async function countedRows(rows: RowText, expected: number): Promise<RowText> {
  const ahead: (Buffer | null)[] = [];
  for (let size = 0; size < AHEAD && ahead.at(-1) !== null; size += ahead.at(-1)?.length ?? 0)
    ahead.push(await rows.next());
  let left = expected;
  let isOver = false;
  return {
    close: rows.close,
    async next() {
      if (isOver) return null;
      const lines = ahead.length > 0 ? (ahead.shift() ?? null) : await rows.next();
      if (lines) {
        for (let at = lines.indexOf(10); at >= 0; at = lines.indexOf(10, at + 1)) left -= 1;
        return lines;
      }
      isOver = true;
      if (left !== 0) throw new AppError("unavailable", words.exports.changed);
      return null;
    },
  };
}

async function fileOf(
  format: ClicksFormat,
  rows: RowText,
  columns: readonly ColumnKey[],
  zone: string,
  options: CsvOptions,
): Promise<Source> {
  if (format === "parquet") return openParquet(columns.flatMap(typedColumns), rows);
  if (format === "ndjson") return textOf(rows, "", ndjsonLines(columns));
  const { names, lines } = csvOf(columns, zone, options);
  return textOf(rows, csvHeader(names, options), lines);
}

/** Makes lines of rows. `isPlain`: no text of theirs holds a quote, a backslash or a control character. */
type LinesOf = (rows: Field[][], isPlain: boolean) => string;

/** Makes text of rows: a beginning, and the lines of some rows at a time. */
function textOf(rows: RowText, start: string, linesOf: LinesOf): Source {
  let begin = start;
  return {
    close: rows.close,
    async next() {
      const next = await rows.next();
      const text = next?.toString("utf8", 0, next.length - 1);
      const isPlain = text !== undefined && !SPECIAL.test(text);
      const lines = begin + (text === undefined ? "" : linesOf(fieldsOf(text, isPlain), isPlain));
      begin = "";
      return next || lines !== "" ? Buffer.from(lines) : null;
    },
  };
}

/** A value as text; null if there is none. */
type Field = string | null;

const ESCAPED: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

function fieldOf(text: string): Field {
  if (!text.includes("\\")) return text;
  return text === "\\N" ? null : text.replace(/\\(.)/g, (_, letter: string) => ESCAPED[letter] ?? letter);
}

/** What rows hold besides plain text, null and their own ends. Looking once at many rows is faster than at each field. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const SPECIAL = /["\u0000-\u0008\u000B-\u001F]|\\[^N]/;

const plainField = (text: string): Field => (text === "\\N" ? null : text);

const fieldsOf = (rows: string, isPlain: boolean): Field[][] => {
  const read = isPlain ? plainField : fieldOf;
  return rows.split("\n").map((line) => line.split("\t").map(read));
};

/** Postgres's text of a time in UTC, as milliseconds. */
const timeOf = (text: string): number => Date.parse(`${text.slice(0, 10)}T${text.slice(11, text.lastIndexOf("+"))}Z`);

const PLAIN_TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,3})?\+00$/;

const isoOf = (text: string): string =>
  PLAIN_TIME.test(text)
    ? `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, "0")}Z`
    : new Date(timeOf(text)).toISOString();

/** The columns that a column of the list becomes where values have types. */
function typedColumns(key: ColumnKey): ParquetColumn[] {
  if (key === "time" || key === "received") return [{ name: key, type: "timestamptz" }];
  if (key === "bot") return [{ name: key, type: "boolean" }];
  const own: ParquetColumn = { name: key, type: "varchar" };
  return key === "linkId" ? [own, { name: "shortLink", type: "varchar" }] : [own];
}

/** A JSON object a line: times in ISO 8601, flags, text; null for no value. */
function ndjsonLines(columns: readonly ColumnKey[]): LinesOf {
  const typed = columns.flatMap(typedColumns).map(({ name, type }) => ({ start: `${JSON.stringify(name)}:`, type }));
  const jsonOf = (field: Field, type: ParquetColumn["type"], isPlain: boolean): string => {
    if (field === null) return "null";
    if (type === "boolean") return field === "t" ? "true" : "false";
    if (type === "timestamptz") return `"${isoOf(field)}"`;
    return isPlain ? `"${field}"` : JSON.stringify(field);
  };
  const lineOf = (row: Field[], isPlain: boolean) =>
    `{${typed.map(({ start, type }, at) => start + jsonOf(row[at] ?? null, type, isPlain)).join(",")}}\n`;
  return (rows, isPlain) => rows.map((row) => lineOf(row, isPlain)).join("");
}

/** Values as filters use them; the time also by the zone's clocks, unless all times are in UTC. */
function csvOf(columns: readonly ColumnKey[], zone: string, options: CsvOptions) {
  const { utc = false } = options;
  const [bot, human] = BOT_WORDS;
  type CsvField = { name: string; cell: (field: Field) => Cell };
  /** Of each field of a row, the cells that it becomes. */
  const cellsFor = (key: ColumnKey): CsvField[][] => {
    const iso: CsvField = { name: key, cell: (field) => isoOf(field ?? "") };
    if (key === "time" && !utc)
      return [[iso, { name: "localTime", cell: (field) => localIso(timeOf(field ?? ""), zone) }]];
    if (key === "time" || key === "received") return [[iso]];
    if (key === "clickId") return [[{ name: key, cell: (field) => field }]];
    if (key === "bot") return [[{ name: key, cell: (field) => (field === "t" ? bot : human) }]];
    const { none } = dimension(key);
    const own: CsvField = { name: key, cell: (field) => field ?? none };
    return key === "linkId" ? [[own], [{ name: "shortLink", cell: (field) => field }]] : [[own]];
  };
  const cells = columns.flatMap(cellsFor).flatMap((of, at) => of.map((one) => ({ ...one, at })));
  const cellsOf = (row: Field[]) => cells.map(({ cell, at }) => cell(row[at] ?? null));
  return {
    names: cells.map(({ name }) => name),
    lines: (rows: Field[][]) => csvLines(rows.map(cellsOf), options),
  };
}
