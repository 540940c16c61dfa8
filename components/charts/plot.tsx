/** Pixels between the chart's edges and its plot area. */
export const PLOT = { left: 44, right: 24, top: 8, bottom: 34 };

/** One bucket, with texts from the server in the view's time zone. What it hasn't is left out: charts have many. */
export type Point = {
  /** Start in epoch milliseconds; a unique negative number for a bucket that the range lacks. */
  start: number;
  /** Null in the future, and for a bucket that the range lacks. */
  clicks: number | null;
  label: string;
  tick: string;
  /** Only the comparison has this bucket. */
  isAbsent?: boolean;
  /** Why it is incomplete: unfinished, or cut by the range. */
  part?: "so far" | "in part" | null;
  /** Whether the server was down for all or part of it, it lies before the first click, or its clicks aren't told. */
  downtime?: "whole" | "part" | "no data yet" | "not shown" | null;
  /** Its ends, as URLs write a range. */
  zoom?: { from: string; to: string };
  /** The corresponding bucket of the comparison. */
  previous?: { clicks: number; label: string } | null;
};

/** A bucket's label, and whether it is complete. */
export function bucketName({ label, part }: Point): string {
  if (!part) return label;
  return part === "so far" ? `${label} (so far)` : `${label} (partial)`;
}

/** A gap in bucket units: 1.5 is the middle of the second. `isBefore`: before the first click, rather than downtime. */
export type Gap = { from: number; to: number; isBefore: boolean };

/** Text for a bucket with downtime, or whose clicks aren't told. */
export function downtimeText(downtime: Point["downtime"], clicks: number | null): string | null {
  if (!downtime) return null;
  if (downtime !== "part" && downtime !== "whole") return downtime;
  if (downtime === "part") return "no data received for part of it";
  return clicks ? "received later" : "no data received";
}

/** Shades downtimes behind the lines; a bucket's point is its middle. */
export function UnheardShade({ gaps, count }: { gaps: readonly Gap[]; count: number }) {
  const share = (bucket: number) => Math.min(1, Math.max(0, (bucket - 0.5) / Math.max(1, count - 1)));
  return (
    <div className="pointer-events-none absolute" style={PLOT}>
      {gaps.map(({ from, to, isBefore }) => (
        <div
          key={`${from} ${isBefore}`}
          className={`absolute inset-y-0 ${isBefore ? "no-data" : "unheard"}`}
          style={{ left: `${share(from) * 100}%`, width: `${(share(to) - share(from)) * 100}%` }}
        />
      ))}
    </div>
  );
}
