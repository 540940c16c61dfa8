import "server-only";
import { createHash } from "node:crypto";
import { iso31662 } from "iso-3166";
import { DAY, duration, fullDate, moment, TIME, timeOfDay } from "@/lib/base/format";
import { dateFormat } from "@/lib/base/locale";
import { cutText, formatLongName, LONGEST_VALUE } from "@/lib/base/long-value";
import { type ClosedSpan, isStartOfUnit, localIso } from "@/lib/base/time";
import { appName } from "@/lib/click/apps";
import { type DimensionKey, dimension, FIELD_OF, isClickDimension } from "@/lib/click/dimensions";
import { linkName, withoutScheme } from "@/lib/click/link-name";
import { CONTINENTS } from "@/lib/click/places";
import { spell } from "@/lib/click/spell";
import type { BreakdownRow, ClickPage, FieldValue, ListedClick } from "@/lib/question/answer-types";
import { isWholeDays, wholeMonths } from "@/lib/question/codec/range";
import { exactly } from "@/lib/question/codec/write";
import { COLUMNS, type ColumnKey, storedValue } from "@/lib/question/columns";
import { isDimension } from "@/lib/question/fields";
import { INTERVAL_WORDS } from "@/lib/question/presets";
import type { FieldName, Filters, Interval } from "@/lib/question/question";

const COUNTRIES = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

type Names = Readonly<Record<string, string>>;

/** Codes of geolocation services besides those of countries, and of former countries. */
const OTHER_COUNTRIES: Names = {
  A1: "Anonymous proxy",
  A2: "Satellite provider",
  AN: "Netherlands Antilles",
  AP: "Asia/Pacific, country unknown",
  CS: "Serbia and Montenegro",
  EU: "Europe, country unknown",
  NT: "Neutral Zone",
  PC: "Trust Territory of the Pacific Islands",
  SU: "Soviet Union",
  T1: "Tor",
  YU: "Yugoslavia",
};

/** Display names of stored values. */
const NAMES: Partial<Record<FieldName, Names>> = {
  continent: CONTINENTS,
  trigger: { link: "Link click", qr: "QR scan", pageview: "Page view", deeplink: "Deep link" },
  device: { Smarttv: "Smart TV" },
  bot: { bot: "Bot", human: "Human" },
  weekday: {
    mon: "Monday",
    tue: "Tuesday",
    wed: "Wednesday",
    thu: "Thursday",
    fri: "Friday",
    sat: "Saturday",
    sun: "Sunday",
  },
};

/** Whether a field's display texts differ from its stored values. All these fields have few values. */
export const isInWords = (field: FieldName): boolean =>
  field in NAMES || field === "country" || field === "region" || field === "hour";

/** Display text of a value; unknown values are shown as stored, null by the dimension's name for it. */
export function displayValue(key: DimensionKey, value: string | null): string {
  if (value === null) return dimension(key).none;
  if (key === "country") return country(value);
  if (key === "region") return region(value);
  if (key === "referer") return referer(value);
  if (key === "url" || key === "baseUrl" || key === "refererUrl") return withoutScheme(value);
  if (key === "hour") return `${value.padStart(2, "0")}:00 – ${value.padStart(2, "0")}:59`;
  return nameIn(NAMES[key] ?? {}, value) ?? value;
}

const nameIn = (names: Names, value: string): string | undefined =>
  Object.hasOwn(names, value) ? names[value] : undefined;

function country(code: string): string {
  const other = nameIn(OTHER_COUNTRIES, code);
  if (other !== undefined || !/^[A-Z][A-Z0-9]$/.test(code)) return other ?? code;
  const name = /^[A-Z]{2}$/.test(code) && !/^X[AB]$/.test(code) ? COUNTRIES.of(code) : code;
  return name === undefined || name === code ? `Unknown (${code})` : name;
}

/** Names of apps; ids of Apple's store that aren't in the list are numbers. */
const referer = (value: string): string => appName(value) ?? (/^\d+$/.test(value) ? `App ${value}` : value);

const REGION = /^([A-Z][A-Z0-9])-(.+)$/s;

/** Names of subdivisions by ISO 3166-2 code, which Intl lacks. */
const REGIONS = new Map(iso31662.map(({ code, name }) => [code, name]));

/** "California, United States"; an unknown subdivision keeps its code. A leading hyphen says that the country is unknown. */
function region(code: string): string {
  const [, of, subdivision] = REGION.exec(code) ?? [];
  return of && subdivision ? `${REGIONS.get(code) ?? subdivision}, ${country(of)}` : code.replace(/^-/, "");
}

/** The range in words: "Last 30 days", "October 2026", "1 – 15 Aug 2026", with times unless it is whole days. */
export function rangeWords({ range, zone }: Pick<Filters, "range" | "zone">): string {
  return range.interval ? INTERVAL_WORDS[range.interval] : rangeDates({ range, zone });
}

const MINUTES = { ...DAY, ...TIME };

/** The dates of a range, named or not: "27 Oct – 25 Nov 2026". */
export function rangeDates({ range: { interval, from, to }, zone }: Pick<Filters, "range" | "zone">): string {
  const edge = from ?? to;
  if (!edge) return INTERVAL_WORDS.all;
  const isDays = isWholeDays({ from: from ?? edge, to: to ?? edge }, zone);
  if (from && to) return spanWords({ from, to }, isDays ? dayOptions({ from, to }, interval, zone) : MINUTES, zone);
  const words = dateFormat(isDays ? DAY : MINUTES, zone);
  return from ? `Since ${words.format(from)}` : `Until ${words.format(isDays ? edge.getTime() - 1 : edge)}`;
}

/** Whole months and years are shown by name. */
function dayOptions(span: ClosedSpan, interval: Interval | null, zone: string): Intl.DateTimeFormatOptions {
  const months = interval === null ? wholeMonths(span, zone) : 0;
  if (months === 0) return DAY;
  if (months % 12 === 0 && isStartOfUnit(span.from, "year", zone)) return { year: "numeric" };
  return { month: months === 1 ? "long" : "short", year: "numeric" };
}

/** The dates of a comparison. An unfinished day is shown as a day, unless the range has hours. */
export function comparisonDates({ range, zone }: Pick<Filters, "range" | "zone">, { from, to }: ClosedSpan): string {
  const isByDay = [range.from, from].every((edge) => edge === null || isStartOfUnit(edge, "day", zone));
  return spanWords({ from, to }, isByDay ? DAY : MINUTES, zone);
}

/** A span of days ends with its last millisecond; with minutes, it is shown as it ends. */
function spanWords({ from, to }: ClosedSpan, options: Intl.DateTimeFormatOptions, zone: string): string {
  const last = "minute" in options ? to : new Date(to.getTime() - 1);
  return dateFormat(options, zone)
    .formatRange(from, last)
    .replace(/\s*–\s*/, " – ");
}

const FLAGS: Names = { true: "yes", false: "no" };

/** A condition's value in words, normalised as it is compared. */
export function valueWord(field: FieldName, value: string | null): string {
  if (!isDimension(field)) return value === null ? "(none)" : (FLAGS[value] ?? value);
  return displayValue(field, value !== null && isClickDimension(field) ? spell(FIELD_OF[field], value) : value);
}

function countryOf(field: FieldName, { value, place }: BreakdownRow): string | null {
  if (field === "country") return value;
  if (field === "region") return REGION.exec(value ?? "")?.[1] ?? null;
  return place?.country ?? null;
}

/** A breakdown row as a value to choose. */
export function fieldValue(field: FieldName, row: BreakdownRow): FieldValue {
  const { value, clicks, link, place } = row;
  const title = link?.title && cutText(link.title);
  return {
    value: value !== null && isDimension(field) ? exactly(field, inShort(value)) : value,
    text: cutText((link && linkName(link.id, link)) ?? row.name ?? valueWord(field, value)),
    note: title ?? (place ? displayValue("country", place.country) : null),
    country: countryOf(field, row),
    clicks,
  };
}

/** Makes the texts of rows unique: equal ones get their stored value appended. */
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

/** A click's text per column, its day and time of day, and both times to the millisecond. */
export type Words = Record<ColumnKey | "day" | "timeOfDay" | "exactTime" | "exactReceived", string>;

const exact = (instant: Date, zone: string) => `${instant.toISOString()} · ${localIso(instant.getTime(), zone)}`;

/** A click in words, in the time zone's time. */
export function wordsOf(click: ListedClick, zone: string): Words {
  const { clickedAt, receivedAt, clickId, link } = click;
  const dimensions = COLUMNS.flatMap(({ dimension: key }) =>
    key ? [[key, key === "linkId" ? linkName(click.linkId, link) : displayValue(key, storedValue(click, key))]] : [],
  );
  return {
    ...Object.fromEntries(dimensions),
    time: moment(clickedAt, zone),
    day: fullDate(clickedAt, zone),
    timeOfDay: timeOfDay(clickedAt, zone),
    received: duration(receivedAt.getTime() - clickedAt.getTime()),
    clickId,
    exactTime: exact(clickedAt, zone),
    exactReceived: exact(receivedAt, zone),
  };
}

/** A page of clicks with their words; long values are replaced by their names. */
export function withWords({ rows, ...cursors }: ClickPage, zone: string) {
  return { ...cursors, rows: rows.map((row) => shortened({ ...row, words: wordsOf(row, zone) })) };
}

/** A stored value as lists and their URLs have it: itself, or its name if it is long. */
export function inShort(value: string): string {
  if (value.length <= LONGEST_VALUE) return value;
  const md5 = createHash("md5").update(value).digest("hex");
  return formatLongName({ length: Array.from(value).length, md5 });
}

/** A click of a list: long values replaced by names, and words as far as a cell shows them. */
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
