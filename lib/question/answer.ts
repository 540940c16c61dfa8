import "server-only";
import { breakdown } from "@/lib/question/answer/breakdown";
import {
  clickDetail,
  clickPage,
  clicksBySeq,
  newestSeq,
  seqsStoredAfter,
  visitorClicks,
  withoutHidden,
} from "@/lib/question/answer/clicks";
import { alignedSeries, linkLifetimes, unaligned } from "@/lib/question/answer/lifetimes";
import { labels, linkPage, linkSearch, namesOfTags } from "@/lib/question/answer/links";
import { emptySeries, linkSeries, series } from "@/lib/question/answer/series";
import { clicksOfWeeksBefore, NOTHING, totals } from "@/lib/question/answer/totals";
import { rowsInWords, valueSearch, values } from "@/lib/question/answer/values";
import { cellsOfWeek, heatMap } from "@/lib/question/answer/week";
import { why } from "@/lib/question/answer/why";
import type { AnswerOf, ClickDetail, ListedClick } from "@/lib/question/answers";
import { isHidden, type Kind, type Question } from "@/lib/question/question";

/** How each kind is answered, once the question is held to its scope. */
const ANSWERS: { readonly [K in Kind]: (question: Question<K>) => Promise<AnswerOf[K]> } = {
  totals,
  series,
  heatMap,
  breakdown: (question) => breakdown(question, question.show.key, question.show.rows),
  rows: (question) => rowsInWords(question, question.show.key, question.show.rows),
  clicks: (question) => clickPage(question, question.show),
  links: (question) => linkPage(question, question.show),
  values: (question) => values(question, question.show.field, question.show),
  valueSearch: (question) => valueSearch(question, question.show.search),
  linkSeries: (question) => linkSeries(question, question.show.ids),
  lifetimes: (question) => linkLifetimes(question, question.show.ids),
  alignedSeries: (question) => alignedSeries(question, question.show.ids),
  weeksBefore: clicksOfWeeksBefore,
  why: (question) => why(question, question.show.figure),
  storedAfter: (question) => seqsStoredAfter(question, question.show.after, question.show.limit),
  labels: (question) => labels(question, question.show.ids),
  linkSearch: (question) => linkSearch(question, question.show.search),
  tagNames: (question) => namesOfTags(question, question.show.ids),
  click: (question) => clickDetail(question, question.show.seq),
  visitorClicks: (question) => visitorClicks(question, question.show.click),
  newestSeq,
  clicksBySeq: (question) => clicksBySeq(question, question.show.seqs),
};

/** The answer when no click can match; null for what is asked by name, where nothing has to match. */
const EMPTY: { readonly [K in Kind]: ((question: Question<K>) => AnswerOf[K]) | null } = {
  totals: () => NOTHING,
  series: emptySeries,
  heatMap: (question) => cellsOfWeek(question, []),
  breakdown: () => ({ rows: [], rowCount: 0, total: 0 }),
  rows: () => ({ rows: [], rowCount: 0, total: 0 }),
  clicks: () => ({ rows: [], newer: null, older: null }),
  links: () => ({ rows: [], total: 0 }),
  values: () => ({ rows: [], rowCount: 0, total: 0 }),
  valueSearch: () => [],
  linkSeries: () => new Map(),
  lifetimes: () => new Map(),
  alignedSeries: unaligned,
  weeksBefore: () => [],
  why: () => ({ engines: [], ms: 0, matching: 0, stored: 0, byBots: 0, newest: null }),
  storedAfter: () => [],
  labels: null,
  linkSearch: null,
  tagNames: null,
  click: null,
  visitorClicks: null,
  newestSeq: null,
  clicksBySeq: null,
};

type Withhold = <Click extends ListedClick | ClickDetail>(click: Click) => Click;

/** Where the clicks of an answer are, for what is withheld of them. */
const WITHHELD: { readonly [K in Kind]?: (answer: AnswerOf[K], withhold: Withhold) => AnswerOf[K] } = {
  clicks: (page, withhold) => ({ ...page, rows: page.rows.map(withhold) }),
  click: (click, withhold) => click && withhold(click),
  visitorClicks: ({ onLink, elsewhere }, withhold) => ({
    onLink: { ...onLink, rows: onLink.rows.map(withhold) },
    elsewhere: { ...elsewhere, rows: elsewhere.rows.map(withhold) },
  }),
  clicksBySeq: (clicks, withhold) => clicks.map(withhold),
};

/** What a question is about beside its conditions: the field of its rows or values. */
function subjectOf(show: object): unknown {
  if ("key" in show) return show.key;
  if ("field" in show) return show.field;
  return "figure" in show ? show.figure : null;
}

/** Whether a question would tell what its scope withholds: by its rows, or by what they are when a condition holds. */
function tellsHidden({ scope, conditions, anyOf, show }: Question): boolean {
  if (scope.hidden.length === 0) return false;
  const fields = [...conditions, ...anyOf.flat()].map(({ field }) => field);
  return [...fields, String(subjectOf(show))].some((field) => isHidden(scope, field));
}

/**
 * The only way to an answer. It holds the question to its scope: links that may not be seen are in no answer and in no
 * number, what is withheld of clicks is in none either, and nothing can be asked by it. A question of which something was
 * not understood matches nothing.
 *
 * @throws AppError when the granularity asked for is too fine for the range
 */
export async function answer<K extends Kind>(question: Question<K>): Promise<AnswerOf[K]> {
  const { scope, show, problems, conditions } = question;
  const { kind } = show;
  const empty = EMPTY[kind];
  if (empty && (problems.length > 0 || tellsHidden(question))) return empty(question);
  const found = await ANSWERS[kind]({ ...question, conditions: [...(scope.links ?? []), ...conditions] });
  const withheld = WITHHELD[kind];
  if (!withheld || scope.hidden.length === 0) return found;
  return withheld(found, (click) => withoutHidden(click, scope.hidden));
}
