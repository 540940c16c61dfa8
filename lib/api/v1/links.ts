import "server-only";
import { choice, integer } from "@/lib/api/v1/params";
import { freeText } from "@/lib/base/clean";
import { answer } from "@/lib/question/answer";
import { assertAnswerable, filtersFromParams } from "@/lib/question/codec/read";
import { type LinkSort, question, type Scope } from "@/lib/question/question";

const SORTS: readonly LinkSort[] = ["clicks", "change", "loss", "name", "created"];
const MAX_LINKS = 1_000;

/**
 * Answers `/api/v1/links`: a page of links with their clicks in the range; `total` counts the links of all pages.
 *
 * @throws AppError when the filters or a parameter are invalid
 */
export async function linksOf(scope: Scope, params: URLSearchParams, now: Date) {
  const filters = filtersFromParams(params, now, "api/v1/links");
  assertAnswerable(filters);
  const part = {
    q: freeText(params.get("search")) ?? "",
    sort: choice(params, "sort", SORTS, "clicks"),
    page: integer(params, "page", 1, 1, 1_000_000),
    pageSize: integer(params, "limit", 100, 1, MAX_LINKS),
  };
  return answer(question(scope, { kind: "links", ...part }, filters));
}
