import { appName } from "@/lib/click/apps";
import { type DimensionKey, dimension } from "@/lib/dimensions";
import { withoutScheme } from "@/lib/link-name";
import { dateFormat, numberFormat } from "@/lib/locale";
import { isWholeDays, wholeMonths } from "@/lib/question/codec/range";
import type { Filters, Granularity, Interval } from "@/lib/question/question";
import { text as ranges } from "@/lib/text/ranges";
import { text } from "@/lib/text/values";
import { localIso } from "@/lib/time";

// Words for people. Made on the server only, so that its tables and the browser's cannot disagree.

const COUNTRIES = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

/** A stored value in words; what is not known stays as it is stored. Null is the dimension's word for it. */
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

const SHARE = { minimumFractionDigits: 1, maximumFractionDigits: 1 };

/** Such as "1,234,567". */
export function count(n: number): string {
  return numberFormat().format(n);
}

/** Such as "12.3 %". Never "0 %" of something or "100 %" of less than all. */
export function percent(part: number, total: number): string {
  if (part === 0) return "0\u00A0%";
  if (part === total) return "100\u00A0%";
  const share = (part / total) * 100;
  if (share < 0.1) return `<${numberFormat(SHARE).format(0.1)}\u00A0%`;
  if (share > 99.9) return `>${numberFormat(SHARE).format(99.9)}\u00A0%`;
  return `${numberFormat(SHARE).format(share)}\u00A0%`;
}

const DAY: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };
const TIME: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

const LABELS: Record<Granularity, Intl.DateTimeFormatOptions> = {
  quarterHour: { weekday: "short", ...DAY, ...TIME },
  hour: { weekday: "short", ...DAY, ...TIME },
  day: { weekday: "short", ...DAY },
  week: DAY,
  month: { month: "long", year: "numeric" },
};

const TICKS: Record<Granularity, Intl.DateTimeFormatOptions> = {
  quarterHour: TIME,
  hour: TIME,
  day: { day: "numeric", month: "short" },
  week: { day: "numeric", month: "short" },
  month: { month: "short", year: "numeric" },
};

/** A bucket in full; of a repeated hour with its offset, so that the two differ. */
export function bucketLabel(start: number, granularity: Granularity, zone: string): string {
  const text = dateFormat(LABELS[granularity], zone).format(start);
  if (granularity === "week") return `Week of ${text}`;
  const isTime = granularity === "hour" || granularity === "quarterHour";
  return isTime && isRepeated(start, zone) ? `${text} (UTC${offset(start, zone)})` : text;
}

/** More of them than this and the time alone does not say which day. */
const WITHOUT_DAY: Partial<Record<Granularity, number>> = { hour: 26, quarterHour: 104 };

/** A bucket as an axis has room for; `count` is how many buckets the axis has. */
export function bucketTick(start: number, granularity: Granularity, zone: string, count: number): string {
  const dayToo = count > (WITHOUT_DAY[granularity] ?? Number.POSITIVE_INFINITY);
  return dateFormat(dayToo ? { ...TICKS.day, ...TICKS.hour } : TICKS[granularity], zone).format(start);
}

const HOUR_MS = 60 * 60 * 1000;

function isRepeated(start: number, zone: string): boolean {
  const wall = localIso(start, zone).slice(0, 19);
  return [-1, -0.5, 0.5, 1].some((hours) => localIso(start + hours * HOUR_MS, zone).slice(0, 19) === wall);
}

function offset(ms: number, zone: string): string {
  const [sign, hours, minutes] = [
    ...localIso(ms, zone)
      .slice(19)
      .matchAll(/[+-]|\d\d/g),
  ].map(([part]) => part);
  return `${sign}${Number(hours)}${minutes === "00" ? "" : `:${minutes}`}`;
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

const AGO = new Intl.RelativeTimeFormat("en", { numeric: "always" });
const STEPS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** How long ago, rounded down: "3 minutes ago". */
export function ago(date: Date, now: Date): string {
  const seconds = (now.getTime() - date.getTime()) / 1000;
  const step = STEPS.find(([, length]) => seconds >= length);
  return step ? AGO.format(-Math.floor(seconds / step[1]), step[0]) : "just now";
}

/** A zone and its offset at `now`: "Europe/Berlin, UTC+1". */
export function zoneLabel(zone: string, now: Date): string {
  return zone === "UTC" ? zone : `${zone.replaceAll("_", " ")}, UTC${offset(now.getTime(), zone)}`;
}
