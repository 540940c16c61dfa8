import "server-only";
import type { DimensionKey } from "@/lib/click/dimensions";
import { band } from "@/lib/question/answer/band";
import { breakdown } from "@/lib/question/answer/breakdown";
import * as clicks from "@/lib/question/answer/clicks";
import * as counts from "@/lib/question/answer/counts";
import { destinations } from "@/lib/question/answer/destinations";
import { createFairQueue } from "@/lib/question/answer/fair-queue";
import * as links from "@/lib/question/answer/links";
import { answerLocked, within } from "@/lib/question/answer/lock";
import * as series from "@/lib/question/answer/series";
import { dataState, everyClick, noClicks, snapshot } from "@/lib/question/answer/snapshot";
import * as values from "@/lib/question/answer/values";
import { why } from "@/lib/question/answer/why";
import type { Why } from "@/lib/question/answer-types";
import { withoutOwn } from "@/lib/question/codec/facets";
import { type Figure, isDimensionFigure, isHidden, type Kind, type Question, type Show } from "@/lib/question/question";

const queued = createFairQueue();

const noRows = () => ({ rows: [], rowCount: 0, total: 0 });
const NO_WHY: Why = { answeredBy: [], ms: 0, matching: 0, stored: 0, withheld: null, byBots: 0, newest: null };

type Answering<K extends Kind, Answer> = {
  /** Answers a question whose scope has been applied. */
  find: (question: Question<K>, show: Show<K>) => Promise<Answer>;
  /** The answer when no click can match. Missing for questions about named things, where nothing has to match. */
  none?: (question: Question<K>) => Answer;
};

/** How each kind is answered. */
const KINDS = {
  totals: { find: counts.totals, none: () => counts.NOTHING },
  series: { find: series.series, none: series.emptySeries },
  heatMap: { find: counts.heatMap, none: (question) => counts.cellsOfWeek(question, [], new Map()) },
  breakdown: { find: (question, { key, ...part }) => breakdown(question, key, part), none: noRows },
  rows: { find: values.rowsInWords, none: noRows },
  clicks: { find: clicks.clickPage, none: () => ({ rows: [], newer: null, older: null }) },
  clicksInFull: { find: clicks.clicksInFull, none: () => [] },
  links: { find: links.linkPage, none: () => ({ rows: [], total: 0 }) },
  values: { find: values.values, none: noRows },
  valueSearch: { find: values.valueSearch, none: () => [] },
  linkSeries: { find: series.linkSeries, none: () => new Map() },
  lifetimes: { find: series.linkLifetimes, none: () => new Map() },
  alignedSeries: { find: series.alignedSeries, none: () => series.UNALIGNED },
  band: { find: band, none: () => null },
  sameValues: { find: counts.sameValues, none: () => new Map() },
  weeksBefore: { find: counts.clicksOfWeeksBefore, none: () => [] },
  why: { find: why, none: () => NO_WHY },
  everyClick: { find: everyClick, none: noClicks },
  storedAfter: { find: clicks.seqsStoredAfter, none: () => [] },
  labels: { find: links.labels },
  linkSearch: { find: links.linkSearch },
  tagNames: { find: links.namesOfTags },
  folderNames: { find: links.namesOfFolders },
  destinations: { find: destinations },
  linkPayloads: { find: links.linkPayloads },
  click: { find: clicks.clickDetail },
  visitorClicks: { find: clicks.visitorClicks },
  newestSeq: { find: clicks.newestSeq },
  snapshot: { find: snapshot },
  dataState: { find: dataState },
  firstClick: { find: clicks.firstClick },
  clicksBySeq: { find: clicks.clicksBySeq },
  identity: { find: clicks.identity },
  arrivals: { find: clicks.arrivals },
} satisfies { readonly [K in Kind]: Answering<K, unknown> };

type AnswerOf<K extends Kind> = Awaited<ReturnType<(typeof KINDS)[K]["find"]>>;

const ANSWERING: { readonly [K in Kind]: Answering<K, AnswerOf<K>> } = KINDS;

/** Whether a question would reveal a hidden column: by its rows, or by which clicks match a condition on it. */
function tellsHidden({ scope, conditions, anyOf, show }: Question): boolean {
  const { key, field, figure }: { kind: Kind; key?: string; field?: string; figure?: string } = show;
  const fields = [...conditions, ...anyOf.flat()].map((condition) => condition.field);
  return [...fields, key, field, figure].some((name) => name !== undefined && isHidden(scope, name));
}

/** A facet without its own conditions. Never without the scope's, which are added later. */
function asFacet<K extends Kind>(question: Question<K>): Question<K> {
  const { key, figure, facet }: { kind: Kind; key?: DimensionKey; figure?: Figure; facet?: boolean } = question.show;
  const own = key ?? (figure && isDimensionFigure(figure) ? figure : null);
  return facet && own ? withoutOwn(question, own) : question;
}

/**
 * The only way to an answer. Applies the question's scope: hidden links are in no answer and no number, and hidden
 * columns can't be asked by; clicks are read without them. What is locked is as the lock says, and small counts are left
 * out. A question with problems matches nothing.
 *
 * @throws AppError when the requested granularity is too fine for the range, or when the scope doesn't allow the kind
 */
export async function answer<K extends Kind>(question: Question<K>): Promise<AnswerOf<K>> {
  const { scope, problems } = question;
  const { find, none } = ANSWERING[question.show.kind];
  const facet = asFacet(question);
  const asked = scope.lock ? within(facet, scope.lock) : facet;
  if (none && (problems.length > 0 || tellsHidden(question))) return none(asked);
  const scoped = { ...asked, conditions: [...(scope.links ?? []), ...asked.conditions] };
  const ask = (show: Show<K>) => queued(scope, () => find(scoped, show));
  if (!scope.lock) return ask(question.show);
  return (await answerLocked(question.show, scope.lock, ask)) as AnswerOf<K>;
}
