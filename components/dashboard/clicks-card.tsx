import { Download } from "lucide-react";
import Link from "next/link";
import { Suspense } from "react";
import { TimeSeries } from "@/components/charts/time-series";
import { requireViewer } from "@/lib/access/session";
import { AppError } from "@/lib/errors";
import { bucketLabel, bucketTick, count, rangeWords, zoneLabel } from "@/lib/format";
import { withParam } from "@/lib/query/address";
import { answerSeries } from "@/lib/query/answer/series";
import { answerTotals } from "@/lib/query/answer/totals";
import { GRANULARITIES, type Granularity } from "@/lib/query/filters";
import { exportHref, hrefTo, type View } from "./view";

const NAMES: Record<Granularity, string> = {
  quarterHour: "¼ hours",
  hour: "Hours",
  day: "Days",
  week: "Weeks",
  month: "Months",
};

function GranularityLinks({ view, current }: { view: View; current: Granularity }) {
  return (
    <nav aria-label="Granularity" className="flex print:hidden">
      {GRANULARITIES.map((granularity) => (
        <Link
          key={granularity}
          href={hrefTo(view.path, withParam(view.params, "granularity", granularity))}
          scroll={false}
          prefetch={false}
          aria-current={granularity === current ? "true" : undefined}
          className="rounded-md px-2 py-1.5 text-muted hover:text-ink aria-[current=true]:bg-raised aria-[current=true]:font-medium aria-[current=true]:text-ink"
        >
          {NAMES[granularity]}
        </Link>
      ))}
    </nav>
  );
}

/** The total stands, but the series cannot be drawn as asked: says why, and how to go on. */
function Refused({ view, clicks, reason }: { view: View; clicks: number; reason: string }) {
  return (
    <div role="alert" className="grid min-h-80 content-center justify-items-center gap-3 p-6 text-center">
      <p className="font-semibold text-4xl tabular-nums tracking-tight">{count(clicks)}</p>
      <p>{reason}</p>
      <Link
        href={hrefTo(view.path, withParam(view.params, "granularity", null))}
        className="font-medium text-accent hover:underline"
      >
        Use the usual granularity
      </Link>
    </div>
  );
}

async function Content({ view }: { view: View }) {
  const viewer = await requireViewer();
  const { filters } = view;
  const series = await answerSeries(viewer, filters).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
  if (series instanceof AppError) {
    const { clicks } = await answerTotals(viewer, filters);
    return <Refused view={view} clicks={clicks} reason={series.message} />;
  }
  const { points, granularity, zone } = series;
  const clicks = points.reduce((sum, point) => sum + point.clicks, 0);
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-4 sm:px-5 sm:pt-5">
        <div>
          <h2 className="text-muted">Clicks</h2>
          <p className="mt-0.5 font-semibold text-4xl tabular-nums tracking-tight">{count(clicks)}</p>
          <p className="mt-1 text-muted">
            {rangeWords(filters)} <span aria-hidden>·</span> {zoneLabel(zone, filters.now)}
          </p>
        </div>
        <div className="flex items-center gap-1">
          <GranularityLinks view={view} current={granularity} />
          <a
            href={exportHref(view, "timeseries.csv")}
            download
            aria-label="Download CSV: clicks over time"
            title="Download CSV"
            className="grid size-9 place-items-center rounded-lg text-muted hover:bg-raised hover:text-ink print:hidden"
          >
            <Download aria-hidden className="size-4" />
          </a>
        </div>
      </div>
      <div className="px-1 pt-3 pb-2 sm:px-3">
        {points.length === 0 && (
          <p className="grid h-64 place-items-center p-6 text-center text-muted sm:h-72">
            {filters.problems.length > 0
              ? "A filter above was not understood, so nothing matches. Remove it."
              : "No clicks yet."}
          </p>
        )}
        {points.length > 0 && (
          <TimeSeries
            label={`Clicks over time: ${rangeWords(filters)}`}
            points={points.map(({ start, clicks: value }) => ({
              start,
              clicks: value,
              label: bucketLabel(start, granularity, zone),
              tick: bucketTick(start, granularity, zone, points.length),
            }))}
          />
        )}
      </div>
    </>
  );
}

/** The number everybody came for, and how it came about. */
export function ClicksCard({ view }: { view: View }) {
  return (
    <section aria-label="Clicks" className="rounded-2xl border border-line bg-surface shadow-card">
      <Suspense
        fallback={
          <div role="status" className="h-[25.5rem] motion-safe:animate-pulse p-5">
            <span className="sr-only">Loading clicks over time</span>
            <div className="h-10 w-40 rounded-lg bg-raised" />
          </div>
        }
      >
        <Content view={view} />
      </Suspense>
    </section>
  );
}
