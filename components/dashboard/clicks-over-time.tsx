import { Download } from "lucide-react";
import { TimeSeries } from "@/components/charts/time-series";
import { WhyButton } from "@/components/why/why-button";
import { requireViewer } from "@/lib/access/session";
import { AppError } from "@/lib/errors";
import { rangeWords } from "@/lib/format";
import { answer } from "@/lib/question/answer";
import { withParam } from "@/lib/question/codec/write";
import { type Filters, question } from "@/lib/question/question";
import { receptionGaps } from "@/lib/reception/read";
import { text } from "@/lib/text/cards";
import { ChartCaption } from "./chart-caption";
import { GranularityLinks } from "./granularity-links";
import { RefusedSeries } from "./refused-series";
import { gapsAmong, seriesPoints } from "./series-points";
import { exportHref, figureQuery, hrefTo, type View } from "./view";

/** As high as the chart with what stands above it, so that nothing jumps when it comes. */
export const CHART_HEIGHT = "h-[21rem]";

function Nothing({ filters }: { filters: Filters }) {
  return (
    <p className={`grid ${CHART_HEIGHT} place-items-center p-6 text-center text-muted`}>
      {filters.problems.length > 0 ? text.notUnderstood : text.noClicksYet}
    </p>
  );
}

/** Where a part of the chart leads when it is looked at closer. */
function zoomBase({ path, params }: View): string {
  const base = hrefTo(path, withParam(withParam(params, "interval", null), "granularity", null));
  return `${base}${base.includes("?") ? "&" : "?"}`;
}

/** The series as a chart, in the granularity asked for. */
export async function ClicksOverTime({ view }: { view: View }) {
  const { filters } = view;
  const scope = await requireViewer();
  const [series, gaps] = await Promise.all([
    answer(question(scope, { kind: "series" }, filters)).catch((error: unknown) => {
      if (error instanceof AppError) return error;
      throw error;
    }),
    receptionGaps(filters.range),
  ]);
  if (series instanceof AppError) return <RefusedSeries view={view} reason={series.message} className={CHART_HEIGHT} />;
  const [first] = series.points;
  if (!first) return <Nothing filters={filters} />;
  const span = {
    from: filters.range.from ?? new Date(first.start),
    to: filters.range.to ?? filters.now,
  };
  return (
    <div data-numbers className="px-1 pb-2 sm:px-3">
      <TimeSeries
        label={text.overTimeIn(rangeWords(filters))}
        points={seriesPoints(series, filters, gaps)}
        gaps={gapsAmong(series, gaps)}
        caption={<ChartCaption filters={filters} series={series} />}
        zoomBase={zoomBase(view)}
        controls={
          <>
            <GranularityLinks view={view} current={series.granularity} span={span} />
            <WhyButton of={text.overTime} query={figureQuery(view, "timeseries")} />
            <a
              href={exportHref(view, "timeseries.csv")}
              download
              aria-label={text.downloadOf(text.clicksOverTime)}
              title={text.download}
              className="grid size-9 shrink-0 place-items-center rounded-lg text-muted hover:bg-raised hover:text-ink print:hidden"
            >
              <Download aria-hidden className="size-4" />
            </a>
          </>
        }
      />
    </div>
  );
}
