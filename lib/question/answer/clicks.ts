import "server-only";
import { z } from "zod";
import { db } from "@/lib/base/db";
import { AppError } from "@/lib/base/errors";
import { lastKnown } from "@/lib/base/last-known";
import { text as words } from "@/lib/base/problems";
import { DAY } from "@/lib/base/time";
import { CLICK_FIELDS, type FieldKey, type ListedKey } from "@/lib/click/fields";
import type { Engine } from "@/lib/click/selection";
import { clickReader } from "@/lib/click/stored";
import { ask } from "@/lib/engines/engine";
import { Prisma } from "@/lib/generated/prisma/client";
import { askPlan } from "@/lib/question/answer/ask";
import { isLinkSeen, planOfSeen, resolvePlan } from "@/lib/question/answer/resolve";
import { settled } from "@/lib/question/answer/snapshot";
import { linkSummaries } from "@/lib/question/answer/stored-links";
import type { ClickDetail, ClickPage, ListedClick, VisitorClicks } from "@/lib/question/answer-types";
import { arrivedSql, firstSql, newestSql, storedAfterSql } from "@/lib/question/arrivals-sql";
import { formatCursor } from "@/lib/question/codec/query-string";
import { planClicks } from "@/lib/question/plan";
import type { ClickName, ClicksPart, Question, Scope } from "@/lib/question/question";
import { clicksSql, visitorClicksSql } from "@/lib/question/sql";
import type { EnginePlan, ResolvedPlan } from "@/lib/question/where-sql";

const IdRow = z.object({ id: z.string() });
const idsOf = (rows: readonly z.infer<typeof IdRow>[]): string[] => rows.map(({ id }) => id);

/** A page of clicks. A cursor is a position rather than a count, so new clicks make nothing repeated or skipped. */
export async function clickPage(
  question: Question,
  { limit, before, after, oldestFirst = false, once = false }: ClicksPart,
): Promise<ClickPage> {
  const plan = await resolvePlan(planClicks(question));
  const forwards = before === null && (after !== null || oldestFirst);
  // One more than requested tells whether there is a next page.
  const sqlOf = (of: EnginePlan) => clicksSql(of, before ?? after, !forwards, limit + 1);
  const find = (within: ResolvedPlan) => askPlan(IdRow, within, sqlOf, { once });
  const near = nearOf(plan, (before ?? after)?.clickedAt ?? null, forwards, question.now);
  const close = near ? await find(near) : [];
  const found = close.length > limit ? close : await find(plan);
  const rows = await listedClicks(question.scope, idsOf(found.slice(0, limit)));
  if (forwards) rows.reverse();
  const hasMore = found.length > limit;
  const [newest, oldest] = [rows[0], rows.at(-1)];
  return {
    rows: oldestFirst ? rows.toReversed() : rows,
    newer: newest && (forwards ? hasMore : before !== null) ? formatCursor(newest) : null,
    older: oldest && (forwards ? after !== null : hasMore) ? formatCursor(oldest) : null,
  };
}

/** The time beside a page's start that is searched first: other clicks needn't be read, as they are kept by time. */
const NEAR = 14 * DAY;

/** A plan of the clicks near the start of a page; null if that is most of the plan's span, or its start is unknown. */
function nearOf(plan: ResolvedPlan, cursor: Date | null, forwards: boolean, now: Date): ResolvedPlan | null {
  const { from, to } = plan;
  const [oldest, newest] = [from?.getTime() ?? Number.NEGATIVE_INFINITY, to?.getTime() ?? now.getTime()];
  if (newest - oldest < 3 * NEAR) return null;
  const start = cursor?.getTime() ?? (forwards ? oldest : newest);
  if (!Number.isFinite(start)) return null;
  if (!forwards) return { ...plan, from: new Date(Math.max(oldest, start - NEAR)) };
  return { ...plan, to: new Date(Math.min(to?.getTime() ?? Number.POSITIVE_INFINITY, start + NEAR)) };
}

const readListed = clickReader(CLICK_FIELDS.filter(({ isListed }) => isListed).map(({ key }) => key as ListedKey));

const isDetail = (key: FieldKey): key is Exclude<FieldKey, "slot"> => key !== "slot";
const readDetails = clickReader(CLICK_FIELDS.map(({ key }) => key).filter(isDetail));

/** A click without its hidden columns, which read as null. */
function withoutHidden<Click extends object>(click: Click, { hidden }: Scope): Click {
  const withheld = hidden.filter((column) => column in click).map((column) => [column, null]);
  return { ...click, ...Object.fromEntries(withheld) };
}

type Read<Click> = (tx: ReturnType<typeof db>, which: Prisma.Sql) => Promise<Click[]>;
type Named = { seq: string; linkId: string };

/** Reads clicks from Postgres, in the given order: the mirror has only the columns that questions use. */
async function clicksOf<Click extends Named>(read: Read<Click>, scope: Scope, seqs: readonly string[]) {
  const clicks = await read(db(), Prisma.sql`where seq = any(${seqs}::bigint[])`);
  const links = await linkSummaries([...new Set(clicks.map(({ linkId }) => linkId))]);
  const bySeq = new Map(clicks.map((click) => [click.seq, click]));
  return seqs.flatMap((seq) => {
    const click = bySeq.get(seq);
    return click ? withoutHidden({ ...click, link: links.get(click.linkId) ?? null }, scope) : [];
  });
}

const listedClicks = (scope: Scope, seqs: readonly string[]): Promise<ListedClick[]> =>
  clicksOf(readListed, scope, seqs);

/** The same with all their fields. */
const fullClicks = (scope: Scope, seqs: readonly string[]): Promise<ClickDetail[]> =>
  clicksOf(readDetails, scope, seqs);

/** A page of clicks with all their fields, by how many come before it: one that arrives meanwhile moves the others. */
export async function clicksInFull(
  question: Question,
  { limit, offset, oldestFirst }: { limit: number; offset: number; oldestFirst: boolean },
): Promise<ClickDetail[]> {
  const plan = await resolvePlan(planClicks(question));
  const found = await askPlan(IdRow, plan, (of) => clicksSql(of, null, !oldestFirst, limit, offset));
  return fullClicks(question.scope, idsOf(found));
}

/** Longer numbers can't be a click's. */
const SEQ = /^\d{1,18}$/;

/** One click with all its fields; null if there is none with this number within the scope. */
export async function clickDetail(question: Question, { seq }: { seq: string }): Promise<ClickDetail | null> {
  if (!SEQ.test(seq)) return null;
  const [click] = await fullClicks(question.scope, [seq]);
  return click && (await isLinkSeen(question))(click.linkId) ? click : null;
}

const MOST_OF_VISITOR = 20;
const VisitorRow = IdRow.extend({ total: z.int() });

/** All other clicks of a click's visitor; none if unknown or hidden. Asked separately, since it reads all clicks. */
export async function visitorClicks(
  question: Question,
  { click }: { click: ClickName },
): Promise<{ onLink: VisitorClicks; elsewhere: VisitorClicks }> {
  const { scope } = question;
  const seen = await planOfSeen(question);
  const others = async (on: "link" | "others"): Promise<VisitorClicks> => {
    if (scope.hidden.includes("visitor")) return { rows: [], total: 0 };
    const sqlFor = (engine: Engine) => visitorClicksSql(click, on, seen && { ...seen, engine }, MOST_OF_VISITOR);
    const found = await ask(VisitorRow, sqlFor);
    return { rows: await listedClicks(scope, idsOf(found)), total: found[0]?.total ?? 0 };
  };
  const [onLink, elsewhere] = await Promise.all([others("link"), others("others")]);
  return { onLink, elsewhere };
}

// From Postgres: it has an index for these, and the mirror would have to catch up first.

const onPostgres = (plan: ResolvedPlan | null): EnginePlan | null => plan && { ...plan, engine: "postgres" };

const seqsOf = async (sql: Prisma.Sql): Promise<string[]> => idsOf(z.array(IdRow).parse(await db().$queryRaw(sql)));

/** Number of the last stored click, in decimal; "0" before the first. */
export async function newestSeq(question: Question): Promise<string> {
  const [seq] = await seqsOf(newestSql(onPostgres(await planOfSeen(question))));
  return seq ?? "0";
}

const FirstRow = z.object({ at: z.date() });

const lastFirst = lastKnown<unknown>("first click");

/** When the first click happened; null before that. */
export async function firstClick(question: Question): Promise<Date | null> {
  const sql = firstSql(onPostgres(await planOfSeen(question)));
  const rows = await lastFirst([sql.text, sql.values], () => db().$queryRaw(sql));
  return z.array(FirstRow).parse(rows)[0]?.at ?? null;
}

/** Numbers of clicks stored after a number, ascending. A number may become visible after a higher one. */
export async function seqsStoredAfter(
  question: Question,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const plan = await resolvePlan(planClicks(question));
  return seqsOf(storedAfterSql({ ...plan, engine: "postgres" }, after, limit));
}

/**
 * Clicks in the order of arrival after a number, and the number after which the next begin: one that is stored later has a
 * higher number. Within a limited scope it is that of a click which may be seen, since others would tell how many there are.
 *
 * @throws AppError unavailable when writers keep the numbers from settling, unprocessable_entity for a number that hasn't
 *   been given yet
 */
export async function arrivals(
  question: Question,
  { after, limit }: { after: string; limit: number },
): Promise<{ clicks: ClickDetail[]; upTo: string; hasMore: boolean }> {
  const newest = BigInt(await newestOfAll());
  const start = BigInt(after);
  if (newest < start) await assertGiven(start);
  // What is being stored has higher numbers than what is there.
  const end = newest <= start ? start : highest(start, await settled());
  const seen = await planOfSeen(question);
  const plan = seen && { ...seen, engine: "postgres" as const };
  const found = end === start ? [] : await seqsOf(arrivedSql(plan, { after, upTo: String(end) }, limit + 1));
  const seqs = found.slice(0, limit);
  const hasMore = found.length > limit;
  const upTo = hasMore || seen ? (seqs.at(-1) ?? after) : String(end);
  return { clicks: await fullClicks(question.scope, seqs), upTo, hasMore };
}

const Given = z.object({ given: z.bigint() });

/** The newest clicks may have been deleted; numbers that were never given are from before the data was restored. */
async function assertGiven(seq: bigint): Promise<void> {
  const rows = await db().$queryRaw(
    Prisma.sql`select coalesce(pg_sequence_last_value(pg_get_serial_sequence('click', 'seq')::regclass), 0) as given`,
  );
  const { given } = z.tuple([Given]).parse(rows)[0];
  if (seq > given) throw new AppError("unprocessable_entity", `after: ${words.ahead}`);
}

const highest = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** The name of the data that is stored here. */
export async function identity(): Promise<string> {
  const dataset = await db().dataset.findFirstOrThrow({ select: { identity: true } });
  return dataset.identity;
}

const newestOfAll = async (): Promise<string> => (await seqsOf(newestSql(null)))[0] ?? "0";

/** Clicks by number, in this order. */
export async function clicksBySeq(question: Question, { seqs }: { seqs: readonly string[] }): Promise<ListedClick[]> {
  const [clicks, isSeen] = await Promise.all([listedClicks(question.scope, seqs), isLinkSeen(question)]);
  return clicks.filter(({ linkId }) => isSeen(linkId));
}
