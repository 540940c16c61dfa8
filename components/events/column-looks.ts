import type { DimensionKey } from "@/lib/dimensions";
import type { ColumnKey } from "@/lib/question/columns";

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
