import { answer } from "@/lib/question/answer";
import type { ListedClick } from "@/lib/question/answer-types";
import { parseCursor } from "@/lib/question/codec/query-string";
import { type Filters, question, type Scope } from "@/lib/question/question";

type Walk = {
  limit: number;
  /** Happens after each page. */
  between: () => Promise<void>;
};

/** Reads the list of clicks page by page to its oldest click and back again. @returns what was seen on either way */
export async function walk(
  scope: Scope,
  filters: Filters,
  { limit, between }: Walk,
): Promise<{ down: ListedClick[]; up: ListedClick[] }> {
  const ask = async (before: string | null, after: string | null) => {
    const places = { before: before === null ? null : parseCursor(before), after: after && parseCursor(after) };
    const page = await answer(
      question(scope, { kind: "clicks", limit, before: places.before, after: places.after || null }, filters),
    );
    await between();
    return page;
  };
  let page = await ask(null, null);
  const down = [...page.rows];
  while (page.older !== null) {
    page = await ask(page.older, null);
    down.push(...page.rows);
  }
  const up = [...page.rows];
  while (page.newer !== null) {
    page = await ask(null, page.newer);
    up.unshift(...page.rows);
  }
  return { down, up };
}
