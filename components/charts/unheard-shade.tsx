import { text } from "@/lib/text/charts";
import { PLOT } from "./plot";
import type { Point } from "./time-series";

/** A gap in buckets: 1.5 is the middle of the second one. */
export type Gap = { from: number; to: number };

/** What is said of a bucket in which nothing could have been received. */
export function unheardWords(unheard: Point["unheard"], clicks: number | null): string | null {
  if (unheard === null) return null;
  if (unheard === "part") return text.unheard.part;
  return clicks ? text.unheard.late : text.unheard.whole;
}

/** Shades where nothing could have been received, behind the lines: a bucket's point is its middle. */
export function UnheardShade({ gaps, count }: { gaps: readonly Gap[]; count: number }) {
  const share = (bucket: number) => Math.min(1, Math.max(0, (bucket - 0.5) / Math.max(1, count - 1)));
  return (
    <div
      className="pointer-events-none absolute"
      style={{ left: PLOT.left, right: PLOT.right, top: PLOT.top, bottom: PLOT.bottom }}
    >
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
