import type { ReactNode } from "react";
import { countTicks } from "@/components/charts/count-ticks";
import { HiddenTable } from "@/components/charts/hidden-table";
import { downtimeText } from "@/components/charts/plot";
import { bucketTick, count, minute } from "@/lib/base/format";
import { numberFormat } from "@/lib/base/locale";
import { bucketStarts, DAY, type Granularity, HOUR, toLocal } from "@/lib/base/time";
import { OUTCOMES } from "@/lib/deliveries/list/filters";
import type { History, HistoryBucket } from "@/lib/deliveries/list/history";
import { OUTCOME_WORDS } from "./outcome-words";

const HEIGHT = 100;
/** Share of a bar's width that is empty. */
const GAP = 0.2;
/** So many times fit below the chart; on a phone every second. */
const MOST_TIMES = 8;

const unitOf = (ms: number): Granularity => (ms <= 2 * DAY ? "hour" : ms <= 200 * DAY ? "day" : "month");

/** Local hours, days or months between two times, by their share of the time between. */
function timesBetween(from: number, to: number, zone: string): { at: number; label: string }[] {
  const unit = unitOf(to - from);
  const starts = bucketStarts(new Date(from), new Date(to), unit, zone).filter(
    (start) => start >= from && (unit !== "hour" || (toLocal(new Date(start), zone) / HOUR) % 3 === 0),
  );
  const every = Math.ceil(starts.length / MOST_TIMES);
  return starts
    .filter((_, index) => index % every === 0)
    .map((start) => ({ at: (start - from) / (to - from), label: bucketTick(start, unit, zone, 0) }));
}

const sumOf = ({ byOutcome }: HistoryBucket) => OUTCOMES.reduce((sum, outcome) => sum + byOutcome[outcome], 0);

function words(bucket: HistoryBucket, zone: string): string {
  const { start, end, byOutcome, refused, downtime } = bucket;
  const amounts = OUTCOMES.flatMap((outcome) =>
    byOutcome[outcome] > 0 ? `${count(byOutcome[outcome])} ${OUTCOME_WORDS[outcome].label.toLowerCase()}` : [],
  );
  if (refused > 0) amounts.push(`${count(refused)} rejected`);
  const silence = downtimeText(downtime, sumOf(bucket));
  if (silence) amounts.push(silence);
  return `${minute(start, zone)} – ${minute(end, zone)}: ${amounts.join(", ") || "nothing"}`;
}

function Bar({ bucket, x, largest }: { bucket: HistoryBucket; x: number; largest: number }) {
  let below = 0;
  return OUTCOMES.map((outcome) => {
    const height = (bucket.byOutcome[outcome] / largest) * HEIGHT;
    below += height;
    const place = { x: x + GAP / 2, y: HEIGHT - below, width: 1 - GAP, height };
    return height > 0 && <rect key={outcome} {...place} className={OUTCOME_WORDS[outcome].fill} />;
  });
}

type BarsProps = {
  history: History;
  zone: string;
  height: number;
  className: string;
  children: (bucket: HistoryBucket, x: number) => ReactNode;
};

/** One bar per bucket, all in its words. */
function Bars({ history: { buckets }, zone, height, className, children }: BarsProps) {
  return (
    <svg
      viewBox={`0 0 ${buckets.length} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={`relative block w-full ${className}`}
    >
      {buckets.map((bucket, x) => (
        <g key={bucket.start.getTime()} className="group">
          <title>{words(bucket, zone)}</title>
          {children(bucket, x)}
        </g>
      ))}
    </svg>
  );
}

/** Lines across the plot, with their numbers left of it. */
const Counts = ({ ticks, top }: { ticks: readonly number[]; top: number }) =>
  ticks.map((tick) => (
    <div
      key={tick}
      className="absolute inset-x-0 border-line border-t"
      style={{ bottom: `calc(${(tick / top) * 100}% - 1px)` }}
    >
      <span className="absolute right-full mr-2 -translate-y-1/2 text-muted text-xs tabular-nums">
        {numberFormat({ notation: "compact" }).format(tick)}
      </span>
    </div>
  ));

function Times({ from, to, zone }: { from: number; to: number; zone: string }) {
  return (
    <div className="relative h-5 text-muted text-xs tabular-nums">
      {timesBetween(from, to, zone).map(({ at, label }, index) => (
        <span
          key={label}
          className={`absolute bottom-0 -translate-x-1/2 whitespace-nowrap before:absolute before:bottom-full before:left-1/2 before:h-1 before:border-strong-line before:border-l ${index % 2 === 1 ? "max-sm:hidden" : ""} ${at > 0.97 ? "hidden" : ""}`}
          style={{ left: `${at * 100}%` }}
        >
          {label}
        </span>
      ))}
    </div>
  );
}

/** Deliveries by bucket as stacked bars, with rejected requests below. */
export function DeliveriesChart({ history, zone }: { history: History; zone: string }) {
  const { buckets } = history;
  const ticks = countTicks(Math.max(1, ...buckets.map(sumOf)));
  const top = ticks.at(-1) ?? 1;
  const mostRefused = Math.max(1, ...buckets.map(({ refused }) => refused));
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (!first || !last) return null;
  return (
    <figure aria-label="Deliveries over time" className="pt-2 pl-9">
      <div className="relative" aria-hidden>
        <Counts ticks={ticks} top={top} />
        <Bars history={history} zone={zone} height={HEIGHT} className="h-32">
          {(bucket, x) => (
            <>
              <rect
                x={x}
                width={1}
                height={HEIGHT}
                className={`group-hover:fill-raised ${bucket.downtime ? "fill-warn-soft" : "fill-transparent"}`}
              />
              <Bar bucket={bucket} x={x} largest={top} />
            </>
          )}
        </Bars>
        {buckets.some(({ downtime }) => downtime) && (
          <p className="absolute top-1 right-1 flex items-center gap-1.5 rounded bg-surface/80 px-1 text-muted text-xs">
            <span className="size-2.5 rounded-sm bg-warn-soft ring-1 ring-line" />
            no data received
          </p>
        )}
      </div>
      {history.refused > 0 && (
        <Bars history={history} zone={zone} height={10} className="mt-1.5 h-4 border-line border-b">
          {({ refused }, x) => {
            const height = refused > 0 ? 2 + (refused / mostRefused) * 8 : 0;
            return <rect x={x + GAP / 2} y={10 - height} width={1 - GAP} height={height} className="fill-danger" />;
          }}
        </Bars>
      )}
      <div aria-hidden>
        <Times from={first.start.getTime()} to={last.end.getTime()} zone={zone} />
      </div>
      <HiddenTable
        caption="Deliveries over time"
        heads={["From", ...OUTCOMES.map((outcome) => OUTCOME_WORDS[outcome].label), "Rejected", "No data received"]}
        rows={buckets.map(({ start, byOutcome, refused, downtime }) => ({
          id: start.toISOString(),
          cells: [
            minute(start, zone),
            ...OUTCOMES.map((outcome) => count(byOutcome[outcome])),
            count(refused),
            downtime ?? "–",
          ],
        }))}
      />
    </figure>
  );
}
