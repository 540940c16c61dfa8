import Link from "next/link";
import { LinkLines } from "@/components/charts/link-lines";
import { SeriesMark } from "@/components/charts/series-mark";
import { RefusedSeries } from "@/components/dashboard/refused-series";
import { hrefTo, type View } from "@/components/dashboard/view";
import { Card } from "@/components/ui/card";
import { requireViewer } from "@/lib/access/session";
import { AppError } from "@/lib/errors";
import { rangeWords, zoneLabel } from "@/lib/format";
import { withParam } from "@/lib/question/codec/write";
import type { Filters } from "@/lib/question/question";
import { text } from "@/lib/text/compare";
import type { ComparedLink } from "./compared-link";
import { type Lines, linesByAge, linesByCalendar } from "./lines";

/** What the address says when lines begin with each link's own first click. */
const FIRST = "first";

const isAligned = ({ params }: View): boolean => params.get("align") === FIRST;

function AlignLinks({ view }: { view: View }) {
  const choices = [
    { name: text.chart.calendar, value: null, current: !isAligned(view) },
    { name: text.chart.sinceFirst, value: FIRST, current: isAligned(view) },
  ];
  return (
    <nav aria-label={text.chart.alignment} className="flex print:hidden">
      {choices.map(({ name, value, current }) => (
        <Link
          key={name}
          href={hrefTo(view.path, withParam(view.params, "align", value))}
          scroll={false}
          prefetch={false}
          aria-current={current ? "true" : undefined}
          className="whitespace-nowrap rounded-md px-2 py-1.5 text-muted hover:text-ink aria-[current=true]:bg-raised aria-[current=true]:font-medium aria-[current=true]:text-ink"
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

async function lines(view: View, filters: Filters, links: readonly ComparedLink[]): Promise<Lines | AppError> {
  const scope = await requireViewer();
  try {
    return await (isAligned(view) ? linesByAge(scope, filters, links) : linesByCalendar(scope, filters, links));
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

async function Content({ view, filters, links }: { view: View; filters: Filters; links: readonly ComparedLink[] }) {
  const found = await lines(view, filters, links);
  if (found instanceof AppError) return <RefusedSeries view={view} reason={found.message} className="min-h-80" />;
  if (found.points.length === 0) {
    return <p className="grid min-h-80 place-items-center p-6 text-center text-muted">{text.chart.noClicks}</p>;
  }
  return (
    <div className="px-1 pt-4 pb-2 sm:px-3">
      <LinkLines label={found.label} names={links.map(({ name }) => name)} points={found.points} />
      <ul aria-label={text.chart.lines} className="flex flex-wrap gap-x-5 gap-y-1.5 px-3 pt-2 pb-2">
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

/** The links' clicks in one chart, on the calendar or since each one's first click. */
export function CompareChart(props: { view: View; filters: Filters; links: readonly ComparedLink[] }) {
  const { filters } = props;
  return (
    <Card
      label={text.chart.label}
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
