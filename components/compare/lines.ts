import type { LinesPoint } from "@/components/charts/link-lines";
import { bucketLabel, bucketTick } from "@/lib/format";
import { answer } from "@/lib/question/answer";
import { type Filters, question, type Scope } from "@/lib/question/question";
import { granularityFor } from "@/lib/question/series";
import { text } from "@/lib/text/compare";
import type { ComparedLink } from "./compared-link";

/** Lines ready to be drawn, in the order of the links. */
export type Lines = { label: string; points: LinesPoint[] };

const idsOf = (links: readonly ComparedLink[]) => links.map(({ id }) => id);

/** @throws AppError when the granularity asked for is too fine */
export async function linesByCalendar(scope: Scope, filters: Filters, links: readonly ComparedLink[]): Promise<Lines> {
  const label = text.chart.byCalendar;
  const starts = links.flatMap(({ life }) => life?.first.getTime() ?? []);
  if (starts.length === 0) return { label, points: [] };
  const { range, now, zone } = filters;
  const from = range.from ?? new Date(Math.min(...starts));
  // Chosen here, so that it is known how to call the buckets.
  const granularity = filters.granularity ?? granularityFor(from, range.to ?? now);
  const series = await answer(question(scope, { kind: "linkSeries", ids: idsOf(links) }, { ...filters, granularity }));
  const buckets = [...series.values()][0]?.points ?? [];
  const points = buckets.map(({ start }, at) => ({
    at: start,
    label: bucketLabel(start, granularity, zone),
    tick: bucketTick(start, granularity, zone, buckets.length),
    clicks: links.map(({ id }) => series.get(id)?.points[at]?.clicks ?? 0),
  }));
  return { label, points };
}

/** @throws AppError when the granularity asked for is too fine */
export async function linesByAge(scope: Scope, filters: Filters, links: readonly ComparedLink[]): Promise<Lines> {
  const { step, links: clicks } = await answer(question(scope, { kind: "alignedSeries", ids: idsOf(links) }, filters));
  const words = text.chart.steps[step];
  const longest = Math.max(0, ...[...clicks.values()].map(({ length }) => length));
  const points = Array.from({ length: longest }, (_, at) => ({
    at,
    label: words.label(at + 1),
    tick: words.tick(at + 1),
    clicks: links.map(({ id }) => clicks.get(id)?.[at] ?? null),
  }));
  return { label: text.chart.byAge, points };
}
