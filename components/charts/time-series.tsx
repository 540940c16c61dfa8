"use client";

import { ZoomOut } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { type PointerEvent, type ReactNode, useEffect, useRef, useState, useTransition } from "react";
import { TextButton } from "@/components/ui/button";
import { Pending } from "@/components/ui/pending";
import { HiddenTable } from "./hidden-table";
import { ChartPicture, type Tick } from "./picture";
import { bucketName, downtimeText, type Gap, PLOT, type Point, UnheardShade } from "./plot";
import { usePreview } from "./preview";

const nameOf = (start: string | null, end: string | null) => `${start} ${end}`;

/** Zooms into a part of the chart and out again. Zooming out is going back, like the browser's button. */
function useZoom(base: string | undefined) {
  const router = useRouter();
  const params = useSearchParams();
  const [pending, startTransition] = useTransition();
  const [entered, setEntered] = useState<ReadonlySet<string>>(new Set());
  return {
    pending,
    isZoomed: entered.has(nameOf(params.get("start"), params.get("end"))),
    into(selected: Point[]) {
      const ranges = selected.flatMap(({ zoom }) => zoom ?? []);
      const [start, end] = [ranges[0]?.from, ranges.at(-1)?.to];
      if (base === undefined || start === undefined || end === undefined) return;
      setEntered((known) => new Set(known).add(nameOf(start, end)));
      startTransition(() => router.push(`${base}start=${start}&end=${end}`, { scroll: false }));
    },
    out: () => startTransition(() => router.back()),
  };
}

function Table({ label, points }: { label: string; points: Point[] }) {
  const compared = points.some(({ previous }) => previous);
  const clicksOf = ({ clicks, isAbsent, downtime }: Point): string => {
    const note = isAbsent ? "nothing" : downtimeText(downtime, clicks);
    const words = clicks === null ? "not yet" : String(clicks);
    if (note === null) return words;
    return clicks ? `${words}, ${note}` : note;
  };
  const rows = points.map((point) => {
    const before = [point.previous?.label ?? "nothing", String(point.previous?.clicks ?? "nothing")];
    return { id: String(point.start), cells: [bucketName(point), clicksOf(point), ...(compared ? before : [])] };
  });
  const heads = ["Time", "Clicks", ...(compared ? ["Compared with", "Clicks before"] : [])];
  return <HiddenTable caption={label} heads={heads} rows={rows} />;
}

type BrushProps = { points: Point[]; isOff: boolean; onSelect: (selected: Point[]) => void; children: ReactNode };

/** A shorter movement isn't a drag. */
const DRAG_PX = 6;

type Drag = { x: number; from: number; to: number; moved: boolean };

/** Selects points by dragging; Escape cancels. For pointers only: keyboards have the range picker. */
function Brush({ points, isOff, onSelect, children }: BrushProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const dragging = drag !== null;

  useEffect(() => {
    if (!dragging) return;
    const cancel = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopImmediatePropagation();
      setDrag(null);
    };
    window.addEventListener("keydown", cancel, { capture: true });
    return () => window.removeEventListener("keydown", cancel, { capture: true });
  }, [dragging]);

  function indexAt(clientX: number): number {
    const { left, width } = frame.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    const share = (clientX - left - PLOT.left) / (width - PLOT.left - PLOT.right);
    return Math.round(Math.min(1, Math.max(0, share)) * (points.length - 1));
  }

  function press({ clientX, button, isPrimary }: PointerEvent) {
    if (isOff || button !== 0 || !isPrimary || points.length < 2) return;
    setDrag({ x: clientX, from: indexAt(clientX), to: indexAt(clientX), moved: false });
  }

  function move({ clientX, pointerId }: PointerEvent) {
    if (!drag) return;
    const moved = drag.moved || Math.abs(clientX - drag.x) >= DRAG_PX;
    // From here on the pointer may leave the chart.
    if (moved && !drag.moved) frame.current?.setPointerCapture(pointerId);
    setDrag({ ...drag, to: indexAt(clientX), moved });
  }

  function release() {
    setDrag(null);
    if (drag?.moved) onSelect(points.slice(Math.min(drag.from, drag.to), Math.max(drag.from, drag.to) + 1));
  }

  return (
    <div
      ref={frame}
      className={isOff ? "relative" : "relative cursor-crosshair touch-pan-y select-none"}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={() => setDrag(null)}
    >
      {children}
      {drag?.moved && <Selection drag={drag} points={points} />}
    </div>
  );
}

function Selection({ drag, points }: { drag: Drag; points: Point[] }) {
  const [first, last] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
  const share = (index: number) => Math.min(1, Math.max(0, index / (points.length - 1))) * 100;
  // Half a step on either side: buckets are selected whole.
  const [left, right] = [share(first - 0.5), 100 - share(last + 0.5)];
  return (
    <div className="pointer-events-none absolute" style={PLOT}>
      <div
        className="absolute inset-y-0 border-accent border-x bg-accent/15"
        style={{ left: `${left}%`, right: `${right}%` }}
      />
      <p
        className="absolute top-1 max-w-full truncate rounded-md border border-line bg-surface px-2 py-1 text-xs shadow-lg"
        style={left > 50 ? { right: `${right}%` } : { left: `${left}%` }}
      >
        {selectionWords(points.slice(first, last + 1))}
      </p>
    </div>
  );
}

type LinesComponent = typeof import("./lines")["Lines"];

let loaded: LinesComponent | null = null;

/** What somebody does who is about to use the page. */
const SIGNS = ["pointermove", "pointerdown", "keydown", "wheel", "focusin", "click"] as const;

/**
 * The chart library is the heaviest part of the page, and only needed for what answers to a pointer: it is loaded with
 * the first move. Null until then.
 */
function useLines(): LinesComponent | null {
  const [lines, setLines] = useState<LinesComponent | null>(() => loaded);
  useEffect(() => {
    if (lines) return;
    const waiting = new AbortController();
    // Should it fail to load, the next move tries again.
    const load = async () => {
      const file = await import("./lines").catch(() => null);
      if (!file || waiting.signal.aborted) return;
      waiting.abort();
      loaded = file.Lines;
      setLines(() => loaded);
    };
    for (const sign of SIGNS) window.addEventListener(sign, load, { passive: true, signal: waiting.signal });
    return () => waiting.abort();
  }, [lines]);
  return lines;
}

type Props = {
  label: string;
  granularity: string;
  /** Equally spaced, ascending, without gaps. */
  points: Point[];
  gaps: Gap[];
  /** Of the chart as the server draws it. */
  ticks: Tick[];
  caption: ReactNode;
  controls: ReactNode;
  /** What stands on the chart, drawn from the lower edge of the figure. */
  notes: ReactNode;
  /** The URL to which a selected range is appended; without it dragging does nothing. */
  zoomBase?: string;
};

/** Clicks over time with the comparison behind. Dragging across the chart zooms in. */
export function TimeSeries({ label, granularity, points, gaps, ticks, notes, caption, zoomBase, controls }: Props) {
  const zoom = useZoom(zoomBase);
  const preview = usePreview();
  const Lines = useLines();
  return (
    <figure aria-label={label} className="relative m-0">
      <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-3 pb-1 sm:pr-0 sm:pl-2">
        {caption}
        <div className="flex items-center gap-1 max-sm:-ml-2 max-sm:w-[calc(100%+1rem)] max-sm:justify-between sm:-mr-1">
          {zoom.pending && <Pending />}
          {zoom.isZoomed && (
            <TextButton onClick={zoom.out} className="flex items-center gap-1.5 px-2 py-1.5 print:hidden">
              <ZoomOut aria-hidden className="size-4" />
              Zoom out
            </TextButton>
          )}
          {controls}
        </div>
      </div>
      {notes}
      <div aria-hidden>
        <Brush points={points} isOff={zoomBase === undefined} onSelect={zoom.into}>
          <div className="relative h-64 w-full sm:h-72">
            <UnheardShade gaps={gaps} count={points.length} />
            {Lines ? (
              <Lines points={points} preview={preview?.granularity === granularity ? preview.points : null} />
            ) : (
              <ChartPicture points={points} ticks={ticks} />
            )}
          </div>
        </Brush>
      </div>
      <Table label={label} points={points} />
    </figure>
  );
}

function selectionWords(selected: Point[]): string {
  const labels = selected.filter(({ isAbsent }) => !isAbsent).map(({ label }) => label);
  const ends = new Set([labels[0] ?? "Not in this range", labels.at(-1) ?? "Not in this range"]);
  return [...ends].join(" – ");
}
