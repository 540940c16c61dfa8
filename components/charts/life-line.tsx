import { HiddenTable } from "./hidden-table";

/** One step of a life, with texts from the server. `band`: what is usual for others. */
export type LifeStep = { label: string; clicks: number; text: string; band: { low: number; high: number } | null };

/** Something that happened, by its place from 0 to 1. */
export type LifeMark = { at: number; label: string };

const HEIGHT = 100;
const WIDTH = 1_000;

type Props = {
  label: string;
  steps: readonly LifeStep[];
  marks: readonly LifeMark[];
  /** Texts of the ends, and of the largest number that the height stands for. */
  from: string;
  to: string;
  top: (clicks: number) => string;
};

/** Clicks over a life until now, drawn on the server: a line, behind it what is usual, and marks. The last step isn't over. */
export function LifeLine({ label, steps, marks, from, to, top }: Props) {
  const largest = Math.max(1, ...steps.map(({ clicks, band }) => Math.max(clicks, band?.high ?? 0)));
  const x = (at: number) => ((at + 0.5) / steps.length) * WIDTH;
  const y = (clicks: number) => HEIGHT - (clicks / largest) * HEIGHT;
  const point = (at: number, clicks: number) => `${x(at).toFixed(1)},${y(clicks).toFixed(1)}`;
  const points = steps.map(({ clicks }, at) => point(at, clicks));
  const whole = points.slice(0, -1);
  const banded = steps.flatMap(({ band }, at) => (band ? [{ at, ...band }] : []));
  const area = [
    ...banded.map(({ at, high }) => point(at, high)),
    ...banded.toReversed().map(({ at, low }) => point(at, low)),
  ];
  const line = { fill: "none", strokeWidth: 2, vectorEffect: "non-scaling-stroke", strokeLinejoin: "round" } as const;
  const hasBand = banded.length > 0;
  const heads = ["Time", "Clicks", ...(hasBand ? ["Usual from", "to"] : [])];
  return (
    <figure aria-label={label} className="m-0">
      <div aria-hidden className="relative h-26 border-line border-b">
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="absolute inset-x-0 top-1 bottom-0 h-25 w-full overflow-visible"
          aria-hidden="true"
        >
          {hasBand && <polygon points={area.join(" ")} className="fill-strong-line/25" />}
          {!hasBand && whole.length > 1 && (
            <polygon
              points={`${x(0)},${HEIGHT} ${whole.join(" ")} ${x(whole.length - 1)},${HEIGHT}`}
              className="fill-accent-soft"
            />
          )}
          {marks.map(({ at, label: name }) => (
            <line
              key={`${at} ${name}`}
              x1={at * WIDTH}
              x2={at * WIDTH}
              y1={0}
              y2={HEIGHT}
              strokeWidth={1}
              vectorEffect="non-scaling-stroke"
              strokeDasharray="3 3"
              className="stroke-strong-line"
            />
          ))}
          <polyline {...line} points={whole.join(" ")} className="stroke-accent" />
          <polyline {...line} points={points.slice(-2).join(" ")} strokeDasharray="1 4" className="stroke-accent" />
        </svg>
        {/* Lives begin high and end low. */}
        <p className="absolute top-0 right-0 rounded bg-surface/80 pl-1 text-muted text-xs tabular-nums">
          {top(largest)}
        </p>
        {steps.length === 1 && (
          // A single step is no line.
          <span
            className="absolute left-1/2 size-2 -translate-1/2 rounded-full bg-accent"
            style={{ top: 4 + y(steps[0]?.clicks ?? 0) }}
          />
        )}
        {marks.map(({ at, label: name }) => (
          <span
            key={`${at} ${name}`}
            title={name}
            className="absolute -top-0.5 size-2.5 -translate-x-1/2 rotate-45 rounded-[2px] border-2 border-surface bg-strong-line"
            style={{ left: `${at * 100}%` }}
          />
        ))}
      </div>
      <div aria-hidden className="flex justify-between gap-4 pt-1 text-muted text-xs">
        <span>{from}</span>
        <span>{to}</span>
      </div>
      <HiddenTable
        caption={label}
        heads={heads}
        rows={steps.map(({ label: name, text, band }, at) => ({
          id: String(at),
          cells: [name, text, ...(hasBand ? [String(band?.low ?? "–"), String(band?.high ?? "–")] : [])],
        }))}
      />
    </figure>
  );
}
