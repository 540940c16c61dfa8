"use client";

import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { text } from "@/components/charts/text";
import { compact, inFull } from "@/components/ui/numbers";
import { HiddenTable } from "./hidden-table";
import { SeriesMark, seriesLook } from "./series-mark";

/** A bucket or a step, in words made on the server; `clicks` of each line, null where its life is over or not yet. */
export type LinesPoint = { at: number; label: string; tick: string; clicks: readonly (number | null)[] };

const AXIS = { tickLine: false, axisLine: false, tick: { fill: "var(--muted)", fontSize: 12 } } as const;

type HintProps = { active?: boolean; payload?: readonly { payload?: LinesPoint }[]; names: readonly string[] };

function Hint({ active, payload, names }: HintProps) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  const rows = names
    .map((name, place) => ({ name, place, clicks: point.clicks[place] ?? null }))
    .filter(({ clicks }) => clicks !== null)
    .sort((a, b) => (b.clicks ?? 0) - (a.clicks ?? 0));
  return (
    <div className="grid max-w-72 gap-1 rounded-lg border border-line bg-surface px-3 py-2 shadow-lg">
      <p className="text-muted text-xs">{point.label}</p>
      {rows.map(({ name, place, clicks }) => (
        <p key={place} className="flex items-center gap-2">
          <SeriesMark place={place} />
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <span className="font-semibold tabular-nums">{inFull(clicks ?? 0)}</span>
        </p>
      ))}
    </div>
  );
}

/** Clicks of several links in one chart: equally spaced, ascending, one line for each name. */
export function LinkLines({
  label,
  names,
  points,
}: {
  label: string;
  names: readonly string[];
  points: readonly LinesPoint[];
}) {
  const ticks = new Map(points.map(({ at, tick }) => [at, tick]));
  return (
    <figure aria-label={label} className="m-0">
      <div aria-hidden className="h-72 w-full sm:h-80">
        <ResponsiveContainer width="100%" height="100%">
          <AreaChart data={[...points]} margin={{ top: 8, right: 24, bottom: 0, left: 0 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--grid)" />
            <XAxis
              dataKey="at"
              tickFormatter={(at: number) => ticks.get(at) ?? ""}
              minTickGap={40}
              tickMargin={10}
              height={34}
              {...AXIS}
            />
            <YAxis width={44} allowDecimals={false} tickFormatter={compact} {...AXIS} />
            <Tooltip
              content={(props) => <Hint {...props} names={names} />}
              cursor={{ stroke: "var(--strong-line)", strokeDasharray: "3 3" }}
              isAnimationActive={false}
            />
            {/* Areas without a fill are lines: the page needs no more of the chart library than the others do. */}
            {names.map((name, place) => (
              <Area
                key={name}
                name={name}
                dataKey={({ clicks }: LinesPoint) => clicks[place] ?? null}
                type="linear"
                fill="none"
                stroke={seriesLook(place).color}
                strokeDasharray={seriesLook(place).dash}
                strokeWidth={2}
                isAnimationActive={false}
                dot={points.length === 1}
                activeDot={{ r: 4, strokeWidth: 2, stroke: "var(--surface)", fill: seriesLook(place).color }}
              />
            ))}
          </AreaChart>
        </ResponsiveContainer>
      </div>
      <HiddenTable
        caption={label}
        heads={[text.time, ...names]}
        rows={points.map(({ at, label: time, clicks }) => ({
          id: String(at),
          cells: [time, ...clicks.map((value) => (value === null ? "–" : String(value)))],
        }))}
      />
    </figure>
  );
}
