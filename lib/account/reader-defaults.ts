import { isZone } from "@/lib/base/time";
import { WEEK_STARTS } from "@/lib/base/week-start";

const HERE = "http://footfall.invalid";

/** Cookie with the zone of the reader's browser, or the one last chosen there, unless the account has one. */
export const ZONE_COOKIE = "footfall-zone";

/** Pages whose numbers depend on the time zone, the start of weeks and the bots filter. */
const COUNTING_PAGE = /^\/(compare|events|links(\/.*)?)?$/;
/** Pages that only show times. */
const PAGE_WITH_TIMES = /^\/(deliveries|health|settings(\/(people|keys|audit))?)$/;

/** The parameters that a page knows and a URL doesn't have. */
function missing(path: string): string[] {
  if (!URL.canParse(path, HERE)) return [];
  const { pathname, searchParams } = new URL(path, HERE);
  const isCounting = COUNTING_PAGE.test(pathname);
  const known = isCounting ? ["timezone", "weekStart", "bots"] : PAGE_WITH_TIMES.test(pathname) ? ["timezone"] : [];
  const open = known.filter((name) => !searchParams.has(name));
  // A URL with a zone and bots is somebody's whole view: without a word about weeks they start on Monday.
  return open.length === 1 && open[0] === "weekStart" ? [] : open;
}

/** Whether the reader's defaults matter to a URL: it leaves some of them open. */
export const isSilent = (path: string): boolean => missing(path).length > 0;

/** Defaults of the reader and the installation for URLs that say nothing. */
type ReaderDefaults = { zone: string | undefined; weekStart: string | null; bots: string | null };

/**
 * `path` with `timezone`, `weekStart` and `bots` added, or null when nothing changes: the page shows neither times nor
 * numbers, the URL has them all, or the defaults are what their absence means (UTC, Monday, bots included).
 */
export function withReaderDefaults(path: string, { zone, weekStart, bots }: ReaderDefaults): string | null {
  const defaults: Record<string, string | null> = {
    timezone: zone && zone !== "UTC" && isZone(zone) ? zone : null,
    weekStart: WEEK_STARTS.find((day) => day === weekStart && day !== "monday") ?? null,
    bots: bots === "include" ? null : bots,
  };
  const added = missing(path).flatMap((name) => (defaults[name] ? [[name, defaults[name]]] : []));
  if (added.length === 0) return null;
  const { pathname, search, hash } = new URL(path, HERE);
  return `${pathname}${search}${search ? "&" : "?"}${new URLSearchParams(added)}${hash}`;
}
