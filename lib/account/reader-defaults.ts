import { isZone } from "@/lib/base/time";

const HERE = "http://footfall.invalid";

/** Holds the reader's time zone, for addresses that name none. */
export const ZONE_COOKIE = "footfall-zone";

/** Pages whose numbers depend on the zone and on the view of bots. */
const COUNTING_PAGE = /^\/(compare|events|links(\/.*)?)?$/;

/** What the reader or the installation wants where an address says nothing. */
type ReaderDefaults = { zone: string | undefined; bots: string | undefined };

/**
 * `path` with `timezone` and `bots` added, or null when nothing is to be added: the page does not count, the address
 * names them, or what is wanted is what an address without them means: UTC, and bots included.
 */
export function withReaderDefaults(path: string, { zone, bots }: ReaderDefaults): string | null {
  if (!URL.canParse(path, HERE)) return null;
  const url = new URL(path, HERE);
  if (!COUNTING_PAGE.test(url.pathname)) return null;
  const added = [
    ...(zone && zone !== "UTC" && isZone(zone) ? [["timezone", zone]] : []),
    ...(bots && bots !== "include" ? [["bots", bots]] : []),
  ].filter(([name = ""]) => !url.searchParams.has(name));
  if (added.length === 0) return null;
  const separator = url.search ? "&" : "?";
  return `${url.pathname}${url.search}${separator}${new URLSearchParams(added)}${url.hash}`;
}
