import "server-only";
import { createHash } from "node:crypto";
import { date, duration, moment, timeOfDay } from "@/lib/base/format-date";
import { cutText, formatLongName, LONGEST_VALUE } from "@/lib/base/long-value";
import { localIso } from "@/lib/base/time";
import { type ClickDimensionKey, type DimensionKey, FIELD_OF, isClickDimension } from "@/lib/click/dimensions";
import { linkName } from "@/lib/click/link-name";
import { spell } from "@/lib/click/spell";
import type { BreakdownRow, ClickPage, FieldValue, ListedClick } from "@/lib/question/answers";
import { exactly } from "@/lib/question/codec/write";
import { COLUMNS, type ColumnKey, storedValue } from "@/lib/question/columns";
import { isDimension } from "@/lib/question/fields";
import { displayValue } from "@/lib/question/format";
import type { FieldName } from "@/lib/question/question";

const FLAGS: Record<string, string> = { true: "yes", false: "no" };

/** Fields whose values are not shown as they are stored, so that people search for other words. All have few values. */
const IN_WORDS: readonly FieldName[] = [
  "country",
  "region",
  "continent",
  "device",
  "trigger",
  "bot",
  "hour",
  "weekday",
];

export const isInWords = (field: FieldName): boolean => IN_WORDS.includes(field);

const spelledAs = (field: DimensionKey, value: string): string | null =>
  isClickDimension(field) ? spell(FIELD_OF[field], value) : value;

/** A value of a field in words; one that somebody asks for is said as the one that it is compared with. */
export function valueWord(field: FieldName, value: string | null): string {
  if (isDimension(field)) return displayValue(field, value === null ? null : spelledAs(field, value));
  return value === null ? "(none)" : (FLAGS[value] ?? value);
}

function countryOf(field: FieldName, { value, place }: BreakdownRow): string | null {
  if (field === "country") return value;
  if (field === "region") return /^([A-Z][A-Z0-9])-/.exec(value ?? "")?.[1] ?? null;
  return place?.country ?? null;
}

/** One row of a breakdown as the value of a condition. */
export function fieldValue(field: FieldName, { value, clicks, ...row }: BreakdownRow): FieldValue {
  const short = row.link && linkName(row.link.id, row.link);
  const text = short ?? row.name ?? valueWord(field, value);
  return {
    value: value !== null && isDimension(field) ? exactly(field, inShort(value)) : value,
    text: cutText(text),
    note:
      (row.link?.title && cutText(row.link.title)) ?? (row.place ? displayValue("country", row.place.country) : null),
    country: countryOf(field, { value, clicks, ...row }),
    clicks,
  };
}

/** Rows of which no two have the same words: where they would, the value as it is stored tells them apart. */
export function toldApart<Row extends { value: string | null; text: string; note: string | null }>(
  rows: readonly Row[],
): Row[] {
  const wordsOf = ({ text, note }: Row) => `${text}\0${note ?? ""}`;
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(wordsOf(row), (counts.get(wordsOf(row)) ?? 0) + 1);
  return rows.map((row) =>
    row.value === null || counts.get(wordsOf(row)) === 1
      ? row
      : { ...row, note: [row.note, row.value].filter(Boolean).join(" · ") },
  );
}

/** What each column says of a click; its day and time of day apart; and both moments to the millisecond. */
export type Words = Record<ColumnKey | "date" | "timeOfDay" | "exactTime" | "exactReceived", string>;

function dimensionWords(click: ListedClick, key: ClickDimensionKey): string {
  const value = storedValue(click, key);
  if (key === "linkId") return linkName(click.linkId, click.link);
  return displayValue(key, value);
}

/** A moment as machines and the zone's clocks say it. */
const exact = (instant: Date, zone: string) => `${instant.toISOString()} · ${localIso(instant.getTime(), zone)}`;

/** A click in words for people, in the zone's time. */
export function wordsOf(click: ListedClick, zone: string): Words {
  const dimensions = COLUMNS.flatMap(({ dimension: key }) => (key ? [[key, dimensionWords(click, key)] as const] : []));
  return {
    ...(Object.fromEntries(dimensions) as Record<ClickDimensionKey, string>),
    time: moment(click.clickedAt, zone),
    date: date(click.clickedAt, zone),
    timeOfDay: timeOfDay(click.clickedAt, zone),
    received: duration(click.receivedAt.getTime() - click.clickedAt.getTime()),
    clickId: click.clickId,
    exactTime: exact(click.clickedAt, zone),
    exactReceived: exact(click.receivedAt, zone),
  };
}

/** A click with its words. */
type WordedClick = ListedClick & { words: Words };

/** A page of clicks, each with its words, as lists carry them: long values by their names. */
export function withWords(
  { rows, ...cursors }: ClickPage,
  zone: string,
): Omit<ClickPage, "rows"> & { rows: WordedClick[] } {
  return { ...cursors, rows: rows.map((row) => shortened({ ...row, words: wordsOf(row, zone) })) };
}

/** A stored value as lists and their addresses carry it: itself, or its name when it is long. */
export function inShort(value: string): string {
  if (value.length <= LONGEST_VALUE) return value;
  const md5 = createHash("md5").update(value).digest("hex");
  return formatLongName({ length: Array.from(value).length, md5 });
}

/** A click of a list for people, with long values by their names and words as far as a cell shows them. */
export function shortened<Click extends ListedClick & { words: Words }>(click: Click): Click {
  const values = Object.values(FIELD_OF).map((field) => {
    const value = click[field];
    return [field, typeof value === "string" ? inShort(value) : value];
  });
  const words = Object.entries(click.words).map(([key, text]) => [key, cutText(text)]);
  const { link } = click;
  const known = link && { ...link, url: link.url && cutText(link.url), title: link.title && cutText(link.title) };
  return { ...click, ...Object.fromEntries(values), words: Object.fromEntries(words), link: known };
}
