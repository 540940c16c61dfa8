import "server-only";
import { breakdown } from "@/lib/question/answer/breakdown";
import {
  clickDetail,
  clickPage,
  clicksBySeq,
  newestSeq,
  seqsStoredAfter,
  visitorClicks,
} from "@/lib/question/answer/clicks";
import { cellsOfWeek, clicksOfWeeksBefore, heatMap, NOTHING, totals } from "@/lib/question/answer/counts";
import { labels, linkPage, linkSearch, namesOfTags } from "@/lib/question/answer/links";
import { alignedSeries, emptySeries, linkLifetimes, linkSeries, series, UNALIGNED } from "@/lib/question/answer/series";
import { rowsInWords, valueSearch, values } from "@/lib/question/answer/values";
import { why } from "@/lib/question/answer/why";
import type { Why } from "@/lib/question/answers";
import { isHidden, type Kind, type Question, type Show } from "@/lib/question/question";

const noRows = () => ({ rows: [], rowCount: 0, total: 0 });
const NO_WHY: Why = { engines: [], ms: 0, matching: 0, stored: 0, byBots: 0, newest: null };

type Answering<K extends Kind, Answer> = {
  /** Answers a question that is held to its scope. */
  find: (question: Question<K>, show: Show<K>) => Promise<Answer>;
  /** The answer when no click can match; missing for what is asked by name, where nothing has to match. */
  none?: (question: Question<K>) => Answer;
};

/** How each kind is answered. */
const KINDS = {
  totals: { find: totals, none: () => NOTHING },
  series: { find: series, none: emptySeries },
  heatMap: { find: heatMap, none: (question) => cellsOfWeek(question, []) },
  breakdown: { find: (question, { key, rows }) => breakdown(question, key, rows), none: noRows },
  rows: { find: rowsInWords, none: noRows },
  clicks: { find: clickPage, none: () => ({ rows: [], newer: null, older: null }) },
  links: { find: linkPage, none: () => ({ rows: [], total: 0 }) },
  values: { find: values, none: noRows },
  valueSearch: { find: valueSearch, none: () => [] },
  linkSeries: { find: linkSeries, none: () => new Map() },
  lifetimes: { find: linkLifetimes, none: () => new Map() },
  alignedSeries: { find: alignedSeries, none: () => UNALIGNED },
  weeksBefore: { find: clicksOfWeeksBefore, none: () => [] },
  why: { find: why, none: () => NO_WHY },
  storedAfter: { find: seqsStoredAfter, none: () => [] },
  labels: { find: labels },
  linkSearch: { find: linkSearch },
  tagNames: { find: namesOfTags },
  click: { find: clickDetail },
  visitorClicks: { find: visitorClicks },
  newestSeq: { find: newestSeq },
  clicksBySeq: { find: clicksBySeq },
} satisfies { readonly [K in Kind]: Answering<K, unknown> };

type AnswerOf<K extends Kind> = Awaited<ReturnType<(typeof KINDS)[K]["find"]>>;

const ANSWERING: { readonly [K in Kind]: Answering<K, AnswerOf<K>> } = KINDS;

/** Whether a question would tell what its scope withholds: by its rows, or by what they are when a condition holds. */
function tellsHidden({ scope, conditions, anyOf, show }: Question): boolean {
  const { key, field, figure }: { kind: Kind; key?: string; field?: string; figure?: string } = show;
  const fields = [...conditions, ...anyOf.flat()].map((condition) => condition.field);
  return [...fields, key, field, figure].some((name) => name !== undefined && isHidden(scope, name));
}

/**
 * The only way to an answer. It holds the question to its scope: hidden links are in no answer and no number, and
 * hidden columns can neither be seen nor asked by. A question with problems matches nothing.
 *
 * @throws AppError when the granularity asked for is too fine for the range
 */
export async function answer<K extends Kind>(question: Question<K>): Promise<AnswerOf<K>> {
  const { scope, show, problems, conditions } = question;
  const { find, none } = ANSWERING[show.kind];
  if (none && (problems.length > 0 || tellsHidden(question))) return none(question);
  return find({ ...question, conditions: [...(scope.links ?? []), ...conditions] }, show);
}
