import { spellReferer, spellRefererUrl } from "@/lib/click/address";
import { type DestinationOf, readDestination } from "@/lib/click/destination";
import type { StoredClick } from "@/lib/click/fields";
import { spellBrowser, spellCity, spellDevice, spellSystem, spellTrigger } from "@/lib/click/names";
import { regionIn, spellContinent, spellCountry } from "@/lib/click/places";

/** What follows from what is said of a click. */
export type Spelled = Pick<
  StoredClick,
  | ("continent" | "country" | "region" | "city" | "device" | "browser" | "os" | "trigger" | "referer" | "refererUrl")
  | ("url" | "baseUrl" | "utmSource" | "utmMedium" | "utmCampaign" | "utmTerm" | "utmContent")
>;

/** What a click's payload says, or what an earlier version of Footfall has kept of it. */
export type Said = Pick<
  StoredClick,
  ("continent" | "country" | "region" | "city" | "device" | "browser" | "os" | "referer") | ("refererUrlRaw" | "urlRaw")
> & { trigger: string | null; isQr: boolean; link: DestinationOf | null };

const spelled = (text: string | null, spell: (text: string) => string | null): string | null =>
  text === null ? null : spell(text);

/** The stored values of a click in their one spelling. The only way to them: for new clicks and for old ones. */
export function spellClick(said: Said): Spelled {
  const country = spelled(said.country, spellCountry);
  return {
    continent: spelled(said.continent, spellContinent),
    country,
    region: regionIn(said.region, country),
    city: spelled(said.city, spellCity),
    device: spelled(said.device, spellDevice),
    browser: spelled(said.browser, spellBrowser),
    os: spelled(said.os, spellSystem),
    trigger: spelled(said.trigger, spellTrigger) ?? (said.isQr ? "qr" : "link"),
    referer: spelled(said.referer, spellReferer),
    refererUrl: spelled(said.refererUrlRaw, spellRefererUrl),
    ...readDestination(said.urlRaw, said.link),
  };
}
