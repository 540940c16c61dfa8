import type { ColumnKey } from "@/lib/question/columns";

/** Holds the reader's choice of columns, where the server sees it: nothing has to be rearranged after the first paint. */
export const COLUMNS_COOKIE = "footfall-columns";

const YEAR_S = 31_536_000;

/** Keeps the choice for the next visit; null goes back to the usual columns. */
export function rememberColumns(columns: readonly ColumnKey[] | null): void {
  const value = columns ? encodeURIComponent(columns.join(",")) : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari and Firefox
  document.cookie = `${COLUMNS_COOKIE}=${value}; path=/; max-age=${columns ? YEAR_S : 0}; samesite=lax`;
}
