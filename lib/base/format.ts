import { type Granularity, HOUR, localIso } from "@/lib/base/time";
import { dateFormat, numberFormat } from "./locale";

// Formatting happens on the server only: the browser may have other locale data.

const TENTHS: Intl.NumberFormatOptions = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const SHARE: Intl.NumberFormatOptions = { ...TENTHS, style: "percent" };
const ROUND: Intl.NumberFormatOptions = { style: "percent" };

/** "1,234,567" */
export const count = (n: number): string => numberFormat().format(n);

/** "12K", "1.2M" */
export const compact = (n: number): string => numberFormat({ notation: "compact" }).format(n);

/** "12.3%" or "12,3 %". "0%" and "100%" only when exact; else "<0.1%" and ">99.9%". */
export function percent(part: number, total: number): string {
  if (part === 0) return numberFormat(ROUND).format(0);
  if (part === total) return numberFormat(ROUND).format(1);
  const share = part / total;
  if (share < 0.001) return `<${numberFormat(SHARE).format(0.001)}`;
  if (share > 0.999) return `>${numberFormat(SHARE).format(0.999)}`;
  return numberFormat(SHARE).format(share);
}

export const DAY: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };
export const TIME: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

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

/** A bucket's full label. Repeated hours include the offset to tell them apart. */
export function bucketLabel(start: number, granularity: Granularity, zone: string): string {
  const text = dateFormat(LABELS[granularity], zone).format(start);
  if (granularity === "week") return `Week of ${text}`;
  const isTime = granularity === "hour" || granularity === "quarterHour";
  return isTime && isRepeated(start, zone) ? `${text} (UTC${offset(start, zone)})` : text;
}

/** With more buckets than this, a time alone is ambiguous. */
const WITHOUT_DAY: Partial<Record<Granularity, number>> = { hour: 26, quarterHour: 104 };

/** A bucket's short label for an axis with `count` buckets. */
export function bucketTick(start: number, granularity: Granularity, zone: string, count: number): string {
  const dayToo = count > (WITHOUT_DAY[granularity] ?? Number.POSITIVE_INFINITY);
  return dateFormat(dayToo ? { ...TICKS.day, ...TICKS.hour } : TICKS[granularity], zone).format(start);
}

function isRepeated(start: number, zone: string): boolean {
  const wall = localIso(start, zone).slice(0, 19);
  return [-1, -0.5, 0.5, 1].some((hours) => localIso(start + hours * HOUR, zone).slice(0, 19) === wall);
}

function offset(ms: number, zone: string): string {
  const [sign, hours, minutes] = [
    ...localIso(ms, zone)
      .slice(19)
      .matchAll(/[+-]|\d\d/g),
  ].map(([part]) => part);
  return `${sign}${Number(hours)}${minutes === "00" ? "" : `:${minutes}`}`;
}

const AGO = new Intl.RelativeTimeFormat("en", { numeric: "always" });
const STEPS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** Relative time, rounded down: "3 minutes ago". */
export function ago(date: Date, now: Date): string {
  const seconds = (now.getTime() - date.getTime()) / 1000;
  const step = STEPS.find(([, length]) => seconds >= length);
  return step ? AGO.format(-Math.floor(seconds / step[1]), step[0]) : "just now";
}

/** "Europe/Berlin, UTC+1", with the offset at `now`. */
export function zoneLabel(zone: string, now: Date): string {
  return zone === "UTC" ? zone : `${zone.replaceAll("_", " ")}, UTC${offset(now.getTime(), zone)}`;
}

/** "1,785 clicks, 14.9%", or with a comparison "1,785 clicks, 14.9%, 1,500 before". */
export function clicksWords(clicks: number, total: number, previous?: number): string {
  const words = `${count(clicks)} ${clicks === 1 ? "click" : "clicks"}`;
  return [
    clicks > 0 ? `${words}, ${percent(clicks, total)}` : "no clicks",
    ...(previous === undefined ? [] : [`${count(previous)} before`]),
  ].join(", ");
}

const SIZE_UNITS = ["bytes", "KB", "MB", "GB", "TB"];

/** Bytes in their largest unit: "0 bytes", "512 MB", "1.4 GB". */
export function size(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(SIZE_UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  const digits = step > 0 && value < 10 ? 1 : 0;
  const format = numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });
  return `${format.format(value)}\u00A0${SIZE_UNITS[step]}`;
}

const styled = (options: Intl.DateTimeFormatOptions) => (instant: Date, zone: string) =>
  dateFormat(options, zone).format(instant);

/** Date in `zone`: "3 Nov 2026". */
export const date = styled({ dateStyle: "medium" });

/** Day in `zone`, in full: "Tuesday 3 November 2026". */
export const fullDate = styled({ dateStyle: "full" });

/** Time of day in `zone`: "14:05:09". */
export const timeOfDay = styled({ timeStyle: "medium" });

/** Date and time with seconds in `zone`: "3 Nov 2026, 14:05:09". */
export const moment = styled({ dateStyle: "medium", timeStyle: "medium" });

/** Date and time in `zone`: "3 Nov 2026, 14:05". */
export const minute = styled({ dateStyle: "medium", timeStyle: "short" });

const TIME_UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** Duration in its two largest units, rounded down: "0.4 s", "12 s", "3 min 5 s", "2 h 14 min", "4 d 3 h". */
export function duration(ms: number): string {
  // Negative when the clocks of two machines differ.
  if (ms < 0) return `\u2212${duration(-ms)}`;
  if (ms < 9_950) return `${numberFormat(TENTHS).format(ms / 1_000)}\u00A0s`;
  let rest = Math.floor(ms / 1_000);
  const parts = TIME_UNITS.flatMap(([unit, seconds]) => {
    const amount = Math.floor(rest / seconds);
    rest -= amount * seconds;
    return { unit, amount };
  });
  const first = parts.findIndex(({ amount }) => amount > 0);
  return parts
    .slice(first, first + 2)
    .filter(({ amount }) => amount > 0)
    .map(({ unit, amount }) => `${amount}\u00A0${unit}`)
    .join(" ");
}
