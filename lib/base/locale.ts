import { AsyncLocalStorage } from "node:async_hooks";
import { single } from "@/lib/base/runtime";

/** Locales for a reader's numbers and dates. Dates are always English, in the form of the reader's region. */
export type Locale = { numbers: string; dates: string };

/** Used when a request has no Accept-Language. */
const USUAL: Locale = { numbers: "en-GB", dates: "en-GB" };

const store = single("locale of the reader", () => new AsyncLocalStorage<Locale>())();

/** Runs `work`, and everything asynchronous it starts, with the reader's locale. */
export const inLocale = <T>(locale: Locale, work: () => T): T => store.run(locale, work);

/** The region's English locale, or British English where there is none. */
function datesOf(region: string | undefined): string {
  const name = `en-${region}`;
  return new Intl.DateTimeFormat(name).resolvedOptions().locale === name ? name : USUAL.dates;
}

/** The first locale of an Accept-Language header, with Latin digits. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const wanted = acceptLanguage?.split(/[,;]/, 1)[0]?.trim() ?? "";
  try {
    const locale = new Intl.Locale(wanted, { numberingSystem: "latn" });
    return { numbers: locale.toString(), dates: datesOf(locale.maximize().region) };
  } catch {
    return USUAL;
  }
}

const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** Limits memory: readers can send any locale. */
const MOST_MADE = 2_000;

/** Creating a format costs more than using it a hundred times. */
function once<Format extends Intl.NumberFormat | Intl.DateTimeFormat>(key: unknown[], make: () => Format): Format {
  const name = JSON.stringify(key);
  const known = made.get(name) as Format | undefined;
  if (known) return known;
  const format = make();
  if (made.size >= MOST_MADE) made.clear();
  made.set(name, format);
  return format;
}

/** Number format for the current request's reader. */
export function numberFormat(options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const { numbers } = store.getStore() ?? USUAL;
  return once(["number", numbers, options], () => new Intl.NumberFormat(numbers, options));
}

/** Date format in `zone` for the current request's reader, with a 24-hour clock. */
export function dateFormat(options: Intl.DateTimeFormatOptions, zone: string): Intl.DateTimeFormat {
  const { dates } = store.getStore() ?? USUAL;
  const whole = { hourCycle: "h23", ...options, timeZone: zone } as const;
  return once(["date", dates, options, zone], () => new Intl.DateTimeFormat(dates, whole));
}
