import { tidyText } from "@/lib/base/clean";
import { spellDestination } from "@/lib/click/destination";
import { spellHost, withoutPunycode } from "@/lib/click/hosts";
import type { Link } from "@/lib/generated/prisma/client";

/** The one spelling of a link's domain: its name, in lower case. */
export const spellDomain = (domain: string | null): string | null =>
  domain && (spellHost(tidyText(domain)) ?? (tidyText(domain) || null));

/** The one spelling of a link's key, which the sender writes as `xn--` where it has letters beyond ASCII. */
export const spellKey = (key: string | null): string | null => key && (withoutPunycode(tidyText(key)) || null);

function readShortLink(address: string): string {
  const spelled = withoutPunycode(spellDestination(address) ?? "");
  return spelled.replace(/^(https?:\/\/[^/?#]+)\/$/, "$1");
}

/** A name that has been read may be a host that is spelled otherwise in turn; no address needs more. */
const MOST_PASSES = 4;

/** The one spelling of a short link, by which people know and look for a link. */
export function spellShortLink(address: string | null): string | null {
  let short = address ?? "";
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const next = readShortLink(short);
    if (next === short) break;
    short = next;
  }
  return short || null;
}

export const spellTitle = (title: string | null): string | null => title && (tidyText(title) || null);

/** What is known of a link, as far as it is shown. */
export type LinkSummary = Omit<Link, "tags" | "payload" | "updatedAt" | "saidAt"> & {
  tags: { id: string; name: string; color: string | null }[];
};
