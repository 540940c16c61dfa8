"use client";

import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { text } from "@/components/charts/text";
import { browserFormat, compact, inFull } from "@/components/ui/numbers";
import { change } from "@/lib/base/format-change";
import { downtimeText, LAYOUT, type Point } from "./plot";

function Line({ color, label, clicks, after }: { color: string; label: string; clicks: number; after?: string }) {
  return (
    <>
      <p className="mt-1.5 flex items-center gap-1.5 text-muted text-xs first:mt-0">
        <span aria-hidden className={`h-0.5 w-3 rounded ${color}`} />
        {label}
      </p>
      <p className="font-semibold tabular-nums">
        {inFull(clicks)} <span className="font-normal text-muted">{text.clicksUnit(clicks)}</span>
        {after && <span className="ml-2 font-normal text-muted">{after}</span>}
      </p>
    </>
  );
}

/** What the pointer rests on: the bucket and, with its own dates, the one that it is compared with. */
function Hint({ active, payload }: { active?: boolean; payload?: readonly { payload?: Point }[] }) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  const { clicks, isAbsent, label, part, downtime, previous } = point;
  const words = downtimeText(downtime, clicks);
  const reason = clicks === 0 ? words : null;
  return (
    <div className="rounded-lg border border-line bg-surface px-3 py-2 shadow-lg">
      {clicks === null || reason ? (
        <p className="text-muted text-xs">{isAbsent ? label : text.insteadOfClicks(label, reason ?? text.notYet)}</p>
      ) : (
        <Line
          color="bg-accent"
          label={part ? text.partly[part](label) : label}
          clicks={clicks}
          {...(previous && { after: change(clicks, previous.clicks, browserFormat) })}
        />
      )}
      {words && clicks ? <p className="text-muted text-xs">{words}</p> : null}
      {previous && <Line color="bg-strong-line" label={previous.label} clicks={previous.clicks} />}
    </div>
  );
}

const TICK = { fill: "var(--muted)", fontSize: 12 };
const DOT = { r: 4, strokeWidth: 2, stroke: "var(--surface)" };

/** The value drawn for a bucket: null instead of zero during downtime. */
const heard = (point: Point | undefined): number | null =>
  !point || (point.downtime === "whole" && !point.clicks) ? null : point.clicks;

/** A bucket that is not over is joined to the one before by a line of its own. */
function drawn(points: Point[]) {
  const open = points.findIndex(({ part }) => part === "so far");
  return points.map((point, index) => ({
    ...point,
    whole: index === open ? null : heard(point),
    soFar: index === open || index === open - 1 ? point.clicks : null,
    before: point.previous?.clicks ?? null,
    isOpen: index === open,
    // No line would show it.
    isAlone: heard(points[index - 1]) === null && heard(points[index + 1]) === null,
  }));
}

/** Hollow, where the line ends for now. */
function OpenDot({ cx, cy, payload }: { cx?: number; cy?: number; payload?: { isOpen: boolean } }) {
  if (!payload?.isOpen || cx === undefined || cy === undefined) return null;
  return <circle cx={cx} cy={cy} r={3.5} fill="var(--surface)" stroke="var(--accent)" strokeWidth={2} />;
}

function AloneDot({
  cx,
  cy,
  payload,
}: {
  cx?: number;
  cy?: number;
  payload?: { isAlone: boolean; whole: number | null };
}) {
  if (!payload?.isAlone || payload.whole === null || cx === undefined || cy === undefined) return null;
  return <circle cx={cx} cy={cy} r={3} fill="var(--accent)" />;
}

/** Clicks as an area, the current bucket dashed, the comparison as a line behind. */
export function Lines({ points }: { points: Point[] }) {
  const ticks = new Map(points.map((point) => [point.start, point.tick]));
  const line = { type: "linear", isAnimationActive: false, stroke: "var(--accent)", strokeWidth: 2 } as const;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <AreaChart data={drawn(points)} margin={LAYOUT.margin} accessibilityLayer={false}>
        <defs>
          <linearGradient id="area-fill" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0%" stopColor="var(--accent)" stopOpacity={0.22} />
            <stop offset="100%" stopColor="var(--accent)" stopOpacity={0.02} />
          </linearGradient>
        </defs>
        <CartesianGrid vertical={false} stroke="var(--grid)" />
        <XAxis
          dataKey="start"
          tickFormatter={(start: number) => ticks.get(start) ?? ""}
          tickLine={false}
          axisLine={false}
          minTickGap={40}
          tick={TICK}
          tickMargin={10}
          height={LAYOUT.xHeight}
        />
        <YAxis
          width={LAYOUT.yWidth}
          allowDecimals={false}
          tickFormatter={compact}
          tickLine={false}
          axisLine={false}
          tick={TICK}
        />
        <Tooltip
          content={Hint}
          // Without a number, the tooltip shows the reason.
          filterNull={false}
          cursor={{ stroke: "var(--strong-line)", strokeDasharray: "3 3" }}
          isAnimationActive={false}
        />
        <Area {...line} dataKey="before" stroke="var(--strong-line)" strokeWidth={1.5} fill="none" activeDot={false} />
        <Area {...line} dataKey="whole" fill="url(#area-fill)" dot={AloneDot} activeDot={DOT} />
        <Area
          {...line}
          dataKey="soFar"
          strokeDasharray="4 4"
          fill="var(--accent)"
          fillOpacity={0.05}
          dot={OpenDot}
          activeDot={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}
