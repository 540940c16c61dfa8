import { BOT_WORDS, CLICK_DIMENSIONS, type ClickDimensionKey, FIELD_OF } from "@/lib/click/dimensions";
import type { ListedClick } from "@/lib/question/answer-types";

/** A column of the list of clicks: a dimension of the click, or one without a filter. */
export type ColumnKey = ClickDimensionKey | "time" | "received" | "clickId";

/** `dimension`: the filter of its cells. */
type ClickColumn = { key: ColumnKey; label: string; dimension: ClickDimensionKey | null };

/** All columns in file order. Their keys are public: `columns` of the download, the cookie, CSV headers. */
export const COLUMNS: readonly ClickColumn[] = [
  { key: "time", label: "Time", dimension: null },
  ...CLICK_DIMENSIONS.map(({ key, label }) => ({ key, label, dimension: key })),
  { key: "clickId", label: "Click id", dimension: null },
  { key: "received", label: "Received after", dimension: null },
];

/** Columns shown by default. */
export const DEFAULT_COLUMNS: readonly ColumnKey[] = [
  "time",
  "linkId",
  "referer",
  "country",
  "city",
  "device",
  "browser",
];

export function columnOf(key: ColumnKey): ClickColumn {
  const found = COLUMNS.find((column) => column.key === key);
  if (!found) throw new RangeError(`No column ${key}`);
  return found;
}

/** Columns named by a list of keys, each once, and the unknown names. */
export function readColumns(text: string): { columns: ColumnKey[]; unknown: string[] } {
  const names = [...new Set(text.split(",").filter((name) => name !== ""))];
  const isColumn = (name: string): name is ColumnKey => COLUMNS.some(({ key }) => key === name);
  return { columns: names.filter(isColumn), unknown: names.filter((name) => !isColumn(name)) };
}

/** The remembered columns, as far as they still exist. The time is always there: it opens the click. */
export function chosenColumns(text: string | undefined): ColumnKey[] {
  const { columns } = readColumns(text ?? "");
  if (columns.length === 0) return [...DEFAULT_COLUMNS];
  return columns.includes("time") ? columns : ["time", ...columns];
}

/** The columns with one moved a place; unchanged if there is no such place. */
export function moveColumn(columns: readonly ColumnKey[], key: ColumnKey, by: -1 | 1): ColumnKey[] {
  const from = columns.indexOf(key);
  const to = from + by;
  if (from < 0 || to < 0 || to >= columns.length) return [...columns];
  return columns.toSpliced(from, 1).toSpliced(to, 0, key);
}

export type Valued = Pick<ListedClick, (typeof FIELD_OF)[ClickDimensionKey]>;

/** A click's stored value of a dimension, as filters use it. */
export function storedValue(click: Valued, key: ClickDimensionKey): string | null {
  const value = click[FIELD_OF[key]];
  const [bot, human] = BOT_WORDS;
  return typeof value === "boolean" ? (value ? bot : human) : value;
}
