import "server-only";
import { AppError } from "@/lib/base/errors";
import type {
  Breakdown,
  BreakdownRow,
  HeatMap,
  SameValues,
  Series,
  SeriesPoint,
  Totals,
} from "@/lib/question/answer-types";
import { ALL_ROWS, type Kind, type Lock, type Question, type RowsPart } from "@/lib/question/question";
import { slice } from "@/lib/question/row-selection";

/** What the readers of a share link may ask: figures, and names of what they are about. */
const SHARED: ReadonlySet<Kind> = new Set([
  ...(["totals", "series", "heatMap", "breakdown", "rows", "sameValues"] as const),
  ...(["firstClick", "labels", "tagNames", "folderNames"] as const),
]);

/**
 * A question as a lock allows it: about its clicks, in its range and zone, with the question's own conditions besides.
 *
 * @throws AppError forbidden for what share links don't show, and for conditions where there may be none
 */
export function within<K extends Kind>(question: Question<K>, lock: Lock): Question<K> {
  const isFiltered = question.conditions.length + question.anyOf.length > 0;
  if (!SHARED.has(question.show.kind) || (isFiltered && !lock.mayFilter))
    throw new AppError("forbidden", "This share link doesn’t show that.");
  const { range, zone, bots, now, upTo } = lock;
  return {
    ...question,
    ...{ range, zone, bots, now, upTo },
    comparison: question.comparison && lock.comparison,
    conditions: [...lock.conditions, ...question.conditions],
    anyOf: [...lock.anyOf, ...question.anyOf],
  };
}

/**
 * Which of some counts are hidden so that none below `least` is told, by index: those below it, and, where they would
 * follow from what the others add up to, the next larger ones. Zeros are shown.
 */
export function smallCounts(counts: readonly number[], least: number): ReadonlySet<number> {
  const ascending = counts
    .map((count, index) => ({ count, index }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.count - b.count || a.index - b.index);
  const hidden = new Set<number>();
  let sum = 0;
  for (const { count, index } of ascending) {
    if (count >= least && (sum === 0 || sum >= least)) break;
    hidden.add(index);
    sum += count;
  }
  return hidden;
}

/** Totals without small counts, which are named. Clicks with an address and those without are told or not together. */
function withoutSmallTotals({ clicks, visitors, links, withheld }: Totals, least: number): Totals {
  const isSmall = (count: number) => count > 0 && count < least;
  if (isSmall(clicks)) return { clicks: 0, visitors: 0, links: 0, withheld: 0, small: ["clicks", "visitors", "links"] };
  if ([visitors, withheld, clicks - withheld].some(isSmall))
    return { clicks, visitors: 0, links, withheld: 0, small: ["visitors"] };
  return { clicks, visitors, links, withheld };
}

function withoutSmallPoints(points: readonly SeriesPoint[], least: number): SeriesPoint[] {
  const hidden = smallCounts(
    points.map(({ clicks }) => clicks),
    least,
  );
  return points.map((point, index) => (hidden.has(index) ? { ...point, clicks: 0, isHidden: true } : point));
}

/** A week without small counts. Its medians would tell them. */
function withoutSmallCells({ zone, cells, median }: HeatMap, least: number): HeatMap {
  const hidden = smallCounts(cells.flat(), least);
  const shown = cells.map((row, day) => row.map((clicks, hour) => (hidden.has(day * row.length + hour) ? 0 : clicks)));
  return { zone, cells: shown, median: median.map((row) => row.map(() => null)) };
}

const rowName = ({ value, place }: BreakdownRow): string => JSON.stringify([value, place ?? null]);

/** Rows without small counts: `all` are those of every value, `asked` those of a search in some order. */
function withoutSmallRows(all: Breakdown, asked: Breakdown, part: RowsPart, least: number): Breakdown {
  const hidden = smallCounts(
    all.rows.map(({ clicks }) => clicks),
    least,
  );
  // By name: a click may have come between the two answers.
  const told = new Set(all.rows.filter(({ clicks }, index) => clicks > 0 && !hidden.has(index)).map(rowName));
  const rows = asked.rows.filter((row) => told.has(rowName(row)));
  const isSmall = all.total < least;
  return {
    rows: isSmall ? [] : slice(rows, part),
    rowCount: isSmall ? 0 : rows.length,
    total: isSmall ? 0 : all.total,
  };
}

type RowsShow = { rows?: Partial<RowsPart> };

/** How a question is answered that has been made ready. */
type Find<K extends Kind> = (show: Question<K>["show"]) => Promise<unknown>;

/** The first moment that a lock shows; null: it begins with the first click. */
const firstShown = ({ range, comparison }: Lock): Date | null =>
  comparison && range.from && comparison.from < range.from ? comparison.from : range.from;

/**
 * An answer as a lock tells it. With `least` nothing is compared, and no counts below it are told: differences would tell
 * them. The first click is told if it lies within what is shown.
 */
export async function answerLocked<K extends Kind>(
  show: Question<K>["show"],
  lock: Lock,
  find: Find<K>,
): Promise<unknown> {
  const { kind } = show;
  const { least } = lock;
  if (kind === "firstClick") {
    const [first, shown] = [(await find(show)) as Date | null, firstShown(lock)];
    return first && shown && first < shown ? shown : first;
  }
  if (least === 0) return find(show);
  if (kind === "breakdown" || kind === "rows") {
    const part: RowsPart = { ...ALL_ROWS, ...(show as RowsShow).rows };
    const asked = { ...show, rows: { ...part, limit: null, offset: 0 } };
    const all = (await find({ ...show, rows: ALL_ROWS })) as Breakdown;
    return withoutSmallRows(all, (await find(asked)) as Breakdown, part, least);
  }
  const answer = await find(show);
  if (kind === "totals") return withoutSmallTotals(answer as Totals, least);
  if (kind === "heatMap") return withoutSmallCells(answer as HeatMap, least);
  if (kind === "series") {
    const { granularity, zone, points } = answer as Series;
    return { granularity, zone, points: withoutSmallPoints(points, least) };
  }
  if (kind === "sameValues") {
    const same = answer as SameValues;
    return [...same.values()].some(({ clicks }) => clicks < least) ? new Map() : same;
  }
  return answer;
}
