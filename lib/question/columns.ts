import { BOT_WORDS, CLICK_DIMENSIONS, type ClickDimensionKey, FIELD_OF } from "@/lib/click/dimensions";
import type { ListedClick } from "@/lib/question/answer-types";

/** A column of the list of clicks: a dimension of the click, or what no filter is about. */
export type ColumnKey = ClickDimensionKey | "time" | "received" | "clickId";

/** `dimension` is what its cells can be filtered by. */
export type Column = { key: ColumnKey; label: string; dimension: ClickDimensionKey | null };

/** Every column, in the order of the file. The keys are public: the download's `columns`, the cookie, CSV headers. */
export const COLUMNS: readonly Column[] = [
  { key: "time", label: "Time", dimension: null },
  ...CLICK_DIMENSIONS.map(({ key, label }) => ({ key, label, dimension: key })),
  { key: "clickId", label: "Click id", dimension: null },
  { key: "received", label: "Received after", dimension: null },
];

/** What is shown until somebody chooses. */
export const DEFAULT_COLUMNS: readonly ColumnKey[] = [
  "time",
  "linkId",
  "referer",
  "country",
  "city",
  "device",
  "browser",
];

export function columnOf(key: ColumnKey): Column {
  const found = COLUMNS.find((column) => column.key === key);
  if (!found) throw new RangeError(`No column ${key}`);
  return found;
}

/** The columns that a list of keys names, in its order, each once, and the names that are none. */
export function readColumns(text: string): { columns: ColumnKey[]; unknown: string[] } {
  const names = [...new Set(text.split(",").filter((name) => name !== ""))];
  const isColumn = (name: string): name is ColumnKey => COLUMNS.some(({ key }) => key === name);
  return { columns: names.filter(isColumn), unknown: names.filter((name) => !isColumn(name)) };
}

/** The remembered choice, as far as it still names columns. The time always stands: it opens the whole click. */
export function chosenColumns(text: string | undefined): ColumnKey[] {
  const { columns } = readColumns(text ?? "");
  if (columns.length === 0) return [...DEFAULT_COLUMNS];
  return columns.includes("time") ? columns : ["time", ...columns];
}

/** The columns with one put a place earlier or later; as they are when there is no such place. */
export function moveColumn(columns: readonly ColumnKey[], key: ColumnKey, by: -1 | 1): ColumnKey[] {
  const from = columns.indexOf(key);
  const to = from + by;
  if (from < 0 || to < 0 || to >= columns.length) return [...columns];
  return columns.toSpliced(from, 1).toSpliced(to, 0, key);
}

export type Valued = Pick<ListedClick, (typeof FIELD_OF)[ClickDimensionKey]>;

/** What a click has of a dimension, as it is stored and filtered by. */
export function storedValue(click: Valued, key: ClickDimensionKey): string | null {
  const value = click[FIELD_OF[key]];
  const [bot, human] = BOT_WORDS;
  return typeof value === "boolean" ? (value ? bot : human) : value;
}
