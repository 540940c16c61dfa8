import type { Bots } from "@/lib/base/bots";
import { canonicalQuery, withParam } from "@/lib/question/codec/write";

/** A saved view as shown to one user. */
export type SavedView = {
  id: string;
  name: string;
  path: string;
  query: string;
  shared: boolean;
  /** Whether it is the reader's own: only then it can be changed. */
  own: boolean;
  /** Whether the reader's overview opens with it. */
  pinned: boolean;
};

/** What the page shows, as a view would keep it. */
export type CurrentPage = Pick<SavedView, "path" | "query">;

/** Whether a view matches the current page. */
export const isShown = (view: SavedView, { path, query }: CurrentPage) => view.path === path && view.query === query;

/** As much as a list shows on one line. */
export const NAME_LENGTH = 80;

/** What turns the direction of text, which would let a name pretend to be another. */
const DIRECTIONS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** A name as it is kept: on one line, without what cannot be seen at its ends or tampers with its direction. */
export function tidyName(text: string): string {
  return text
    .replaceAll(DIRECTIONS, "")
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu, " ")
    .replaceAll(/\p{Cs}/gu, "\uFFFD")
    .trim();
}

/** Address of a saved view. */
export function viewHref({ path, query }: Pick<SavedView, "path" | "query">): string {
  return query === "" ? path : `${path}?${query}`;
}

/** What is kept of a page's parameters. The zone is always named, so that everybody sees the same numbers. */
export function viewQuery(params: URLSearchParams, zone: string): string {
  return canonicalQuery(withParam(params, "timezone", zone));
}

/** Address of the overview that does not open with anybody's view. */
export const PLAIN_OVERVIEW = "/?view=plain";

/**
 * Whether the overview was opened by its name alone: with nothing but what proxy.ts adds, the reader's zone and the
 * installation's view of bots.
 */
export const isOpening = (params: URLSearchParams, usualBots: Bots): boolean =>
  [...params].every(([name, value]) => name === "timezone" || (name === "bots" && value === usualBots));

/** Where the overview leads when this view is pinned; null when that would be the plain overview again. */
export function openingHref(view: Pick<SavedView, "path" | "query">, usualBots: Bots): string | null {
  return view.path === "/" && isOpening(new URLSearchParams(view.query), usualBots) ? null : viewHref(view);
}
