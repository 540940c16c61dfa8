import "server-only";
import { aboutExport } from "@/lib/api/about";
import { breakdownCsv, type CsvOptions, seriesCsv } from "@/lib/api/csv";
import { fixed, watchData } from "@/lib/api/snapshot";
import { zipOf } from "@/lib/api/zip";
import { AppError } from "@/lib/base/errors";
import { download } from "@/lib/base/http/download";
import { toLocal } from "@/lib/base/time";
import { DIMENSIONS, dimensionByGroupBy, type GroupBy } from "@/lib/click/dimensions";
import { answer } from "@/lib/question/answer";
import { assertAnswerable } from "@/lib/question/codec/read";
import { type Filters, question, type Range, type Scope } from "@/lib/question/question";

const TIMESERIES = "timeseries";
type Word = GroupBy | typeof TIMESERIES;
const WORDS: readonly Word[] = [TIMESERIES, ...DIMENSIONS.map(({ groupBy }) => groupBy)];

/**
 * `facet`: breakdowns are counted without conditions on their own dimension. `upTo`: of an earlier export, to make the same
 * again. `query`: the filters and settings as the address had them.
 */
type Options = CsvOptions & { facet?: boolean; upTo?: string | null; query?: string };

/**
 * The download `<groupBy>.csv`, `timeseries.csv`, or `all.zip` with all of them, `about.txt` and `manifest.json`: every row,
 * however many a page shows. All is about the same clicks.
 *
 * @throws AppError for an unknown file, or when the filters are invalid
 */
export async function exportFile(
  scope: Scope,
  filters: Filters,
  file: string,
  { facet = false, upTo = null, query = "", ...options }: Options = {},
): Promise<Response> {
  const word = wordOf(file);
  if (!word && file !== "all.zip") {
    const hint = `Use all.zip, events.csv, events.ndjson, events.parquet, or one of these names with .csv: ${WORDS.join(", ")}.`;
    throw new AppError("not_found", `Unknown file. ${hint}`);
  }
  assertAnswerable(filters);
  const snapshot = await fixed(scope, filters, upTo);
  const csvOf = async (word: Word) => {
    const key = dimensionByGroupBy(word)?.key;
    if (!key) {
      const series = await answer(question(scope, { kind: "series" }, snapshot.filters));
      const total = series.points.reduce((sum, { clicks }) => sum + clicks, 0);
      return { body: seriesCsv(series, options), rows: series.points.length, total };
    }
    const show = { kind: "breakdown", key, facet, visitors: true } as const;
    const breakdown = await answer(question(scope, show, snapshot.filters));
    return { body: breakdownCsv(key, breakdown, options), rows: breakdown.rows.length, total: breakdown.total };
  };
  if (word) {
    const { body, rows } = await csvOf(word);
    const headers = { ...snapshot.headers, "X-Footfall-Rows": String(rows) };
    return download(body, fileName(word, filters, "csv"), CSV_TYPE, headers);
  }
  const assertSame = await watchData(scope);
  // The series is asked first: it is the only file that can be rejected, which is impossible after the first byte.
  const first = await csvOf(TIMESERIES);
  const files = async function* () {
    yield { name: `${TIMESERIES}.csv`, ...first };
    // One question at a time, each asked when the file before it is sent.
    for (const { groupBy } of DIMENSIONS) yield { name: `${groupBy}.csv`, ...(await csvOf(groupBy)) };
  };
  const about = await aboutExport(scope, snapshot.filters, query);
  const zip = zipOf(files(), about, assertSame, filters.now);
  return download(zip, fileName("all", filters, "zip"), "application/zip", snapshot.headers);
}

/** `trigger.csv` is Dub's older name. */
function wordOf(file: string): Word | undefined {
  return WORDS.find((word) => file === `${word}.csv` || (word === "triggers" && file === "trigger.csv"));
}

/** The media type of every CSV. */
export const CSV_TYPE = "text/csv; charset=utf-8";

/** File name of a download, such as `footfall-countries-2026-08-01_2026-08-30.csv`. */
export function fileName(
  word: string,
  { range, zone }: Pick<Filters, "range" | "zone">,
  extension: "csv" | "ndjson" | "parquet" | "zip" | "png",
): string {
  return `footfall-${word}-${daysOf(range, zone)}.${extension}`;
}

function daysOf({ from, to }: Range, zone: string): string {
  const day = (date: Date) => new Date(toLocal(date, zone)).toISOString().slice(0, 10);
  const last = to && day(new Date(to.getTime() - 1));
  if (!from) return last ? `until-${last}` : "all";
  return last ? `${day(from)}_${last}` : `from-${day(from)}`;
}
