import "server-only";
import { choice, integer, refuse } from "@/lib/api/v1/params";
import { answer } from "@/lib/question/answer";
import { parseCursor } from "@/lib/question/codec/query-string";
import { assertAnswerable, filtersFromParams } from "@/lib/question/codec/read";
import { type ClicksPart, type Cursor, type Filters, question, type Scope } from "@/lib/question/question";
import { withWords } from "@/lib/question/words";

const MAX_CLICKS = 1_000;

/**
 * Answers `/api/v1/events`: a page of clicks; with `words=true` each has readable texts.
 *
 * @throws AppError when the filters or the question are invalid
 */
export const eventsOf = (scope: Scope, params: URLSearchParams, now: Date): Promise<unknown> =>
  answerEvents(scope, filtersFromParams(params, now, "api/v1/events"), params);

/** The same about these filters. */
export async function answerEvents(scope: Scope, filters: Filters, params: URLSearchParams): Promise<unknown> {
  assertAnswerable(filters);
  const part: ClicksPart = {
    limit: integer(params, "limit", 100, 1, MAX_CLICKS),
    before: cursor(params, "before"),
    after: cursor(params, "after"),
    oldestFirst: isAscending(params),
  };
  choice(params, "sortBy", ["timestamp"], "timestamp");
  if (params.get("page"))
    refuse("page", "There are no numbered pages. Send the response’s older as before, or its newer as after.");
  if (part.before && part.after) refuse("after", "Use before or after, not both.");
  const wantsWords = choice(params, "words", ["true", "false"], "false") === "true";
  const page = await answer(question(scope, { kind: "clicks", ...part }, filters));
  return wantsWords ? withWords(page, filters.zone) : page;
}

/** `order` is Dub's older name. */
const isAscending = (params: URLSearchParams): boolean =>
  choice(params, "sortOrder", ["asc", "desc"], choice(params, "order", ["asc", "desc"], "desc")) === "asc";

function cursor(params: URLSearchParams, name: string): Cursor | null {
  const text = params.get(name);
  return text ? (parseCursor(text) ?? refuse(name, "Use a cursor from an earlier response.")) : null;
}
