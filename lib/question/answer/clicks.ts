import "server-only";
import { z } from "zod";
import { db } from "@/lib/base/db";
import { CLICK_FIELDS, type FieldKey, type ListedKey } from "@/lib/click/fields";
import { clickReader } from "@/lib/click/stored";
import { ask } from "@/lib/engines/engine";
import { Prisma } from "@/lib/generated/prisma/client";
import { isLinkSeen, planOfSeen, resolve } from "@/lib/question/answer/resolve";
import { linkSummaries } from "@/lib/question/answer/stored-links";
import type { AnswerOf, ClickDetail, ClickPage, ListedClick, VisitorClicks } from "@/lib/question/answers";
import { formatCursor } from "@/lib/question/codec/query-string";
import { planClicks } from "@/lib/question/plan";
import type { ClickName, ClicksPart, Filters, HideableColumn, Question } from "@/lib/question/question";
import { clicksSql, newestSql, storedAfterSql, visitorClicksSql } from "@/lib/question/sql";
import type { ResolvedPlan } from "@/lib/question/where-sql";

const Row = z.object({ id: z.string() });

/**
 * Clicks one by one; clicks of the same moment in the order in which they were stored. Cursors are places
 * and not counts, so nothing is shown twice or left out when new clicks arrive.
 */
export async function clickPage(
  filters: Filters,
  { limit, before, after, oldestFirst = false, once = false }: ClicksPart,
): Promise<ClickPage> {
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

const LISTED = CLICK_FIELDS.filter(({ isListed }) => isListed).map(({ key }) => key as ListedKey);
const readListed = clickReader(LISTED);

const isDetail = (key: FieldKey): key is Exclude<FieldKey, "slot"> => key !== "slot";
const readDetails = clickReader(CLICK_FIELDS.map(({ key }) => key).filter(isDetail));

/** What Postgres knows of these clicks, in their order. The mirror only knows what is asked about. */
async function listedClicks(ids: readonly string[]): Promise<ListedClick[]> {
  const clicks = await readListed(db(), Prisma.sql`where seq = any(${ids}::bigint[])`);
  const links = await linkSummaries([...new Set(clicks.map(({ linkId }) => linkId))]);
  const bySeq = new Map(clicks.map((click) => [click.seq, click]));
  return ids.flatMap((seq) => {
    const click = bySeq.get(seq);
    return click ? { ...click, link: links.get(click.linkId) ?? null } : [];
  });
}

/** More digits than any number that Postgres gave a click are none. */
const SEQ = /^\d{1,18}$/;

/** Everything that is kept of one click, or null when there is none of this number that may be seen. */
export async function clickDetail(question: Question, seq: string): Promise<ClickDetail | null> {
  if (!SEQ.test(seq)) return null;
  const [click] = await readDetails(db(), Prisma.sql`where seq = ${seq}::bigint`);
  if (!click || !(await isLinkSeen(question))(click.linkId)) return null;
  const links = await linkSummaries([click.linkId]);
  return { ...click, link: links.get(click.linkId) ?? null };
}

const MOST_OF_VISITOR = 20;
const NO_CLICKS: VisitorClicks = { rows: [], total: 0 };
const VisitorRow = z.object({ id: z.string(), total: z.int() });

/**
 * The other clicks of a click's visitor, whenever they were, bots included: on the same link, and on all others. None
 * when the visitor is not known. Asked apart from the click, since it has to look at every click there is.
 */
export async function visitorClicks(question: Question, click: ClickName): Promise<AnswerOf["visitorClicks"]> {
  // Who a visitor is may be withheld; then their clicks are nobody's.
  if (question.scope.hidden.includes("visitor")) return { onLink: NO_CLICKS, elsewhere: NO_CLICKS };
  const seen = await planOfSeen(question);
  const [onLink, elsewhere] = await Promise.all([othersOf(click, "link", seen), othersOf(click, "others", seen)]);
  return { onLink, elsewhere };
}

async function othersOf(click: ClickName, on: "link" | "others", seen: ResolvedPlan | null): Promise<VisitorClicks> {
  const found = await ask(VisitorRow, visitorClicksSql(click, on, seen, MOST_OF_VISITOR));
  return { rows: await listedClicks(found.map(({ id }) => id)), total: found[0]?.total ?? 0 };
}

// Postgres has an index for these, and the mirror would have to take in every new click first.

const Rows = z.array(z.object({ id: z.string() }));

/** The number of the click that was stored last, decimal; "0" before the first. */
export async function newestSeq(question: Question): Promise<string> {
  const [row] = Rows.parse(await db().$queryRaw(newestSql(await planOfSeen(question))));
  return row?.id ?? "0";
}

/**
 * Numbers of the clicks that were stored after the one with a number, in the order in which they were stored; late ones
 * happened before others that were stored earlier. A number may become visible after a higher one.
 */
export async function seqsStoredAfter(filters: Filters, after: string, limit: number): Promise<string[]> {
  const rows = Rows.parse(await db().$queryRaw(storedAfterSql(await resolve(planClicks(filters)), after, limit)));
  return rows.map(({ id }) => id);
}

/** What is known of these clicks, in the order of the numbers. */
export async function clicksBySeq(question: Question, seqs: readonly string[]): Promise<ListedClick[]> {
  const [clicks, isSeen] = await Promise.all([listedClicks(seqs), isLinkSeen(question)]);
  return clicks.filter(({ linkId }) => isSeen(linkId));
}

/**
 * A click without what is withheld.
 *
 * @param hidden columns that read as if the click had none
 */
export function withoutHidden<Click extends ListedClick | ClickDetail>(
  click: Click,
  hidden: readonly HideableColumn[],
): Click {
  const withheld = hidden.filter((column) => column in click).map((column) => [column, null]);
  return { ...click, ...Object.fromEntries(withheld) };
}
