"use client";

import type { ComponentProps, ReactNode } from "react";
import { AreaChart, CartesianGrid, Tooltip, XAxis, YAxis } from "recharts";
import { compact } from "@/components/ui/numbers";
import { countTicks } from "./count-ticks";
import { timeTicks } from "./drawing";
import { PLOT } from "./plot";

const AXIS = { tickLine: false, axisLine: false, tick: { fill: "var(--color-muted)", fontSize: 12 } } as const;

/** The dot at the pointer. */
export const DOT = { r: 4, strokeWidth: 2, stroke: "var(--color-surface)" };

const FILL = { width: "100%", height: "100%" };

type Props<Point> = {
  /** Equally spaced, ascending, identified by `start`; `tick` is the axis label. */
  data: Point[];
  /** The largest number drawn. */
  largest: number;
  hint: NonNullable<ComponentProps<typeof Tooltip>["content"]>;
  /** Areas. Without a fill they are lines, which needs less of the chart library. */
  children: ReactNode;
};

/** Frame of a chart of clicks: grid, axes, and a tooltip. */
export function LineChart<Point extends { start: number; tick: string }>({
  data,
  largest,
  hint,
  children,
}: Props<Point>) {
  const counts = countTicks(largest);
  const ticks = new Map(data.map((point) => [point.start, point.tick]));
  return (
    // Anew for another range, so that the hint of the old one goes. The axes take the left and the bottom.
    <AreaChart
      key={data[0]?.start}
      responsive
      style={FILL}
      data={data}
      margin={{ ...PLOT, left: 0, bottom: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--grid)" />
      <XAxis
        dataKey="start"
        tickFormatter={(start: number) => ticks.get(start) ?? ""}
        ticks={timeTicks(data.length).flatMap((index) => data[index]?.start ?? [])}
        interval="equidistantPreserveStart"
        minTickGap={16}
        tickMargin={10}
        height={PLOT.bottom}
        {...AXIS}
      />
      <YAxis
        width={PLOT.left}
        domain={[0, counts.at(-1) ?? 1]}
        ticks={counts}
        interval={0}
        tickFormatter={compact}
        {...AXIS}
      />
      <Tooltip
        content={hint}
        // Points without a number have a reason to show.
        filterNull={false}
        cursor={{ stroke: "var(--color-strong-line)", strokeDasharray: "3 3" }}
        isAnimationActive={false}
      />
      {children}
    </AreaChart>
  );
}
