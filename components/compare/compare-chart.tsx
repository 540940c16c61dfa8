import { type LinesPoint, LinkLines } from "@/components/charts/link-lines";
import { SeriesMark } from "@/components/charts/series-mark";
import { RefusedSeries } from "@/components/figures/clicks-over-time";
import { Card } from "@/components/ui/card";
import { Choices } from "@/components/ui/link";
import { ask, refusal } from "@/components/views/ask";
import type { View } from "@/components/views/view";
import { AppError } from "@/lib/base/errors";
import { bucketLabel, bucketTick, zoneLabel } from "@/lib/base/format";
import type { AgeStep } from "@/lib/question/answer-types";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withParam } from "@/lib/question/codec/write";
import type { Filters } from "@/lib/question/question";
import { granularityFor } from "@/lib/question/series";
import { rangeWords } from "@/lib/question/words";
import type { ComparedLink } from "./compare-table";

/** `unfinished`: index of each line's bucket that isn't over yet, or -1. */
type Lines = { label: string; points: LinesPoint[]; unfinished: number[] };

/** Other links drawn in grey behind the chosen ones. */
const OTHERS = 30;

const idsOf = (links: readonly ComparedLink[]) => links.map(({ id }) => id);

/** @throws AppError when the requested granularity is too fine */
async function linesByCalendar(filters: Filters, links: readonly ComparedLink[]): Promise<Lines> {
  const label = "Clicks over time by link";
  const starts = links.flatMap(({ lifetime }) => lifetime?.first.getTime() ?? []);
  if (starts.length === 0) return { label, points: [], unfinished: [] };
  const { range, now, zone } = filters;
  const from = range.from ?? new Date(Math.min(...starts));
  // Chosen here, because it also names the buckets.
  const granularity = filters.granularity ?? granularityFor(from, range.to ?? now);
  const series = await ask({ kind: "linkSeries", ids: idsOf(links) }, { ...filters, granularity });
  const buckets = [...series.values()][0]?.points ?? [];
  const points = buckets.map(({ start }, at) => ({
    start,
    label: bucketLabel(start, granularity, zone),
    tick: bucketTick(start, granularity, zone, buckets.length),
    clicks: links.map(({ id }) => series.get(id)?.points[at]?.clicks ?? 0),
  }));
  const current = buckets.findLastIndex(({ start }) => start <= now.getTime());
  const isOver = (range.to !== null && range.to <= now) || current === -1;
  return { label, points, unfinished: links.map(() => (isOver ? -1 : current)) };
}

const STEP_NAMES = { quarterHour: "¼ hour", hour: "Hour", day: "Day", week: "Week" } as const;

const running = (clicks: readonly number[]): number[] => {
  let sum = 0;
  return clicks.map((more) => {
    sum += more;
    return sum;
  });
};

/** The busiest other links in the same steps; none where the steps are too fine for their lives. */
async function othersByAge(filters: Filters, step: AgeStep, ids: readonly string[]): Promise<number[][]> {
  const { rows } = await ask({ kind: "links", q: "", sort: "clicks", page: 1, pageSize: OTHERS + ids.length }, filters);
  const others = rows.map(({ link }) => link.id).filter((id) => !ids.includes(id));
  const series = await ask({ kind: "alignedSeries", ids: others }, { ...filters, granularity: step }).catch(refusal);
  return series instanceof AppError ? [] : [...series.links.values()].map(running);
}

/** @throws AppError when the requested granularity is too fine */
async function linesByAge(filters: Filters, links: readonly ComparedLink[], isRace: boolean): Promise<Lines> {
  const ids = idsOf(links);
  const { step, links: steps } = await ask({ kind: "alignedSeries", ids }, filters);
  const others = isRace ? await othersByAge(filters, step, ids) : [];
  const clicks = new Map([...steps].map(([id, own]) => [id, isRace ? running(own) : own]));
  const name = STEP_NAMES[step];
  const longest = Math.max(0, ...[...clicks.values()].map(({ length }) => length));
  const points = Array.from({ length: longest }, (_, at) => ({
    start: at,
    label: `${name} ${at + 1} from the first click${filters.range.from ? " in the range" : ""}`,
    tick: `${name} ${at + 1}`,
    clicks: links.map(({ id }) => clicks.get(id)?.[at] ?? null),
    others: others.map((own) => own[at] ?? null),
  }));
  const isOver = filters.range.to !== null && filters.range.to <= filters.now;
  const unfinished = links.map(({ id }) => (isOver ? -1 : (clicks.get(id)?.length ?? 0) - 1));
  const label = isRace ? "Total clicks since the first click by link" : "Clicks since the first click by link";
  return { label, points, unfinished };
}

/** How lines are aligned: totals since each link's first click by default, clicks since then, or by date. */
type Alignment = "race" | "first" | "calendar";

const alignmentOf = ({ params }: View): Alignment =>
  (["first", "calendar"] as const).find((name) => name === params.get("align")) ?? "race";

const ALIGNMENTS: Record<Alignment, string> = { race: "Race", first: "Since first click", calendar: "Calendar" };

function AlignLinks({ view }: { view: View }) {
  const choices = (Object.keys(ALIGNMENTS) as Alignment[]).map((align) => ({
    name: ALIGNMENTS[align],
    href: hrefTo(view.path, withParam(view.params, "align", align === "race" ? null : align)),
    isCurrent: align === alignmentOf(view),
  }));
  return <Choices label="Alignment" choices={choices} className="print:hidden" />;
}

async function Content({ view, filters, links }: { view: View; filters: Filters; links: readonly ComparedLink[] }) {
  const alignment = alignmentOf(view);
  const lines =
    alignment === "calendar" ? linesByCalendar(filters, links) : linesByAge(filters, links, alignment === "race");
  const found = await lines.catch(refusal);
  if (found instanceof AppError) return <RefusedSeries view={view} reason={found.message} className="min-h-80" />;
  if (found.points.length === 0) {
    return <p className="grid min-h-80 place-items-center p-6 text-center text-muted">No clicks in this range.</p>;
  }
  return (
    <div className="px-1 pt-4 pb-2 sm:px-3">
      <LinkLines {...found} names={links.map(({ name }) => name)} />
      <ul aria-label="Lines" className="flex flex-wrap gap-x-5 gap-y-1.5 px-3 pt-2 pb-2">
        {links.map(({ id, name }, place) => (
          <li key={id} className="flex min-w-0 items-center gap-2">
            <SeriesMark place={place} />
            <span className="truncate">{name}</span>
          </li>
        ))}
        {found.points.some(({ others }) => others && others.length > 0) && (
          <li className="flex items-center gap-2 text-muted">
            <span aria-hidden className="h-px w-7 bg-strong-line" />
            Other links
          </li>
        )}
      </ul>
    </div>
  );
}

/** Clicks of the links in one chart. */
export function CompareChart(props: { view: View; filters: Filters; links: readonly ComparedLink[] }) {
  const { filters } = props;
  return (
    <Card
      label="Clicks per link"
      head={
        <div className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-x-2">
          <h2 className="min-w-0 truncate py-3.5 text-muted">
            {rangeWords(filters)} <span aria-hidden>·</span> {zoneLabel(filters.zone, filters.now)}
          </h2>
          <AlignLinks view={props.view} />
        </div>
      }
    >
      <Content {...props} />
    </Card>
  );
}
