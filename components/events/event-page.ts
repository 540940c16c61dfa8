import { text } from "@/components/events/text";
import { hrefTo } from "@/components/views/view";
import { withParam } from "@/lib/question/codec/write";
import type { Valued } from "@/lib/question/columns";
import type { Words } from "@/lib/question/words";

/** A click as the list draws it. */
export type EventRow = Valued & { seq: string; words: Words };

/** Clicks that follow one another, and where those after them begin; null at the end. */
export type EventPage = { rows: EventRow[]; older: string | null };

export const EVENTS_PATH = "/events";

/** The list with all of one click beside it. */
export function clickHref(params: URLSearchParams, { seq }: { seq: string }): string {
  return hrefTo(EVENTS_PATH, withParam(params, "click", seq));
}

/** How many clicks are asked for at once. */
export const PAGE_SIZE = 100;

/**
 * The page of the list that begins at a cursor, or the newest; or why there is none, in words for people.
 *
 * @param query the page's own query string
 */
export async function fetchEvents(
  query: string,
  limit: number,
  before: string | null,
): Promise<EventPage | { problem: string }> {
  const params = new URLSearchParams(query);
  params.set("words", "true");
  params.set("limit", String(limit));
  if (before) params.set("before", before);
  try {
    const response = await fetch(`/api/events?${params}`);
    if (response.status === 401) return { problem: text.problems.signedOut };
    if (!response.ok) return { problem: text.problems.failed };
    // Our own route made it from the same types.
    return (await response.json()) as EventPage;
  } catch {
    return { problem: text.problems.unreachable };
  }
}
