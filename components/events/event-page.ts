import type { DimensionKey } from "@/lib/click/dimensions";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withParam } from "@/lib/question/codec/write";
import type { ColumnKey, Valued } from "@/lib/question/columns";
import type { Words } from "@/lib/question/words";

/** A click as the list shows it. */
export type EventRow = Valued & { seq: string; words: Words };

/** Consecutive clicks, and the cursor after them; null at the end. */
export type EventPage = { rows: EventRow[]; older: string | null };

export const EVENTS_PATH = "/events";
/** The parameter that names the click whose panel is open. */
export const CLICK_PARAM = "click";

/** URL of the list with a click's details. */
export function clickHref(params: URLSearchParams, { seq }: { seq: string }): string {
  return hrefTo(EVENTS_PATH, withParam(params, CLICK_PARAM, seq));
}

export const SIGNED_OUT = "You were signed out.";

type Fetched = EventPage | { problem: string };

/** Clicks per request. */
export const PAGE_SIZE = 100;

/** Up to `limit` clicks of a page's query string, after a cursor or the newest; or the error message. */
export async function fetchEvents(query: string, limit: number, before: string | null): Promise<Fetched> {
  const params = new URLSearchParams(query);
  params.set("words", "true");
  params.set("limit", String(limit));
  if (before) params.set("before", before);
  try {
    const response = await fetch(`/api/v1/events?${params}`);
    if (response.status === 401) return { problem: SIGNED_OUT };
    if (!response.ok) return { problem: "Couldn’t load more clicks. Try again." };
    // Our own route created it from the same types.
    return (await response.json()) as EventPage;
  } catch {
    return { problem: "Couldn’t reach the server. Try again." };
  }
}

/** Cookie with the reader's columns, which the server reads: nothing moves after the first paint. */
export const COLUMNS_COOKIE = "footfall-columns";

/** Preferred width of columns in rem, if it isn't the usual one; the rest is shared. */
const WIDTHS: Partial<Record<ColumnKey, number>> = {
  ...{ time: 6.5, linkId: 12.5, url: 18, baseUrl: 18, refererUrl: 18, clickId: 12, referer: 10.5, city: 8.75 },
  ...{ region: 12, trigger: 9, device: 7.5, browser: 9.5, os: 8.5, bot: 7.5, received: 9 },
};

export const widthOf = (key: ColumnKey): number => WIDTHS[key] ?? 10;

/** Dimensions with icons that help in a dense list. */
export const PICTURED: readonly DimensionKey[] = ["country", "device", "trigger"];
