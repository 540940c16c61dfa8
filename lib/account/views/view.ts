import type { Bots } from "@/lib/base/bots";
import type { SavedView as StoredView } from "@/lib/generated/prisma/client";
import { canonicalQuery, withParam } from "@/lib/question/codec/write";

/** A saved view as shown to one user. */
export type SavedView = Pick<StoredView, "id" | "name" | "path" | "query" | "shared"> & {
  /** Whether it belongs to the reader, who can then change it. */
  own: boolean;
  /** Whether it is the reader's default view of the overview. */
  pinned: boolean;
};

/** The current page as a view would save it. */
export type CurrentPage = Pick<SavedView, "path" | "query">;

/** Whether a view matches the current page. */
export const isShown = (view: SavedView, { path, query }: CurrentPage) => view.path === path && view.query === query;

/** Fits on one line of a list. */
export const NAME_LENGTH = 80;

/** Characters that change the direction of text, with which a name could imitate another. */
const DIRECTIONS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** A name as saved: on one line, without invisible characters at its ends or characters that change its direction. */
export function tidyName(text: string): string {
  return text
    .replaceAll(DIRECTIONS, "")
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu, " ")
    .replaceAll(/\p{Cs}/gu, "\uFFFD")
    .trim();
}

/** URL of a saved view. Its weeks start on Monday unless it says another day, whatever the reader's do. */
export function viewHref({ path, query }: Pick<SavedView, "path" | "query">): string {
  if (query === "") return path;
  const params = new URLSearchParams(query);
  return `${path}?${query}${params.has("weekStart") ? "" : "&weekStart=monday"}`;
}

/** The parameters saved in a view. The time zone is always included, so that everybody sees the same numbers. */
export function viewQuery(params: URLSearchParams, zone: string): string {
  const weekStart = params.get("weekStart");
  const named = withParam(params, "weekStart", weekStart === "monday" ? null : weekStart);
  return canonicalQuery(withParam(named, "timezone", zone));
}

/** URL of the overview without anybody's default view. */
export const PLAIN_OVERVIEW = "/?view=plain";

/** Whether the overview was opened without parameters but those of proxy.ts: zone, week start and usual bots. */
export const isOpening = (params: URLSearchParams, usualBots: Bots): boolean =>
  [...params].every(
    ([name, value]) => name === "timezone" || name === "weekStart" || (name === "bots" && value === usualBots),
  );

/** URL that the overview redirects to if this view is the default; null when that is the plain overview itself. */
export function openingHref(view: Pick<SavedView, "path" | "query">, usualBots: Bots): string | null {
  return view.path === "/" && isOpening(new URLSearchParams(view.query), usualBots) ? null : viewHref(view);
}
