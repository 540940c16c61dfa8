"use client";

import { Area } from "recharts";
import { browserFormat, inFull } from "@/components/ui/numbers";
import { change } from "@/lib/base/format-change";
import { type Drawn, drawn, largestDrawn } from "./drawing";
import { DOT, LineChart } from "./line-chart";
import { bucketName, downtimeText, type Point } from "./plot";

function Line({ color, label, clicks, after }: { color: string; label: string; clicks: number; after?: string }) {
  return (
    <>
      <p className="mt-1.5 flex items-center gap-1.5 text-muted text-xs first:mt-0">
        <span aria-hidden className={`h-0.5 w-3 rounded ${color}`} />
        {label}
      </p>
      <p className="font-semibold tabular-nums">
        {inFull(clicks)} <span className="font-normal text-muted">{clicks === 1 ? "click" : "clicks"}</span>
        {after && <span className="ml-2 font-normal text-muted">{after}</span>}
      </p>
    </>
  );
}

/** Tooltip: the bucket and, with its own dates, that of the comparison. */
function Hint({ active, payload }: { active?: boolean; payload?: readonly { payload?: Point }[] }) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  const { clicks, isAbsent, label, downtime, previous } = point;
  const words = downtimeText(downtime, clicks);
  const reason = clicks === 0 ? words : null;
  return (
    <div className="rounded-lg border border-line bg-surface px-3 py-2 shadow-lg">
      {clicks === null || reason ? (
        <p className="text-muted text-xs">{isAbsent ? label : `${bucketName(point)}: ${reason ?? "not yet"}`}</p>
      ) : (
        <Line
          color="bg-accent"
          label={bucketName(point)}
          clicks={clicks}
          {...(previous && { after: change(clicks, previous.clicks, browserFormat) })}
        />
      )}
      {words && clicks ? <p className="text-muted text-xs">{words}</p> : null}
      {previous && <Line color="bg-strong-line" label={previous.label} clicks={previous.clicks} />}
    </div>
  );
}

type DotProps = { cx?: number; cy?: number; payload?: Drawn };

/** A hollow dot on an incomplete bucket. */
function OpenDot({ cx, cy, payload }: DotProps) {
  if (!payload?.isOpen || payload.partial === null || cx === undefined || cy === undefined) return null;
  return <circle cx={cx} cy={cy} r={3.5} fill="var(--color-surface)" stroke="var(--color-accent)" strokeWidth={2} />;
}

function AloneDot({ cx, cy, payload }: DotProps) {
  if (!payload?.isAlone || payload.whole === null || cx === undefined || cy === undefined) return null;
  return <circle cx={cx} cy={cy} r={3} fill="var(--color-accent)" />;
}

type LinesProps = { points: Point[]; preview: ReadonlyMap<number, number> | null };

/** Clicks as an area, incomplete buckets dashed, the comparison and a preview as lines. */
export function Lines({ points, preview }: LinesProps) {
  const drawing = { type: "linear", isAnimationActive: false, activeDot: false } as const;
  const line = { ...drawing, stroke: "var(--color-accent)", strokeWidth: 2 };
  const data = drawn(points, preview);
  return (
    <LineChart data={data} largest={largestDrawn(data)} hint={Hint}>
      <defs>
        <linearGradient id="area-fill" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0%" stopColor="var(--color-accent)" stopOpacity={0.22} />
          <stop offset="100%" stopColor="var(--color-accent)" stopOpacity={0.02} />
        </linearGradient>
      </defs>
      <Area {...drawing} dataKey="before" stroke="var(--color-strong-line)" strokeWidth={1.5} fill="none" />
      {preview && <Area {...line} dataKey="preview" stroke="var(--series-2)" fill="none" />}
      <Area {...line} dataKey="whole" fill="url(#area-fill)" dot={AloneDot} activeDot={DOT} />
      <Area
        {...line}
        dataKey="partial"
        strokeDasharray="4 4"
        fill="var(--color-accent)"
        fillOpacity={0.05}
        dot={OpenDot}
      />
    </LineChart>
  );
}
