import { questionOf } from "@/lib/question/codec/parameters";
import { hrefTo, queryString } from "@/lib/question/codec/query-string";
import { withValue } from "@/lib/question/codec/write";
import type { Filters } from "@/lib/question/question";

/** Where the reader stands: everything that links and questions of one page are made from. */
export type View = {
  path: string;
  /** As in the address, broken parts included, so that a link changes only what it says. */
  params: URLSearchParams;
  /** What `params` mean here; on a link's own page with that link as a condition. */
  filters: Filters;
  linkId: string | null;
};

function questionOfView({ path, params, linkId }: View): URLSearchParams {
  const question = questionOf(params, path);
  return linkId ? withValue(question, "linkId", linkId) : question;
}

/** The page of a link. */
export const linkHref = (id: string, params: URLSearchParams): string =>
  hrefTo(`/links/${encodeURIComponent(id)}`, params);

/** Address of a download that holds exactly what `view` shows; with `bom` as Excel reads it. */
export function exportHref(view: View, file: string, { bom = false } = {}): string {
  const params = questionOfView(view);
  if (bom) params.set("bom", "true");
  return hrefTo(`/api/export/${file}`, params);
}

/** The query string of `/api/analytics` that gives the numbers of a figure of `view`. */
export function figureQuery(view: View, groupBy: string): string {
  const params = questionOfView(view);
  params.set("groupBy", groupBy);
  return queryString(params);
}

/** The query string of `/api/live` for the new clicks that belong to `view`. */
export const liveQuery = (view: View): string => queryString(questionOfView(view));
