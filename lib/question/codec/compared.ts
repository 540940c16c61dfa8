import { dimension } from "@/lib/click/dimensions";
import { formatValues, parseValues } from "@/lib/question/codec/conditions";
import { withParam } from "@/lib/question/codec/write";
import type { Condition, Filters } from "@/lib/question/question";

/** More lines in one chart would be indistinguishable. */
export const MOST_COMPARED = 6;

const NONE = dimension("linkId").none;

const namesLinks = ({ field, op }: Condition): boolean => field === "linkId" && op === "is";

/** The links that a question names, in its order, and the question without them. */
export function comparedLinks(filters: Filters): { ids: string[]; others: Filters } {
  const named = filters.conditions.filter(namesLinks).flatMap(({ values }) => values.filter((id) => id !== null));
  const conditions = filters.conditions.filter((condition) => !namesLinks(condition));
  return { ids: [...new Set(named)], others: { ...filters, conditions } };
}

/** The question about exactly these links. */
export function ofLinks(filters: Filters, ids: readonly string[]): Filters {
  return { ...filters, conditions: [...filters.conditions, { field: "linkId", op: "is", values: [...ids] }] };
}

/** What `linkId` says of these links. */
export const linksParam = (ids: readonly string[]): string => formatValues("is", [...ids], NONE);

/** The parameters that name these links. */
export function withLinks(params: URLSearchParams, ids: readonly string[]): URLSearchParams {
  return withParam(params, "linkId", ids.length > 0 ? linksParam(ids) : null);
}

/** One list of links where a form named each alone, which would mean clicks on all at once; null if there is one. */
export function joinedLinks(params: URLSearchParams): URLSearchParams | null {
  const named = params.getAll("linkId");
  if (named.length < 2) return null;
  const lists = named.map((text) => parseValues(text, NONE));
  const ids = lists.flatMap(({ op, values }) => (op === "is" ? values.filter((id) => id !== null) : []));
  return withLinks(params, [...new Set(ids)]);
}
