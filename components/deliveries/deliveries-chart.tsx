import type { ReactNode } from "react";
import { HiddenTable } from "@/components/charts/hidden-table";
import { downtimeText } from "@/components/charts/plot";
import { count, minute } from "@/lib/base/format";
import { OUTCOMES } from "@/lib/deliveries/list/filters";
import type { History, HistoryBucket } from "@/lib/deliveries/list/history";
import { OUTCOME_WORDS } from "./outcome-words";

const HEIGHT = 100;
/** Share of a bar's width that is empty. */
const GAP = 0.2;

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
      className={`block w-full border-line border-b ${className}`}
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

/** Deliveries by bucket as stacked bars, with rejected requests below. */
export function DeliveriesChart({ history, zone }: { history: History; zone: string }) {
  const { buckets } = history;
  const largest = Math.max(1, ...buckets.map(sumOf));
  const mostRefused = Math.max(1, ...buckets.map(({ refused }) => refused));
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (!first || !last) return null;
  return (
    <figure aria-label="Deliveries over time" className="grid gap-1.5">
      <div className="relative">
        <p className="absolute top-0 left-0 rounded bg-surface/80 pr-1 text-muted text-xs tabular-nums">
          {count(largest)}
        </p>
        <Bars history={history} zone={zone} height={HEIGHT} className="h-32">
          {(bucket, x) => (
            <>
              <rect
                x={x}
                width={1}
                height={HEIGHT}
                className={`group-hover:fill-raised ${bucket.downtime ? "fill-warn-soft" : "fill-transparent"}`}
              />
              <Bar bucket={bucket} x={x} largest={largest} />
            </>
          )}
        </Bars>
      </div>
      {history.refused > 0 && (
        <Bars history={history} zone={zone} height={10} className="h-4">
          {({ refused }, x) => {
            const height = refused > 0 ? 2 + (refused / mostRefused) * 8 : 0;
            return <rect x={x + GAP / 2} y={10 - height} width={1 - GAP} height={height} className="fill-danger" />;
          }}
        </Bars>
      )}
      <div aria-hidden className="flex justify-between text-muted text-xs tabular-nums">
        <span>{minute(first.start, zone)}</span>
        {buckets.some(({ downtime }) => downtime) && (
          <span className="flex items-center gap-1.5">
            <span className="size-2.5 rounded-sm bg-warn-soft ring-1 ring-line" />
            no data received
          </span>
        )}
        <span>now</span>
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
