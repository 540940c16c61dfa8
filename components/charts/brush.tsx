"use client";

import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";

type Props = {
  /** How many points stand across the plot, the first at its left edge, the last at its right. */
  count: number;
  /** Pixels between the edges of the children and the plot. */
  plot: { left: number; right: number; top: number; bottom: number };
  /** What a selection is called while it is drawn. */
  words: (first: number, last: number) => string;
  onSelect: (first: number, last: number) => void;
  children: ReactNode;
};

/** A press that wanders less than this was no drag. */
const DRAG_PX = 6;

type Drag = { x: number; from: number; to: number; moved: boolean };

/** Lets points be chosen by dragging across them; Escape lets go. For a pointer only: keyboards have the range picker. */
export function Brush({ count, plot, words, onSelect, children }: Props) {
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
    const share = (clientX - left - plot.left) / (width - plot.left - plot.right);
    return Math.round(Math.min(1, Math.max(0, share)) * (count - 1));
  }

  function press({ clientX, button, isPrimary }: PointerEvent) {
    if (button !== 0 || !isPrimary || count < 2) return;
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
    if (drag?.moved) onSelect(Math.min(drag.from, drag.to), Math.max(drag.from, drag.to));
  }

  return (
    <div
      ref={frame}
      className="relative cursor-crosshair touch-pan-y select-none"
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={() => setDrag(null)}
    >
      {children}
      {drag?.moved && <Selection drag={drag} count={count} plot={plot} words={words} />}
    </div>
  );
}

function Selection({ drag, count, plot, words }: { drag: Drag } & Pick<Props, "count" | "plot" | "words">) {
  const [first, last] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
  const share = (index: number) => Math.min(1, Math.max(0, index / (count - 1))) * 100;
  // Half a step to either side: the buckets are chosen whole.
  const [left, right] = [share(first - 0.5), 100 - share(last + 0.5)];
  return (
    <div className="pointer-events-none absolute" style={plot}>
      <div
        className="absolute inset-y-0 border-accent border-x bg-accent/15"
        style={{ left: `${left}%`, right: `${right}%` }}
      />
      <p
        className="absolute top-1 max-w-full truncate rounded-md border border-line bg-surface px-2 py-1 text-xs shadow-lg"
        style={left > 50 ? { right: `${right}%` } : { left: `${left}%` }}
      >
        {words(first, last)}
      </p>
    </div>
  );
}
