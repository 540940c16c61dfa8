import { cleanText } from "@/lib/clean";

/** What Dub adds to a destination for its own bookkeeping: one would make every click's destination its own. */
const OWN_PARAMETERS = new Set(["dub_id", "via"]);
const NO_VALUE = new Set(["", "(none)"]);

export type Destination = {
  /** As sent, less `dub_id` and `via`. */
  url: string | null;
  /** Up to the query string. */
  baseUrl: string | null;
  utmSource: string | null;
  utmMedium: string | null;
  utmCampaign: string | null;
  utmTerm: string | null;
  utmContent: string | null;
};

/** An address up to its query string and fragment, or null when nothing is left. */
export function withoutQuery(url: string): string | null {
  return url.replace(/[?#].*$/s, "") || null;
}

/** An address without `dub_id` and `via`. Cut out of the text rather than written anew by a parser: the rest stays to the byte. */
export function withoutOwnParameters(url: string): string {
  const [beforeFragment = "", fragment] = split(url, "#");
  const [base = "", query] = split(beforeFragment, "?");
  if (query === undefined) return url;
  const parameters = query.split("&");
  const kept = parameters.filter((parameter) => !OWN_PARAMETERS.has(split(parameter, "=")[0] ?? ""));
  if (kept.length === parameters.length) return url;
  return base + (kept.length > 0 ? `?${kept.join("&")}` : "") + (fragment === undefined ? "" : `#${fragment}`);
}

/** The parts before and after the first separator; no second part when there is none. */
function split(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** What a click's destination says. The UTM parameters are those of its query, decoded; of several, the first. */
export function readDestination(raw: string | null): Destination {
  const [, query = ""] = split(split(raw ?? "", "#")[0], "?");
  const parameters = new URLSearchParams(query);
  const utm = (name: string): string | null => {
    const value = cleanText(parameters.get(name) ?? "");
    return NO_VALUE.has(value) ? null : value;
  };
  return {
    url: raw && (withoutOwnParameters(raw) || null),
    baseUrl: raw && withoutQuery(raw),
    utmSource: utm("utm_source"),
    utmMedium: utm("utm_medium"),
    utmCampaign: utm("utm_campaign"),
    utmTerm: utm("utm_term"),
    utmContent: utm("utm_content"),
  };
}
