import type { Part } from "@/lib/account/shares/share";
import type { DimensionKey } from "@/lib/click/dimensions";
import { questionOf } from "@/lib/question/codec/parameters";
import { hrefTo, queryString } from "@/lib/question/codec/query-string";
import { withoutParam, withValue } from "@/lib/question/codec/write";
import type { Comparison, Filters } from "@/lib/question/question";
import { isUnmeasured } from "@/lib/question/unmeasured";

/** Where the reader stands: everything that links and questions of one page are made from. */
export type View = {
  path: string;
  /** As in the address, broken parts included, so that a link changes only what it says. */
  params: URLSearchParams;
  /** What `params` mean here; on a link's own page with that link as a condition. */
  filters: Filters;
  linkId: string | null;
  /** The comparison in the address. `filters` has none if it begins before the first click: nothing was measured then. */
  comparison: Comparison | null;
  /** When the first click of all happened; null before that, and where nothing is compared. */
  firstClick: Date | null;
  /** Dimensions without a tab, because all clicks have the same value. */
  same?: ReadonlySet<DimensionKey>;
  /** What the page of a share link shows; missing for people with an account, who see everything. */
  shared?: Shared;
};

/** `parts`: besides the totals. `mayFilter`: readers may add conditions. `least`: smaller counts aren't told. */
export type Shared = { parts: readonly Part[]; mayFilter: boolean; least: number };

export const hasPart = ({ shared }: View, part: Part): boolean => !shared || shared.parts.includes(part);

/** Whether rows, hours and countries lead to a filter. */
export const mayFilter = ({ shared }: View): boolean => shared?.mayFilter ?? true;

/** The view of some filters. */
export function viewOf(asked: Omit<View, "comparison">): View {
  const { filters, firstClick } = asked;
  const { comparison, zone } = filters;
  const isLeftOut = comparison && isUnmeasured(comparison, firstClick, zone);
  return { ...asked, comparison, filters: isLeftOut ? { ...filters, comparison: null } : filters };
}

/** Whether the comparison in the address was left out. */
export const isUncompared = ({ comparison, filters }: View): boolean =>
  comparison !== null && filters.comparison === null;

/** The parameters of the list of the clicks of `view`: the same range, comparison and filters. */
export function eventsParams({ path, params, linkId }: View): URLSearchParams {
  const asked = questionOf(params, path);
  return linkId ? withValue(asked, "linkId", linkId) : asked;
}

/** The same, without a comparison that was left out. */
function questionOfView(view: View): URLSearchParams {
  const asked = eventsParams(view);
  return isUncompared(view) ? withoutParam(asked, "compare") : asked;
}

export const eventsHref = (view: View): string => hrefTo("/events", eventsParams(view));

/** The page of a link. */
export const linkHref = (id: string, params: URLSearchParams): string =>
  hrefTo(`/links/${encodeURIComponent(id)}`, params);

/** The address of the page without some parameters, as the beginning of one with others in their place. */
export function hrefStart({ path, params }: View, names: readonly string[]): string {
  const base = hrefTo(path, names.reduce(withoutParam, params));
  return `${base}${base.includes("?") ? "&" : "?"}`;
}

/** Address of a download that holds exactly what `view` shows; with `bom` as Excel reads it; `facet`: as a card. */
export function exportHref(view: View, file: string, { bom = false, facet = false } = {}): string {
  const params = questionOfView(view);
  if (bom) params.set("bom", "true");
  if (facet) params.set("facets", "true");
  return hrefTo(`/api/export/${file}`, params);
}

/** The query string of `/api/v1/analytics` that gives the numbers of a figure of `view`; `facet`: as a card. */
export function figureQuery(view: View, groupBy: string, facet = false): string {
  const params = questionOfView(view);
  params.set("groupBy", groupBy);
  if (facet) params.set("facets", "true");
  return queryString(params);
}

/** The query string of `/api/live` for the new clicks that belong to `view`. */
export const liveQuery = (view: View): string => queryString(questionOfView(view));
