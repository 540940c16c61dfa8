import { tidyText } from "@/lib/base/clean";
import { spellDestination } from "@/lib/click/destination";
import { spellHost, withoutPunycode } from "@/lib/click/hosts";
import type { Link } from "@/lib/generated/prisma/client";

/** Normalises a link's domain. */
export const spellDomain = (domain: string | null): string | null =>
  domain && (spellHost(tidyText(domain)) ?? (tidyText(domain) || null));

/** Normalises a link's key. The sender writes non-ASCII keys as `xn--`. */
export const spellKey = (key: string | null): string | null => key && (withoutPunycode(tidyText(key)) || null);

function readShortLink(address: string): string {
  const spelled = withoutPunycode(spellDestination(address) ?? "");
  return spelled.replace(/^(https?:\/\/[^/?#]+)\/$/, "$1");
}

/** A decoded name may itself need normalisation; no URL needs more rounds. */
const MOST_PASSES = 4;

/** Normalises a short link. */
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

/** A link's metadata, as far as it is shown. */
export type LinkSummary = Omit<Link, "tags" | "payload" | "updatedAt" | "saidAt"> & {
  tags: { id: string; name: string; color: string | null }[];
};
