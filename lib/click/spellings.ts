import { spellPage, spellReferer, spellRefererUrl } from "@/lib/click/address";
import { spellDestination, spellUtm } from "@/lib/click/destination";
import { spellBrowser, spellDevice, spellSystem, spellText, spellTrigger } from "@/lib/click/names";
import { spellContinent, spellCountry, spellRegion } from "@/lib/click/places";

/** What is stored and asked for instead of what somebody says; null when that is no value. Says the same twice. */
type Spelling = (text: string) => string | null;

/** The spelling rules. The table of fields names them, because browsers read it too and never spell. */
export const SPELLINGS = {
  destination: (text) => spellDestination(text),
  page: (text) => spellPage(text) || null,
  referer: spellReferer,
  refererUrl: spellRefererUrl,
  country: spellCountry,
  region: spellRegion,
  continent: spellContinent,
  device: spellDevice,
  trigger: spellTrigger,
  browser: spellBrowser,
  system: spellSystem,
  utm: spellUtm,
  text: spellText,
} as const satisfies Record<string, Spelling>;

export type SpellingName = keyof typeof SPELLINGS;
