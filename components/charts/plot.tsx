const MARGIN = { top: 8, right: 24, bottom: 0, left: 0 };
const Y_WIDTH = 44;
const X_HEIGHT = 34;

/** How the chart is laid out, for the library that draws it. */
export const LAYOUT = { margin: MARGIN, yWidth: Y_WIDTH, xHeight: X_HEIGHT };

/** Pixels between the edges of the chart and where its lines are drawn. */
export const PLOT = { left: Y_WIDTH, right: MARGIN.right, top: MARGIN.top, bottom: X_HEIGHT };

/** One bucket; the words are made on the server, in the view's zone. */
export type Point = {
  /** Begin in epoch milliseconds; of one that the range does not have, a negative number of its own. */
  start: number;
  /** Null ahead of now, and where the range has no such bucket. */
  clicks: number | null;
  /** Only the comparison has it. */
  isAbsent: boolean;
  label: string;
  tick: string;
  /** What keeps it from being whole: it is not over, or the range has only a part of it. */
  part: "so far" | "in part" | null;
  /** Whether nothing could have been received in it, as a whole or in part. */
  downtime: "whole" | "part" | null;
  /** Its ends, as the address says a range. */
  zoom: { from: string; to: string } | null;
  /** The bucket of the comparison that it is laid over. */
  previous: { clicks: number; label: string } | null;
};

/** A bucket's label, and whether it is whole. */
export function bucketName({ label, part }: Point): string {
  if (part === null) return label;
  return part === "so far" ? `${label} (so far)` : `${label} (partial)`;
}

/** A gap in buckets: 1.5 is the middle of the second one. */
export type Gap = { from: number; to: number };

/** Text for a bucket with downtime. */
export function downtimeText(downtime: Point["downtime"], clicks: number | null): string | null {
  if (downtime === null) return null;
  if (downtime === "part") return "no data received for part of it";
  return clicks ? "received later" : "no data received";
}

/** Shades where nothing could have been received, behind the lines: a bucket's point is its middle. */
export function UnheardShade({ gaps, count }: { gaps: readonly Gap[]; count: number }) {
  const share = (bucket: number) => Math.min(1, Math.max(0, (bucket - 0.5) / Math.max(1, count - 1)));
  return (
    <div className="pointer-events-none absolute" style={PLOT}>
      {gaps.map(({ from, to }) => (
        <div
          key={from}
          className="unheard absolute inset-y-0"
          style={{ left: `${share(from) * 100}%`, width: `${(share(to) - share(from)) * 100}%` }}
        />
      ))}
    </div>
  );
}
