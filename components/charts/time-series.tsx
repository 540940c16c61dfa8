"use client";

import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { ChartFrame } from "./chart-frame";

/** `start` is the bucket's begin in epoch milliseconds; the words are made on the server, in the view's zone. */
export type Point = { start: number; clicks: number; label: string; tick: string };

const NUMBER = new Intl.NumberFormat("en-US");
const COMPACT = new Intl.NumberFormat("en-US", { notation: "compact" });

function Hint({ active, payload }: { active?: boolean; payload?: readonly { payload?: Point }[] }) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className="rounded-lg border border-line bg-surface px-3 py-2 shadow-lg">
      <p className="text-muted text-xs">{point.label}</p>
      <p className="mt-0.5 font-semibold tabular-nums">
        {NUMBER.format(point.clicks)}{" "}
        <span className="font-normal text-muted">{point.clicks === 1 ? "click" : "clicks"}</span>
      </p>
    </div>
  );
}

/** Clicks over time: equally spaced, ascending, gaps filled. */
export function TimeSeries({ points, label }: { points: Point[]; label: string }) {
  const ticks = new Map(points.map((point) => [point.start, point.tick]));
  return (
    <ChartFrame
      label={label}
      rows={points.map((point) => ({ id: point.start, label: point.label, clicks: point.clicks }))}
    >
      <div className="h-64 w-full sm:h-72">
        <ResponsiveContainer width="100%" height="100%">
          <AreaChart data={points} margin={{ top: 8, right: 24, bottom: 0, left: 0 }} accessibilityLayer={false}>
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
              tick={{ fill: "var(--muted)", fontSize: 12 }}
              tickMargin={10}
              height={34}
            />
            <YAxis
              width={44}
              allowDecimals={false}
              tickFormatter={(value: number) => COMPACT.format(value)}
              tickLine={false}
              axisLine={false}
              tick={{ fill: "var(--muted)", fontSize: 12 }}
            />
            <Tooltip
              content={Hint}
              cursor={{ stroke: "var(--strong-line)", strokeDasharray: "3 3" }}
              isAnimationActive={false}
            />
            <Area
              dataKey="clicks"
              type="linear"
              stroke="var(--accent)"
              strokeWidth={2}
              fill="url(#area-fill)"
              isAnimationActive={false}
              dot={points.length === 1}
              activeDot={{ r: 4, strokeWidth: 2, stroke: "var(--surface)" }}
            />
          </AreaChart>
        </ResponsiveContainer>
      </div>
    </ChartFrame>
  );
}
