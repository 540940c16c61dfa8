import { tidyText } from "@/lib/base/clean";

/** What senders say for an unknown country. */
const NO_COUNTRY = new Set(["", "UNKNOWN", "(DIRECT)", "XX", "ZZ", "O1", "QQ", "--", "-", "N/A", "NULL"]);

/** Unofficial codes, and codes of countries that have another one today. */
const SAME_COUNTRY: Readonly<Record<string, string>> = {
  ...{ UK: "GB", EL: "GR", FX: "FR", SF: "FI" },
  ...{ BU: "MM", CT: "KI", DD: "DE", DY: "BJ", HV: "BF", JT: "UM", MI: "UM", NH: "VU", NQ: "AQ", PU: "UM", PZ: "PA" },
  ...{ QU: "EU", RH: "ZW", TP: "TL", VD: "VN", WK: "UM", YD: "YE", ZR: "CD" },
};

const upper = (text: string): string => tidyText(tidyText(text).toUpperCase());

/** Normalises a country code; null for "no value". */
export function spellCountry(text: string): string | null {
  const code = upper(text);
  if (NO_COUNTRY.has(code)) return null;
  return Object.hasOwn(SAME_COUNTRY, code) ? (SAME_COUNTRY[code] ?? code) : code;
}

/** Names of continents by code. */
export const CONTINENTS = {
  AF: "Africa",
  AN: "Antarctica",
  AS: "Asia",
  EU: "Europe",
  NA: "North America",
  OC: "Oceania",
  SA: "South America",
};

const CONTINENT_CODES = new Map(Object.entries(CONTINENTS).map(([code, name]) => [name.toUpperCase(), code]));

/** Normalises a continent code; null for "no value". */
export function spellContinent(text: string): string | null {
  const code = upper(text);
  return NO_COUNTRY.has(code) ? null : (CONTINENT_CODES.get(code) ?? code);
}

/** A country's prefix of a region code. */
const OF_COUNTRY = /^([A-Z][A-Z0-9])-(.+)$/s;

/** Normalises a region code: with its country, such as `US-CA`, if that is known. */
export function spellRegion(text: string): string | null {
  const code = upper(text);
  const [, country, part] = OF_COUNTRY.exec(code) ?? [];
  if (country === undefined || part === undefined) return NO_COUNTRY.has(code) ? null : code;
  if (NO_COUNTRY.has(part)) return null;
  const spelled = spellCountry(country);
  return spelled === null ? spellRegion(part) : `${spelled}-${part}`;
}

/** A region with its country, both normalised: the sender sends only the part after the hyphen. */
export function regionIn(region: string | null, country: string | null): string | null {
  if (region === null || country === null || OF_COUNTRY.test(region)) return region;
  return `${country}-${region}`;
}
