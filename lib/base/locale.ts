import { AsyncLocalStorage } from "node:async_hooks";
import { single } from "@/lib/base/runtime";

/** How a reader writes numbers and dates, as names of locales. Words are English, so dates are those of English there. */
export type Locale = { numbers: string; dates: string };

/** Used when a request states no locale. */
const USUAL: Locale = { numbers: "en-GB", dates: "en-GB" };

const store = single("locale of the reader", () => new AsyncLocalStorage<Locale>())();

/** Does something, with all that follows from it, for a reader with this locale. */
export const inLocale = <T>(locale: Locale, work: () => T): T => store.run(locale, work);

/** A locale under an English name whose dates are known, else that of Britain, which most of the world reads. */
function datesOf(region: string | undefined): string {
  const name = `en-${region}`;
  return new Intl.DateTimeFormat(name).resolvedOptions().locale === name ? name : USUAL.dates;
}

/** The first locale that a browser asks for, with digits that everybody here reads. */
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

/** Locales that readers invent must not fill the memory. */
const MOST_MADE = 2_000;

/** Making a format takes longer than using it a hundred times. */
function once<Format extends Intl.NumberFormat | Intl.DateTimeFormat>(key: unknown[], make: () => Format): Format {
  const name = JSON.stringify(key);
  const known = made.get(name) as Format | undefined;
  if (known) return known;
  const format = make();
  if (made.size >= MOST_MADE) made.clear();
  made.set(name, format);
  return format;
}

/** The format of numbers for the reader who is being answered. */
export function numberFormat(options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const { numbers } = store.getStore() ?? USUAL;
  return once(["number", numbers, options], () => new Intl.NumberFormat(numbers, options));
}

/** The format of dates in `zone` for the reader who is being answered; days have 24 hours. */
export function dateFormat(options: Intl.DateTimeFormatOptions, zone: string): Intl.DateTimeFormat {
  const { dates } = store.getStore() ?? USUAL;
  const whole = { hourCycle: "h23", ...options, timeZone: zone } as const;
  return once(["date", dates, options, zone], () => new Intl.DateTimeFormat(dates, whole));
}
