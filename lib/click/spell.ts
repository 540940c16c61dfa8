import { spellPage, spellReferer, spellRefererUrl } from "@/lib/click/address";
import { type DestinationOf, readDestination, spellDestination, spellUtm } from "@/lib/click/destination";
import {
  CLICK_FIELDS,
  type ClickField,
  FIELDS,
  type FieldKey,
  type SentKey,
  type SpelledKey,
  type StoredClick,
} from "@/lib/click/fields";
import { spellBrowser, spellDevice, spellSystem, spellText, spellTrigger } from "@/lib/click/names";
import { regionIn, spellContinent, spellCountry, spellRegion } from "@/lib/click/places";

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

export type Spelled = Pick<StoredClick, SpelledKey>;

/** What a click's payload says, or what an earlier version of Footfall has kept of it. */
export type Said = Record<SentKey, string | null> &
  Pick<StoredClick, "refererUrlRaw" | "urlRaw"> & { isQr: boolean; link: DestinationOf | null };

/** A value of a field in its one spelling; null when it is no value. */
export function spell(key: FieldKey, text: string): string | null {
  const { spelling }: ClickField = FIELDS[key];
  return spelling === undefined ? text : SPELLINGS[spelling](text);
}

export type SentWord = (typeof FIELDS)[SentKey]["sent"];

/** The fields that a payload says in plain text, each with the sender's word for it. */
export const SENT = CLICK_FIELDS.flatMap(({ key, sent, spelling }) =>
  sent === undefined ? [] : [{ key: key as SentKey, sent: sent as SentWord, spellWord: SPELLINGS[spelling] }],
);

/** The stored values of a click in their one spelling. The only way to them: for new clicks and for old ones. */
export function spellClick(said: Said): Spelled {
  const words = {} as Record<SentKey, string | null>;
  for (const { key, spellWord } of SENT) {
    const text = said[key];
    words[key] = text === null ? null : spellWord(text);
  }
  // Not spread: of an object whose keys were set in a loop, V8 makes a copy more slowly than all of this spells.
  return Object.assign(
    words,
    {
      region: regionIn(words.region, words.country),
      trigger: words.trigger ?? (said.isQr ? "qr" : "link"),
      refererUrl: said.refererUrlRaw === null ? null : SPELLINGS.refererUrl(said.refererUrlRaw),
    },
    readDestination(said.urlRaw, said.link),
  );
}
