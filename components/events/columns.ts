import type { DimensionKey } from "@/lib/click/dimensions";
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

/** How wide a column wants to be, in rem; what is left over is shared out. */
const WIDTHS: Partial<Record<ColumnKey, number>> = {
  time: 11,
  linkId: 12.5,
  url: 18,
  baseUrl: 18,
  refererUrl: 18,
  clickId: 12,
  referer: 10.5,
  country: 10,
  city: 8.75,
  region: 12,
  trigger: 9,
  device: 7.5,
  browser: 9.5,
  os: 8.5,
  bot: 7.5,
  received: 9,
};
const USUAL_WIDTH = 10;

export const widthOf = (key: ColumnKey): number => WIDTHS[key] ?? USUAL_WIDTH;

/** Dimensions whose picture says something at a glance, in a list this dense. */
export const PICTURED: readonly DimensionKey[] = ["country", "device", "trigger"];
