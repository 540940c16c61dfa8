"use client";

import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { inShort } from "@/components/ui/numbers";
import { Hint } from "./hint";
import { LAYOUT } from "./plot";
import type { Point } from "./time-series";

const TICK = { fill: "var(--muted)", fontSize: 12 };
const DOT = { r: 4, strokeWidth: 2, stroke: "var(--surface)" };

/** What is drawn of a bucket: where nothing could have been received, there is no zero. */
const heard = (point: Point | undefined): number | null =>
  !point || (point.unheard === "whole" && !point.clicks) ? null : point.clicks;

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

/** Clicks as an area, what is not over yet dashed, the comparison as a line behind. */
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
          tickFormatter={inShort}
          tickLine={false}
          axisLine={false}
          tick={TICK}
        />
        <Tooltip
          content={Hint}
          // Where there is no number, the hint says why.
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
