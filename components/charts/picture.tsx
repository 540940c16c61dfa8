import { type Drawn, drawn, timeTicks } from "./drawing";
import { PLOT, type Point } from "./plot";

/** The drawing's own units; the page stretches it. */
const SIZE = 1_000;

/** A number beside the lines, and its text. */
export type Tick = [value: number, text: string];

type At = { x: number; y: number };

/** A line's unbroken pieces. */
function pieces(values: readonly (number | null)[], place: (index: number, value: number) => At): At[][] {
  const lines: At[][] = [[]];
  values.forEach((value, index) => {
    if (value === null) lines.push([]);
    else lines.at(-1)?.push(place(index, value));
  });
  return lines.filter((line) => line.length > 1);
}

const round = (n: number): number => Math.round(n * 10) / 10;
const pathOf = (line: readonly At[]): string => `M${line.map(({ x, y }) => `${round(x)} ${round(y)}`).join("L")}`;

/** Closed along the axis. */
const areaOf = (line: readonly At[]): string =>
  `${pathOf(line)}L${round(line.at(-1)?.x ?? 0)} ${SIZE}L${round(line[0]?.x ?? 0)} ${SIZE}Z`;

/** From which width of the chart on a time is shown: of twelve there is room for six or three. */
function timeLook(nth: number): string {
  if (nth % 4 === 0) return "";
  return nth % 2 === 0 ? "@max-md:hidden" : "@max-3xl:hidden";
}

function Dot({ at: { x, y }, isOpen }: { at: At; isOpen: boolean }) {
  return (
    <span
      className={`absolute size-2 -translate-1/2 rounded-full ${isOpen ? "border-2 border-accent bg-surface" : "bg-accent"}`}
      style={{ left: `${round(x) / 10}%`, top: `${round(y) / 10}%` }}
    />
  );
}

/**
 * Clicks over time, drawn on the server: the chart before its script has loaded, with the same lines and numbers in the
 * same places.
 */
export function ChartPicture({ points, ticks }: { points: readonly Point[]; ticks: readonly Tick[] }) {
  const buckets = drawn(points, null);
  const top = ticks.at(-1)?.[0] ?? 1;
  const place = (index: number, value: number): At => ({
    x: points.length > 1 ? (index / (points.length - 1)) * SIZE : SIZE / 2,
    y: (1 - value / top) * SIZE,
  });
  const line = (of: "whole" | "partial" | "before") =>
    pieces(
      buckets.map(({ [of]: value }) => value),
      place,
    );
  const dot = ({ isOpen, isAlone, whole, partial }: Drawn, index: number) => {
    const value = isOpen ? partial : isAlone ? whole : null;
    return value !== null && <Dot key={index} at={place(index, value)} isOpen={isOpen} />;
  };
  const stroke = { fill: "none", strokeWidth: 2, vectorEffect: "non-scaling-stroke", strokeLinejoin: "round" } as const;
  return (
    <div className="@container absolute inset-0 text-muted text-xs">
      <div className="absolute" style={PLOT}>
        {ticks.map(([tick, text]) => (
          <div key={tick} className="grid-line" style={{ top: `${round((1 - tick / top) * 1_000) / 10}%` }}>
            <span>{text}</span>
          </div>
        ))}
        <svg
          viewBox={`0 0 ${SIZE} ${SIZE}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          className="absolute size-full overflow-visible"
        >
          <linearGradient id="picture-fill" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0%" stopColor="var(--color-accent)" stopOpacity={0.22} />
            <stop offset="100%" stopColor="var(--color-accent)" stopOpacity={0.02} />
          </linearGradient>
          <path {...stroke} d={line("before").map(pathOf).join("")} strokeWidth={1.5} className="stroke-strong-line" />
          <path d={line("whole").map(areaOf).join("")} fill="url(#picture-fill)" fillOpacity={0.6} />
          <path {...stroke} d={line("whole").map(pathOf).join("")} className="stroke-accent" />
          <path d={line("partial").map(areaOf).join("")} className="fill-accent/5" />
          <path {...stroke} d={line("partial").map(pathOf).join("")} strokeDasharray="4 4" className="stroke-accent" />
        </svg>
        {buckets.map(dot)}
        {timeTicks(points.length).map((index, nth) => (
          <span
            key={index}
            className={`axis-time ${timeLook(nth)}`.trim()}
            style={{ left: `${round(place(index, 0).x) / 10}%` }}
          >
            {points[index]?.tick}
          </span>
        ))}
      </div>
    </div>
  );
}
