import "server-only";
import type { Viewer } from "@/lib/access/viewer";
import { AppError } from "@/lib/errors";
import { answerClicks } from "@/lib/query/answer/clicks";
import type { ClickPage, ListedClick } from "@/lib/query/answers";
import { COLUMNS, type ColumnKey, readColumns } from "@/lib/query/columns";
import { type CsvOptions, clicksCsv } from "@/lib/query/csv";
import { parseCursor } from "@/lib/query/cursor";
import { CSV_TYPE, download, fileName } from "@/lib/query/download";
import type { Filters } from "@/lib/query/filters";
import { assertAnswerable } from "@/lib/query/search-params";

/** Clicks that are asked for at once: few enough to hold, many enough that asking is not what takes the time. */
const PAGE = 2_000;

/**
 * The list of clicks as a file: every click, newest first, however many there are; only one page of them is held at a
 * time. `columns` names the columns in their order; without it the file has all.
 *
 * @throws AppError when the filters or the columns cannot be understood
 */
export async function exportClicks(
  viewer: Viewer,
  filters: Filters,
  columns: string | null,
  options: CsvOptions = {},
): Promise<Response> {
  assertAnswerable(filters);
  const chosen = columnsOf(columns);
  const pageFrom = (cursor: string | null) =>
    answerClicks(viewer, filters, {
      limit: PAGE,
      before: cursor ? parseCursor(cursor) : null,
      after: null,
      once: true,
    });
  // The first page is asked for before anything is sent, so that a failure can still be told.
  const rows = everyClick(await pageFrom(null), pageFrom);
  return download(clicksCsv(rows, chosen, filters.zone, options), fileName("events", filters, "csv"), CSV_TYPE);
}

function columnsOf(text: string | null): readonly ColumnKey[] {
  const keys = COLUMNS.map(({ key }) => key);
  const { columns, unknown } = readColumns(text ?? "");
  if (unknown.length > 0) throw new AppError("unprocessable_entity", `columns: Use some of ${keys.join(", ")}.`);
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
