import { isZone } from "@/lib/time";

const HERE = "http://footfall.invalid";

/** Holds the reader's time zone, for addresses that name none. */
export const ZONE_COOKIE = "footfall-zone";

/** Pages whose numbers depend on the zone. */
const ZONED_PAGE = /^\/(compare|events|links(\/.*)?)?$/;

/**
 * `path` with `timezone` added, or null when nothing is to be added: the page has no zone, the address names one, or
 * the given zone is unknown or UTC (which is what an address without a zone means).
 */
export function zonedPath(path: string, zone: string | undefined): string | null {
  if (!zone || zone === "UTC" || !isZone(zone) || !URL.canParse(path, HERE)) return null;
  const url = new URL(path, HERE);
  if (!ZONED_PAGE.test(url.pathname) || url.searchParams.has("timezone")) return null;
  const separator = url.search ? "&" : "?";
  return `${url.pathname}${url.search}${separator}timezone=${encodeURIComponent(zone)}${url.hash}`;
}
