import "server-only";
import { z } from "zod";
import type { Viewer } from "@/lib/access/viewer";
import { db } from "@/lib/db";
import type { ListedClick } from "@/lib/query/answers";
import { listedClicks } from "@/lib/query/clicks";
import type { Filters } from "@/lib/query/filters";
import { planClicks } from "@/lib/query/plan";
import { resolve } from "@/lib/query/resolve";
import { newestSql, storedAfterSql } from "@/lib/query/sql";

// Postgres has an index for these, and the mirror would have to take in every new click first.

const Rows = z.array(z.object({ id: z.string() }));

/** The number of the click that was stored last, decimal; "0" before the first. */
export async function newestSeq(_viewer: Viewer): Promise<string> {
  const [row] = Rows.parse(await db().$queryRaw(newestSql()));
  return row?.id ?? "0";
}

/**
 * Numbers of the clicks that were stored after the one with a number, in the order in which they were stored; late ones
 * happened before others that were stored earlier. A number may become visible after a higher one.
 */
export async function seqsStoredAfter(
  _viewer: Viewer,
  filters: Filters,
  after: string,
  limit: number,
): Promise<string[]> {
  if (filters.problems.length > 0) return [];
  const rows = Rows.parse(await db().$queryRaw(storedAfterSql(await resolve(planClicks(filters)), after, limit)));
  return rows.map(({ id }) => id);
}

/** What is known of these clicks, in the order of the numbers. */
export function clicksBySeq(_viewer: Viewer, seqs: string[]): Promise<ListedClick[]> {
  return listedClicks(seqs);
}
