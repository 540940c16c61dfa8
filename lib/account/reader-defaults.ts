import { isZone } from "@/lib/base/time";

const HERE = "http://footfall.invalid";

/** Cookie with the reader's time zone, for URLs without one. */
export const ZONE_COOKIE = "footfall-zone";

/** Pages whose numbers depend on the time zone and the bots filter. */
const COUNTING_PAGE = /^\/(compare|events|links(\/.*)?)?$/;
/** Pages that only show times. */
const PAGE_WITH_TIMES = /^\/(deliveries|health|settings)$/;

/** Defaults of the reader and the installation for URLs that say nothing. */
type ReaderDefaults = { zone: string | undefined; bots: string | undefined };

/**
 * `path` with `timezone` and `bots` added, or null when nothing changes: the page shows neither times nor numbers, the
 * URL has both, or the defaults are what their absence means (UTC, bots included).
 */
export function withReaderDefaults(path: string, { zone, bots }: ReaderDefaults): string | null {
  if (!URL.canParse(path, HERE)) return null;
  const url = new URL(path, HERE);
  const isCounting = COUNTING_PAGE.test(url.pathname);
  if (!isCounting && !PAGE_WITH_TIMES.test(url.pathname)) return null;
  const added = [
    ...(zone && zone !== "UTC" && isZone(zone) ? [["timezone", zone]] : []),
    ...(isCounting && bots && bots !== "include" ? [["bots", bots]] : []),
  ].filter(([name = ""]) => !url.searchParams.has(name));
  if (added.length === 0) return null;
  const separator = url.search ? "&" : "?";
  return `${url.pathname}${url.search}${separator}${new URLSearchParams(added)}${url.hash}`;
}
