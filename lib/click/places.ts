import { tidyText } from "@/lib/base/clean";

/** What senders say where no country is known. */
const NO_COUNTRY = new Set(["", "UNKNOWN", "(DIRECT)", "XX", "ZZ", "O1", "QQ", "--", "-", "N/A", "NULL"]);

/** Unofficial codes, and those of countries that have another one today. */
const SAME_COUNTRY: Readonly<Record<string, string>> = {
  ...{ UK: "GB", EL: "GR", FX: "FR", SF: "FI" },
  ...{ BU: "MM", CT: "KI", DD: "DE", DY: "BJ", HV: "BF", JT: "UM", MI: "UM", NH: "VU", NQ: "AQ", PU: "UM", PZ: "PA" },
  ...{ QU: "EU", RH: "ZW", TP: "TL", VD: "VN", WK: "UM", YD: "YE", ZR: "CD" },
};

const upper = (text: string): string => tidyText(tidyText(text).toUpperCase());

/** The one code of a country, or null when the text says that none is known. */
export function spellCountry(text: string): string | null {
  const code = upper(text);
  if (NO_COUNTRY.has(code)) return null;
  return Object.hasOwn(SAME_COUNTRY, code) ? (SAME_COUNTRY[code] ?? code) : code;
}

/** Continents by their codes. */
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

/** The one code of a continent, or null when the text says that none is known. */
export function spellContinent(text: string): string | null {
  const code = upper(text);
  return NO_COUNTRY.has(code) ? null : (CONTINENT_CODES.get(code) ?? code);
}

/** A country and a hyphen in front of a region. */
const OF_COUNTRY = /^([A-Z][A-Z0-9])-(.+)$/s;

/** The one code of a region: with its country, such as `US-CA`, where that is known; else the bare part of it. */
export function spellRegion(text: string): string | null {
  const code = upper(text);
  const [, country, part] = OF_COUNTRY.exec(code) ?? [];
  if (country === undefined || part === undefined) return NO_COUNTRY.has(code) ? null : code;
  if (NO_COUNTRY.has(part)) return null;
  const spelled = spellCountry(country);
  return spelled === null ? spellRegion(part) : `${spelled}-${part}`;
}

/** A region with its country, both in their one spelling: the sender says the part after the hyphen alone. */
export function regionIn(region: string | null, country: string | null): string | null {
  if (region === null || country === null || OF_COUNTRY.test(region)) return region;
  return `${country}-${region}`;
}
