import type { ClickDimensionKey } from "@/lib/dimensions";
import { displayValue } from "@/lib/format";
import { date, duration, moment, timeOfDay } from "@/lib/format-date";
import { linkName } from "@/lib/link-name";
import type { ClickPage, ListedClick } from "@/lib/query/answers";
import { COLUMNS, type ColumnKey, storedValue } from "@/lib/query/columns";
import { shortened } from "@/lib/query/shorten";
import { localIso } from "@/lib/time";

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
export type WordedClick = ListedClick & { words: Words };

/** A page of clicks, each with its words, as lists carry them: long values by their names. */
export function withWords(
  { rows, ...cursors }: ClickPage,
  zone: string,
): Omit<ClickPage, "rows"> & { rows: WordedClick[] } {
  return { ...cursors, rows: rows.map((row) => shortened({ ...row, words: wordsOf(row, zone) })) };
}
