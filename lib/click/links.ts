import { tidyText } from "@/lib/clean";
import { spellHost, withoutPunycode } from "@/lib/click/hosts";
import { spellDestination } from "@/lib/destination";

/** The one spelling of a link's domain: its name, in lower case. */
export const spellDomain = (domain: string | null): string | null =>
  domain && (spellHost(tidyText(domain)) ?? (tidyText(domain) || null));

/** The one spelling of a link's key, which the sender writes as `xn--` where it has letters beyond ASCII. */
export const spellKey = (key: string | null): string | null => key && (withoutPunycode(tidyText(key)) || null);

/**
 * The one spelling of a short link, by which people know and look for a link. A name that has been read may be a host
 * that is spelled otherwise in turn.
 */
export function spellShortLink(address: string | null, passes = 4): string | null {
  const spelled = withoutPunycode(address === null ? "" : (spellDestination(address) ?? ""));
  const short = spelled.replace(/^(https?:\/\/[^/?#]+)\/$/, "$1") || null;
  return short === address || passes === 1 ? short : spellShortLink(short, passes - 1);
}

/** The one spelling of a title. */
export const spellTitle = (title: string | null): string | null => title && (tidyText(title) || null);
