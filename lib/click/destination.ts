import { cleanText, tidyText } from "@/lib/base/clean";
import { partsOf, spellPage, split } from "@/lib/click/address";
import { decodeParameter, spellEscapes } from "@/lib/click/escapes";
import { isTrackingParameter } from "@/lib/click/tracking-parameters";

/** What tools write for an empty parameter. "(direct)" is a source of that name. */
const NO_VALUE = /^(?:|\(none\)|\(not set\))$/i;

/** What matters about a link for its destination. */
export type DestinationOf = { key: string | null; url: string | null };

/** Some copy URLs from HTML, where `&` is `&amp;`. */
const parametersOf = (query: string): string[] => query.split(/&(?:(?:amp|#38|#x26);)*/i);

const decodedNameOf = (parameter: string): string => decodeParameter(split(parameter, "=")[0]);
const decodedValueOf = (parameter: string): string => decodeParameter(split(parameter, "=")[1] ?? "");

const hasParameter = (address: string | null, name: string): boolean =>
  parametersOf(partsOf(address ?? "").query ?? "").some((parameter) => decodedNameOf(parameter) === name);

/**
 * Senders append `via` to partner links: the link's key, beside a click id. It belongs to the page if the link's own
 * destination has one, or if the URL has nothing else of the sender's and another value.
 */
function isSendersVia(parameter: string, link: DestinationOf | null, hasClickId: boolean): boolean {
  if (link === null || decodedNameOf(parameter) !== "via" || hasParameter(link.url, "via")) return false;
  return hasClickId || (link.key !== null && sameKey(decodedValueOf(parameter)) === sameKey(link.key));
}

/** Keys ignore case on the sender's usual domains. */
export const sameKey = (key: string): string => key.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Normalises a destination and removes parameters that identify a click. `link`: the link that led there, if known. */
export function spellDestination(address: string, link: DestinationOf | null = null): string | null {
  const { query, fragment } = partsOf(cleanText(address).trim());
  const hasClickId = hasParameter(address, "dub_id");
  const kept = parametersOf(query ?? "").filter((parameter) => {
    const name = decodedNameOf(parameter);
    return (
      parameter !== "" && name !== "dub_id" && !isTrackingParameter(name) && !isSendersVia(parameter, link, hasClickId)
    );
  });
  const spelled = kept.length > 0 ? `?${spellEscapes(kept.join("&"))}` : "";
  return spellPage(address) + spelled + (fragment === null ? "" : `#${fragment.normalize("NFC")}`) || null;
}

/** Normalises a UTM value; null for "no value". */
export function spellUtm(text: string): string | null {
  const value = tidyText(text);
  return NO_VALUE.test(value) ? null : value;
}

/** What a click's destination says. Of several UTM parameters of one name, the first. `baseUrl` has no query string. */
export function readDestination(raw: string | null, link: DestinationOf | null = null) {
  const parameters = parametersOf(partsOf(raw ?? "").query ?? "");
  const utm = (name: string): string | null => {
    const found = parameters.find((parameter) => decodedNameOf(parameter) === name);
    return found === undefined ? null : spellUtm(decodedValueOf(found));
  };
  return {
    url: raw && spellDestination(raw, link),
    baseUrl: raw && (spellPage(raw) || null),
    utmSource: utm("utm_source"),
    utmMedium: utm("utm_medium"),
    utmCampaign: utm("utm_campaign"),
    utmTerm: utm("utm_term"),
    utmContent: utm("utm_content"),
  };
}
