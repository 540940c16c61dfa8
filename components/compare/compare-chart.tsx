import { type LinesPoint, LinkLines } from "@/components/charts/link-lines";
import { SeriesMark } from "@/components/charts/series-mark";
import { RefusedSeries } from "@/components/figures/clicks-over-time";
import { Card } from "@/components/ui/card";
import { Choices } from "@/components/ui/link";
import { ask, refusal } from "@/components/views/ask";
import type { View } from "@/components/views/view";
import { AppError } from "@/lib/base/errors";
import { bucketLabel, bucketTick, zoneLabel } from "@/lib/base/format";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withParam } from "@/lib/question/codec/write";
import type { Filters } from "@/lib/question/question";
import { granularityFor } from "@/lib/question/series";
import { rangeWords } from "@/lib/question/words";
import type { ComparedLink } from "./compare-table";

type Lines = { label: string; points: LinesPoint[] };

const idsOf = (links: readonly ComparedLink[]) => links.map(({ id }) => id);

/** @throws AppError when the requested granularity is too fine */
async function linesByCalendar(filters: Filters, links: readonly ComparedLink[]): Promise<Lines> {
  const label = "Clicks over time by link";
  const starts = links.flatMap(({ lifetime }) => lifetime?.first.getTime() ?? []);
  if (starts.length === 0) return { label, points: [] };
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
  return { label, points };
}

const STEP_NAMES = { quarterHour: "¼ hour", hour: "Hour", day: "Day", week: "Week" } as const;

/** @throws AppError when the requested granularity is too fine */
async function linesByAge(filters: Filters, links: readonly ComparedLink[]): Promise<Lines> {
  const { step, links: clicks } = await ask({ kind: "alignedSeries", ids: idsOf(links) }, filters);
  const name = STEP_NAMES[step];
  const longest = Math.max(0, ...[...clicks.values()].map(({ length }) => length));
  const points = Array.from({ length: longest }, (_, at) => ({
    start: at,
    label: `${name} ${at + 1} from the first click`,
    tick: `${name} ${at + 1}`,
    clicks: links.map(({ id }) => clicks.get(id)?.[at] ?? null),
  }));
  return { label: "Clicks since the first click by link", points };
}

/** The parameter when lines start at each link's first click. */
const FIRST = "first";

const isAligned = ({ params }: View): boolean => params.get("align") === FIRST;

function AlignLinks({ view }: { view: View }) {
  const href = (align: string | null) => hrefTo(view.path, withParam(view.params, "align", align));
  const choices = [
    { name: "Calendar", href: href(null), isCurrent: !isAligned(view) },
    { name: "Since first click", href: href(FIRST), isCurrent: isAligned(view) },
  ];
  return <Choices label="Alignment" choices={choices} className="print:hidden" />;
}

async function Content({ view, filters, links }: { view: View; filters: Filters; links: readonly ComparedLink[] }) {
  const lines = isAligned(view) ? linesByAge(filters, links) : linesByCalendar(filters, links);
  const found = await lines.catch(refusal);
  if (found instanceof AppError) return <RefusedSeries view={view} reason={found.message} className="min-h-80" />;
  if (found.points.length === 0) {
    return <p className="grid min-h-80 place-items-center p-6 text-center text-muted">No clicks in this range.</p>;
  }
  return (
    <div className="px-1 pt-4 pb-2 sm:px-3">
      <LinkLines label={found.label} names={links.map(({ name }) => name)} points={found.points} />
      <ul aria-label="Lines" className="flex flex-wrap gap-x-5 gap-y-1.5 px-3 pt-2 pb-2">
        {links.map(({ id, name }, place) => (
          <li key={id} className="flex min-w-0 items-center gap-2">
            <SeriesMark place={place} />
            <span className="truncate">{name}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Clicks of the links in one chart, by date or since each link's first click. */
export function CompareChart(props: { view: View; filters: Filters; links: readonly ComparedLink[] }) {
  const { filters } = props;
  return (
    <Card
      label="Clicks per link"
      head={
        <h2 className="min-w-0 truncate py-3.5 text-muted">
          {rangeWords(filters)} <span aria-hidden>·</span> {zoneLabel(filters.zone, filters.now)}
        </h2>
      }
      actions={<AlignLinks view={props.view} />}
    >
      <Content {...props} />
    </Card>
  );
}
