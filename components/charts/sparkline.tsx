const WIDTH = 96;
const HEIGHT = 28;
const PAD = 2;

/** A line without axes. The numbers are next to it, so screen readers skip it. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const largest = Math.max(1, ...values);
  const step = values.length > 1 ? (WIDTH - 2 * PAD) / (values.length - 1) : 0;
  const points = values.map((value, index) => {
    const y = HEIGHT - PAD - (value / largest) * (HEIGHT - 2 * PAD);
    return `${(PAD + index * step).toFixed(1)},${y.toFixed(1)}`;
  });
  const [first, last] = [points[0], points.at(-1)];
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" className="h-7 w-24">
      {first && last && (
        <>
          <polygon
            points={`${first.split(",")[0]},${HEIGHT - PAD} ${points.join(" ")} ${last.split(",")[0]},${HEIGHT - PAD}`}
            className="fill-accent-soft"
          />
          <polyline points={points.join(" ")} fill="none" strokeWidth="1.5" className="stroke-accent" />
        </>
      )}
    </svg>
  );
}
