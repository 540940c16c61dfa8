import { cleanText, tidyText } from "@/lib/base/clean";
import { partsOf, spellPage, split } from "@/lib/click/address";
import { decodeParameter, spellEscapes } from "@/lib/click/escapes";
import { isTrackingParameter } from "@/lib/click/tracking-parameters";

/** What tools write for a parameter without a value. "(direct)" is a source by that name. */
const NO_VALUE = /^(?:|\(none\)|\(not set\))$/i;

/** What a link says that matters for its destination. */
export type DestinationOf = { key: string | null; url: string | null };

/** Some copy addresses out of HTML, where `&` is written as `&amp;`. */
const parametersOf = (query: string): string[] => query.split(/&(?:(?:amp|#38|#x26);)*/i);

const decodedNameOf = (parameter: string): string => decodeParameter(split(parameter, "=")[0]);
const decodedValueOf = (parameter: string): string => decodeParameter(split(parameter, "=")[1] ?? "");

const hasParameter = (address: string | null, name: string): boolean =>
  parametersOf(partsOf(address ?? "").query ?? "").some((parameter) => decodedNameOf(parameter) === name);

/**
 * Senders append `via` to partner links: the link's key, beside an id of the click. It is the page's own where the
 * link's destination has one, or the address has nothing else of the sender's and another value.
 */
function isSendersVia(parameter: string, link: DestinationOf | null, hasClickId: boolean): boolean {
  if (link === null || decodedNameOf(parameter) !== "via" || hasParameter(link.url, "via")) return false;
  return hasClickId || (link.key !== null && sameKey(decodedValueOf(parameter)) === sameKey(link.key));
}

/** Keys have no case at the sender's usual domains. */
export const sameKey = (key: string): string => key.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** The one spelling of a destination, without parameters that recognise a click; `link` is what led there, if known. */
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

/** The one spelling of a UTM parameter's value; null when it says nothing. */
export function spellUtm(text: string): string | null {
  const value = tidyText(text);
  return NO_VALUE.test(value) ? null : value;
}

/** What a click's destination says; of several UTM parameters of one name the first, decoded. `baseUrl` has no query. */
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
