import { DAY, TIME } from "@/lib/base/format";
import { dateFormat } from "@/lib/base/locale";
import { localIso } from "@/lib/base/time";
import { appName } from "@/lib/click/apps";
import { type DimensionKey, dimension } from "@/lib/click/dimensions";
import { withoutScheme } from "@/lib/click/link-name";
import { text } from "@/lib/click/values-text";
import { isWholeDays, wholeMonths } from "@/lib/question/codec/range";
import type { Filters, Interval } from "@/lib/question/question";
import { text as ranges } from "@/lib/question/ranges-text";

const COUNTRIES = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

/** A stored value as display text; unknown values are shown as stored, null as the dimension's word for none. */
export function displayValue(key: DimensionKey, value: string | null): string {
  if (value === null) return dimension(key).none;
  if (key === "country") return country(value);
  if (key === "continent") return lookUp(text.continents, value);
  if (key === "trigger") return lookUp(text.triggers, value);
  if (key === "device") return lookUp(text.devices, value);
  if (key === "region") return region(value);
  if (key === "bot") return lookUp(text.bots, value);
  if (key === "weekday") return lookUp(text.weekdays, value);
  if (key === "referer") return referer(value);
  if (key === "url" || key === "baseUrl" || key === "refererUrl") return withoutScheme(value);
  if (key === "hour") return `${value.padStart(2, "0")}:00 – ${value.padStart(2, "0")}:59`;
  return value;
}

function lookUp(words: Readonly<Record<string, string>>, value: string): string {
  return Object.hasOwn(words, value) ? (words[value] ?? value) : value;
}

function country(code: string): string {
  if (Object.hasOwn(text.countries, code)) return lookUp(text.countries, code);
  if (!/^[A-Z][A-Z0-9]$/.test(code)) return code;
  const name = /^[A-Z]{2}$/.test(code) && !/^X[AB]$/.test(code) ? COUNTRIES.of(code) : code;
  return name === undefined || name === code ? text.unnamedCountry(code) : name;
}

/** Apps by name; those of Apple's store that have none here are numbers. */
function referer(value: string): string {
  return appName(value) ?? (/^\d+$/.test(value) ? text.unnamedApp(value) : value);
}

/** "CA, United States": subdivisions have no names in Intl. A leading hyphen says that the country is not known. */
function region(code: string): string {
  const [, of, subdivision] = /^([A-Z][A-Z0-9])-(.+)$/s.exec(code) ?? [];
  return of && subdivision ? `${subdivision}, ${country(of)}` : code.replace(/^-/, "");
}

/** A range by name, in words. */
export const intervalWords = (interval: Interval): string => ranges.intervals[interval];

/** The range in words: "Last 30 days", "October 2026", "1 – 15 Aug 2026", with times when it is not whole days. */
export function rangeWords({ range, zone }: Pick<Filters, "range" | "zone">): string {
  return range.interval ? ranges.intervals[range.interval] : rangeDates({ range, zone });
}

/** The dates that the range has now, by name or not: "27 Oct – 25 Nov 2026". */
export function rangeDates({ range: { interval, from, to }, zone }: Pick<Filters, "range" | "zone">): string {
  const edge = from ?? to;
  if (!edge) return ranges.intervals.all;
  const isDays = isWholeDays({ from: from ?? edge, to: to ?? edge }, zone);
  if (from && to) return spanWords({ from, to }, isDays ? dayOptions({ from, to }, interval, zone) : MINUTES, zone);
  if (from) return ranges.since(dateFormat(isDays ? DAY : MINUTES, zone).format(from));
  return ranges.until(dateFormat(isDays ? DAY : MINUTES, zone).format(isDays ? edge.getTime() - 1 : edge));
}

/** Dates that are whole months or years are called so. */
function dayOptions(span: Span, interval: Interval | null, zone: string): Intl.DateTimeFormatOptions {
  const months = interval === null ? wholeMonths(span, zone) : 0;
  if (months === 0) return DAY;
  if (months % 12 === 0 && localIso(span.from.getTime(), zone).slice(5, 7) === "01") return { year: "numeric" };
  return { month: months === 1 ? "long" : "short", year: "numeric" };
}

const MINUTES = { ...DAY, ...TIME };

const isMidnight = (edge: Date, zone: string) => isWholeDays({ from: edge, to: edge }, zone);

/** What the range is compared with, in dates. Of a day that is not over it says the day, unless the range is by the hour. */
export function comparisonDates({ range, zone }: Pick<Filters, "range" | "zone">, { from, to }: Span): string {
  const byHour = range.from !== null && !isMidnight(range.from, zone);
  return spanWords({ from, to }, byHour || !isMidnight(from, zone) ? MINUTES : DAY, zone);
}

type Span = { from: Date; to: Date };

/** The last millisecond of the span is the last thing in it; by the minute it is where the span ends. */
function spanWords({ from, to }: Span, options: Intl.DateTimeFormatOptions, zone: string): string {
  const last = "minute" in options ? to : new Date(to.getTime() - 1);
  return dateFormat(options, zone)
    .formatRange(from, last)
    .replace(/\s*–\s*/, " – ");
}
