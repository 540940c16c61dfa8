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

/** Normalises a value for storage and for questions; null for "no value". Idempotent. */
type Spelling = (text: string) => string | null;

/** The rules of normalisation, to which the table of fields refers by name: browsers read it, but never normalise. */
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

/** A click's raw values, from its payload or as an earlier version stored them. */
export type Said = Record<SentKey, string | null> &
  Pick<StoredClick, "refererUrlRaw" | "urlRaw"> & { isQr: boolean; link: DestinationOf | null };

/** Normalises a value of a field; null for "no value". */
export function spell(key: FieldKey, text: string): string | null {
  const { spelling }: ClickField = FIELDS[key];
  return spelling === undefined ? text : SPELLINGS[spelling](text);
}

export type SentWord = (typeof FIELDS)[SentKey]["sent"];

/** Fields that payloads state as plain text, with the sender's names. */
export const SENT = CLICK_FIELDS.flatMap(({ key, sent, spelling }) =>
  sent === undefined ? [] : [{ key: key as SentKey, sent: sent as SentWord, spellWord: SPELLINGS[spelling] }],
);

/** The normalised values of a click. The only place where they are made, for new clicks and stored ones. */
export function spellClick(said: Said): Spelled {
  const words = {} as Record<SentKey, string | null>;
  for (const { key, spellWord } of SENT) {
    const text = said[key];
    words[key] = text === null ? null : spellWord(text);
  }
  // Not spread: V8 copies an object whose keys were set in a loop more slowly than all of this takes.
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
