import "server-only";
import { z } from "zod";
import type { Viewer } from "@/lib/access/viewer";
import { CLICK_FIELDS, type UnlistedKey } from "@/lib/click/fields";
import { db } from "@/lib/db";
import { ask } from "@/lib/engines/engine";
import { resolve } from "@/lib/question/answer/resolve";
import { linkSummaries } from "@/lib/question/answer/stored-links";
import {
  type ClickDetail,
  type ClickPage,
  type Cursor,
  formatCursor,
  type ListedClick,
  type VisitorClicks,
} from "@/lib/question/answers";
import { planClicks } from "@/lib/question/plan";
import type { Filters } from "@/lib/question/question";
import { type ClickName, clicksSql, newestSql, storedAfterSql, visitorClicksSql } from "@/lib/question/sql";

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

const UNLISTED = Object.fromEntries(
  CLICK_FIELDS.flatMap(({ key, isListed }) => (isListed ? [] : [[key, true]])),
) as Record<UnlistedKey, true>;

/** What Postgres knows of these clicks, in their order. The mirror only knows what is asked about. */
export async function listedClicks(ids: string[]): Promise<ListedClick[]> {
  const clicks = await db().click.findMany({
    where: { seq: { in: ids.map(BigInt) } },
    omit: UNLISTED,
  });
  const links = await linkSummaries([...new Set(clicks.map(({ linkId }) => linkId))]);
  const bySeq = new Map(clicks.map((click) => [click.seq.toString(), click]));
  return ids.flatMap((seq) => {
    const click = bySeq.get(seq);
    return click ? { ...click, seq, link: links.get(click.linkId) ?? null } : [];
  });
}

/** More digits than any number that Postgres gave a click are none. */
const SEQ = /^\d{1,18}$/;

/** Everything that is kept of one click, or null when there is none of this number. */
export async function answerClick(_viewer: Viewer, seq: string): Promise<ClickDetail | null> {
  if (!SEQ.test(seq)) return null;
  const click = await db().click.findFirst({ where: { seq: BigInt(seq) }, omit: { slot: true } });
  if (!click) return null;
  const links = await linkSummaries([click.linkId]);
  return { ...click, seq: click.seq.toString(), link: links.get(click.linkId) ?? null };
}

const MOST_OF_VISITOR = 20;
const VisitorRow = z.object({ id: z.string(), total: z.int() });

/**
 * The other clicks of a click's visitor, whenever they were, bots included: on the same link, and on all others. None
 * when the visitor is not known. Asked apart from the click, since it has to look at every click there is.
 */
export async function answerVisitorClicks(
  _viewer: Viewer,
  click: ClickName,
): Promise<{ onLink: VisitorClicks; elsewhere: VisitorClicks }> {
  const [onLink, elsewhere] = await Promise.all([othersOf(click, "link"), othersOf(click, "others")]);
  return { onLink, elsewhere };
}

async function othersOf(click: ClickName, on: "link" | "others"): Promise<VisitorClicks> {
  const found = await ask(VisitorRow, visitorClicksSql(click, on, MOST_OF_VISITOR));
  return { rows: await listedClicks(found.map(({ id }) => id)), total: found[0]?.total ?? 0 };
}

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
