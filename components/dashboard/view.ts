import { withValue } from "@/lib/query/address";
import type { Filters } from "@/lib/query/filters";
import { hrefTo, queryString } from "@/lib/query/query-string";

export { hrefTo };

/** Where the reader stands: everything that links and questions of one page are made from. */
export type View = {
  path: string;
  /** As in the address, broken parts included, so that a link changes only what it says. */
  params: URLSearchParams;
  /** What `params` mean here; on a link's own page with that link as a condition. */
  filters: Filters;
  /** The link whose page this is. */
  linkId: string | null;
};

/** Next's search parameters as `URLSearchParams`: a repeated one is said as often as it was. */
export function toParams(searchParams: Record<string, string | string[] | undefined>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(searchParams)) {
    for (const one of [value ?? []].flat()) params.append(name, one);
  }
  return params;
}

/** The parameters that say all of `view` wherever they are read. */
const ownParams = ({ params, linkId }: View) => (linkId ? withValue(params, "linkId", linkId) : params);

/** Address of a download that holds exactly what `view` shows. */
export function exportHref(view: View, file: string): string {
  return hrefTo(`/api/export/${file}`, ownParams(view));
}

/** The query string of `/api/analytics` that gives the numbers of a figure of `view`. */
export function figureQuery(view: View, groupBy: string): string {
  const params = new URLSearchParams(ownParams(view));
  params.set("groupBy", groupBy);
  return queryString(params);
}

/** The query string of `/api/live` for the new clicks that belong to `view`. */
export const liveQuery = (view: View): string => queryString(new URLSearchParams(ownParams(view)));
