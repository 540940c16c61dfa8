"use client";

import { Area } from "recharts";
import { inFull } from "@/components/ui/numbers";
import { HiddenTable } from "./hidden-table";
import { DOT, LineChart } from "./line-chart";
import { SeriesMark, seriesLook } from "./series-mark";

/**
 * A bucket or step with texts from the server; `clicks` per line, null outside of the link's life. `others`: of more
 * links, drawn behind.
 */
export type LinesPoint = {
  start: number;
  label: string;
  tick: string;
  clicks: readonly (number | null)[];
  others?: readonly (number | null)[];
};

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

type Props = {
  label: string;
  names: readonly string[];
  points: readonly LinesPoint[];
  /** Index of each line's bucket that isn't over yet, or -1. */
  unfinished: readonly number[];
};

/** Clicks of several links: equally spaced, ascending, one line per name; the way to an unfinished bucket is faint. */
export function LinkLines({ label, names, points, unfinished }: Props) {
  const data = points.map((point, index) => ({ ...point, index }));
  type Datum = (typeof data)[number];
  const largest = points.reduce(
    (most, { clicks, others = [] }) => Math.max(most, ...[...clicks, ...others].map((value) => value ?? 0)),
    0,
  );
  const openAt = (place: number) => unfinished[place] ?? -1;
  const isOpen = (index: number, place: number) => openAt(place) !== -1 && index >= openAt(place);
  const line = { type: "linear", fill: "none", isAnimationActive: false } as const;
  return (
    <figure aria-label={label} className="m-0">
      <div aria-hidden className="h-72 w-full sm:h-80">
        <LineChart data={data} largest={largest} hint={(props) => <Hint {...props} names={names} />}>
          {(points[0]?.others ?? []).map((_, other) => (
            <Area
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no names
              key={other}
              {...line}
              dataKey={({ others }: Datum) => others?.[other] ?? null}
              stroke="var(--color-line)"
              activeDot={false}
            />
          ))}
          {names.map((name, place) => (
            <Area
              key={`${name} unfinished`}
              {...line}
              dataKey={({ clicks, index }: Datum) => (isOpen(index + 1, place) ? (clicks[place] ?? null) : null)}
              stroke={seriesLook(place).color}
              strokeDasharray="1 4"
              strokeWidth={2}
              activeDot={false}
            />
          ))}
          {names.map((name, place) => (
            <Area
              key={name}
              {...line}
              name={name}
              dataKey={({ clicks, index }: Datum) => (isOpen(index, place) ? null : (clicks[place] ?? null))}
              stroke={seriesLook(place).color}
              strokeDasharray={seriesLook(place).dash}
              strokeWidth={2}
              dot={points.length === 1}
              activeDot={{ ...DOT, fill: seriesLook(place).color }}
            />
          ))}
        </LineChart>
      </div>
      <HiddenTable
        caption={label}
        heads={["Time", ...names]}
        rows={points.map(({ start, label: time, clicks }) => ({
          id: String(start),
          cells: [time, ...clicks.map((value) => (value === null ? "–" : String(value)))],
        }))}
      />
    </figure>
  );
}
