import { ImageButton } from "@/components/charts/image-button";
import { TimeSeries } from "@/components/charts/time-series";
import type { NotePlace } from "@/components/notes/note-button";
import { AddNote, Notes } from "@/components/notes/notes";
import { counted } from "@/components/ui/counted";
import { IconLink } from "@/components/ui/icon-button";
import { Choices, TextLink } from "@/components/ui/link";
import { ask, readerScope, refusal } from "@/components/views/ask";
import { exportHref, figureQuery, hrefStart, type View } from "@/components/views/view";
import { WhyButton } from "@/components/why/why-button";
import { linksOf, notesIn, type PlacedNote } from "@/lib/account/notes/store";
import { namesIn } from "@/lib/api/about";
import { fileName } from "@/lib/api/export";
import { filterWords } from "@/lib/api/why";
import { AppError } from "@/lib/base/errors";
import { zoneLabel } from "@/lib/base/format";
import { log } from "@/lib/base/log";
import { GRANULARITIES, type Granularity, localIso } from "@/lib/base/time";
import { readDowntimes } from "@/lib/deliveries/heartbeat/stored-spans";
import type { Series } from "@/lib/question/answer-types";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withoutParam, withParam } from "@/lib/question/codec/write";
import type { Filters } from "@/lib/question/question";
import { granularitiesFor, granularityFor } from "@/lib/question/series";
import { comparisonDates, rangeDates, rangeWords } from "@/lib/question/words";
import { gapsAmong, markersAmong, pictureTicks, seriesPoints } from "./series-points";

const GRANULARITY_WORDS = { quarterHour: "15 min", hour: "Hours", day: "Days", week: "Weeks", month: "Months" };

type GranularityLinksProps = { view: View; current: Granularity; span: { from: Date; to: Date } };

function GranularityLinks({ view, current, span: { from, to } }: GranularityLinksProps) {
  const usual = granularityFor(from, to);
  const offered = granularitiesFor(from, to);
  const choices = GRANULARITIES.filter((entry) => entry === current || offered.includes(entry)).map((granularity) => ({
    name: GRANULARITY_WORDS[granularity],
    href: hrefTo(view.path, withParam(view.params, "granularity", granularity === usual ? null : granularity)),
    isCurrent: granularity === current,
  }));
  return <Choices label="Granularity" choices={choices} className="print:hidden" />;
}

function LineName({ color, children }: { color: string; children: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className={`h-0.5 w-4 rounded ${color}`} />
      {children}
    </span>
  );
}

function ChartCaption({ filters, series: { previous } }: { filters: Filters; series: Series }) {
  const { comparison, zone, now } = filters;
  const dates = rangeDates(filters);
  if (!comparison || !previous) {
    return (
      <p className="text-muted">
        {dates} <span aria-hidden>·</span> {zoneLabel(zone, now)}
      </p>
    );
  }
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1 text-muted">
      <LineName color="bg-accent">{dates}</LineName>
      <LineName color="bg-strong-line">{comparisonDates(filters, comparison)}</LineName>
      <span>{zoneLabel(zone, now)}</span>
    </p>
  );
}

/** Height of the chart with its caption, so that nothing jumps when it loads. */
export const CHART_HEIGHT = "h-[21rem]";

function withoutNotes(error: unknown): PlacedNote[] {
  log.warn({ err: error }, "notes: read failed");
  return [];
}

/** Of the notes on an image of a chart so many are in words. */
const MOST_NOTES = 5;

/** What an image of the chart says about itself. */
async function imageLines(filters: Filters, notes: readonly PlacedNote[]): Promise<string[]> {
  const { comparison, zone, now } = filters;
  const names = await namesIn(await readerScope(), filters);
  const about = `${rangeDates(filters)} · ${zoneLabel(zone, now)}`;
  const filtered = filters.conditions.length + filters.anyOf.length > 0;
  return [
    comparison ? `${about} · grey: ${comparisonDates(filters, comparison)}` : about,
    ...(filtered ? [filterWords(filters, names)] : []),
    ...notes.slice(0, MOST_NOTES).map(({ when, text }) => `${when}: ${text}`),
    ...(notes.length > MOST_NOTES ? [counted(notes.length - MOST_NOTES, "more note")] : []),
  ];
}

/** Where a new note stands at first: on the last day of the range that isn't in the future. */
function placeOfNote({ range, zone, now, conditions }: Filters): NotePlace {
  const last = Math.min(now.getTime(), (range.to?.getTime() ?? Number.POSITIVE_INFINITY) - 1);
  const linkIds = linksOf({ conditions });
  return { day: localIso(last, zone).slice(0, 10), zone, linkId: (linkIds.length === 1 && linkIds[0]) || null };
}

/** The series as a chart, in the requested granularity. */
export async function ClicksOverTime({ view }: { view: View }) {
  const { filters, shared } = view;
  const [firstClick, series, downtimes, notes] = await Promise.all([
    ask({ kind: "firstClick" }),
    ask({ kind: "series" }, filters).catch(refusal),
    readDowntimes(filters.range),
    // The chart is worth more than its notes, which are for people with an account.
    shared ? [] : notesIn(await readerScope(), filters).catch(withoutNotes),
  ]);
  if (series instanceof AppError) return <RefusedSeries view={view} reason={series.message} className={CHART_HEIGHT} />;
  const [first] = series.points;
  if (!first) {
    const isInvalid = filters.problems.length > 0;
    return (
      <p className={`grid ${CHART_HEIGHT} place-items-center p-6 text-center text-muted`}>
        {isInvalid ? "Nothing matches because a filter above is invalid. Remove it." : "No clicks yet."}
      </p>
    );
  }
  const missing = { downtimes, firstClick };
  const points = seriesPoints(series, filters, missing);
  const place = placeOfNote(filters);
  const span = { from: filters.range.from ?? new Date(first.start), to: filters.range.to ?? filters.now };
  return (
    <div data-numbers className="min-h-84 px-1 pb-2 sm:px-3">
      <TimeSeries
        label={`Clicks over time: ${rangeWords(filters)}`}
        granularity={series.granularity}
        points={points}
        ticks={pictureTicks(points)}
        gaps={gapsAmong(series, missing)}
        caption={<ChartCaption filters={filters} series={series} />}
        notes={
          !shared && (
            <Notes
              wide={markersAmong(series, filters, notes, "wide")}
              narrow={markersAmong(series, filters, notes, "narrow")}
              place={place}
            />
          )
        }
        {...(!shared && { zoomBase: hrefStart(view, ["interval", "granularity"]) })}
        controls={
          <>
            {!shared?.least && <GranularityLinks view={view} current={series.granularity} span={span} />}
            {!shared && (
              <>
                <AddNote place={place} />
                <WhyButton of="Clicks over time" query={figureQuery(view, "timeseries")} />
              </>
            )}
            {!shared?.least && (
              <ImageButton
                name={fileName("timeseries", filters, "png")}
                total={counted(
                  points.reduce((sum, { clicks }) => sum + (clicks ?? 0), 0),
                  "click",
                )}
                lines={await imageLines(filters, notes)}
              />
            )}
            {!shared && (
              <IconLink
                icon="download"
                label="Download CSV: clicks over time"
                title="Download CSV"
                href={exportHref(view, "timeseries.csv")}
                download
                className="print:hidden"
              />
            )}
          </>
        }
      />
    </div>
  );
}

/** The series can't be drawn as requested: shows why, and how to continue. */
export function RefusedSeries({ view, reason, className }: { view: View; reason: string; className: string }) {
  return (
    <div role="alert" className={`grid content-center justify-items-center gap-3 p-6 text-center ${className}`}>
      {/* The parameter is named for those who write addresses by hand. */}
      <p>{reason.replace(/^granularity: /, "")}</p>
      <TextLink href={hrefTo(view.path, withoutParam(view.params, "granularity"))}>Use default granularity</TextLink>
    </div>
  );
}
