/** Colour and dash pattern of each line, so that lines differ without colour too. */
const SERIES = [
  { color: "var(--series-1)", dash: "0" },
  { color: "var(--series-2)", dash: "7 4" },
  { color: "var(--series-3)", dash: "2 3" },
  { color: "var(--series-4)", dash: "12 4" },
  { color: "var(--series-5)", dash: "10 3 2 3" },
  { color: "var(--series-6)", dash: "5 2 2 2 2 2" },
] as const;

/** Style of the line at an index; there are as many as links in a comparison. */
export const seriesLook = (place: number) => SERIES[place % SERIES.length] ?? SERIES[0];

/** A sample of the line, shown next to its name. */
export function SeriesMark({ place }: { place: number }) {
  const { color, dash } = seriesLook(place);
  return (
    <svg viewBox="0 0 28 8" aria-hidden="true" className="h-2 w-7 shrink-0">
      <line x1="1" y1="4" x2="27" y2="4" stroke={color} strokeWidth="3" strokeDasharray={dash} />
    </svg>
  );
}
