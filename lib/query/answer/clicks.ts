import "server-only";
import { z } from "zod";
import type { Viewer } from "@/lib/access/viewer";
import type { ClickPage } from "@/lib/query/answers";
import { listedClicks } from "@/lib/query/clicks";
import { type Cursor, formatCursor } from "@/lib/query/cursor";
import { ask } from "@/lib/query/engine";
import type { Filters } from "@/lib/query/filters";
import { planClicks } from "@/lib/query/plan";
import { resolve } from "@/lib/query/resolve";
import { clicksSql } from "@/lib/query/sql";

const Row = z.object({ id: z.string() });

/**
 * A part of the list of clicks: older than a cursor, newer than one, or the first of all. They come newest first, unless
 * `oldestFirst`. `once` is for a part that nobody will ask for again.
 */
export type ClicksQuestion = {
  limit: number;
  before: Cursor | null;
  after: Cursor | null;
  oldestFirst?: boolean;
  once?: boolean;
};

/**
 * Clicks one by one; clicks of the same moment in the order in which they were stored. Cursors are places
 * and not counts, so nothing is shown twice or left out when new clicks arrive.
 */
export async function answerClicks(
  _viewer: Viewer,
  filters: Filters,
  { limit, before, after, oldestFirst = false, once = false }: ClicksQuestion,
): Promise<ClickPage> {
  if (filters.problems.length > 0) return { rows: [], newer: null, older: null };
  const plan = await resolve(planClicks(filters));
  const forwards = before === null && (after !== null || oldestFirst);
  // One more than wanted tells whether there is a next page.
  const found = await ask(Row, clicksSql(plan, before ?? after, !forwards, limit + 1), { once });
  const rows = await listedClicks(found.slice(0, limit).map(({ id }) => id));
  if (forwards) rows.reverse();
  const hasMore = found.length > limit;
  const [newest, oldest] = [rows[0], rows.at(-1)];
  return {
    rows: oldestFirst ? rows.toReversed() : rows,
    newer: newest && (forwards ? hasMore : before !== null) ? formatCursor(newest) : null,
    older: oldest && (forwards ? after !== null : hasMore) ? formatCursor(oldest) : null,
  };
}
