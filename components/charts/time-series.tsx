"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useTransition } from "react";
import { Pending } from "@/components/ui/pending";
import { text } from "@/lib/text/charts";
import { Brush } from "./brush";
import { ChartFrame } from "./chart-frame";
import { PLOT } from "./plot";
import { type Gap, UnheardShade, unheardWords } from "./unheard-shade";
import { useZoom } from "./use-zoom";
import { ZoomOutButton } from "./zoom-out-button";

/** The drawing library is the heaviest thing on the page: everything else works before it has come. */
const Lines = dynamic(() => import("./lines").then((file) => file.Lines));

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
  unheard: "whole" | "part" | null;
  /** Its ends, as the address says a range. */
  zoom: { from: string; to: string } | null;
  /** The bucket of the comparison that it is laid over. */
  previous: { clicks: number; label: string } | null;
};

type Props = {
  label: string;
  /** Equally spaced, ascending, gaps filled. */
  points: Point[];
  /** When nothing could have been received. */
  gaps: Gap[];
  /** Stands above the chart: which time it shows. */
  caption: ReactNode;
  /** Stand at its right. */
  controls: ReactNode;
  /** The address that a range is added to when a part of the chart is chosen. */
  zoomBase: string;
};

/** Clicks over time, with the comparison behind them. Dragging across the chart shows that part as a range. */
export function TimeSeries({ label, points, gaps, caption, zoomBase, controls }: Props) {
  const [pending, startTransition] = useTransition();
  const zoom = useZoom(zoomBase, startTransition);
  return (
    <ChartFrame
      label={label}
      rows={points.map(({ start, label: words, clicks, isAbsent, part, unheard, previous }) => ({
        id: start,
        label: part ? text.partly[part](words) : words,
        clicks,
        note: isAbsent ? text.nothing : unheardWords(unheard, clicks),
        previous,
      }))}
      head={
        <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-3 pb-1 sm:pr-0 sm:pl-2">
          {caption}
          <div className="flex items-center gap-1 max-sm:-ml-2 max-sm:w-[calc(100%+1rem)] max-sm:justify-between sm:-mr-1">
            {pending && <Pending />}
            {zoom.isZoomed && <ZoomOutButton onClick={zoom.out} />}
            {controls}
          </div>
        </div>
      }
    >
      <Brush
        count={points.length}
        plot={PLOT}
        words={(first, last) => selectionWords(points, first, last)}
        onSelect={(first, last) => {
          const chosen = points.slice(first, last + 1).flatMap((point) => point.zoom ?? []);
          if (chosen.length > 0) zoom.into(chosen[0]?.from ?? "", chosen.at(-1)?.to ?? "");
        }}
      >
        <div className="relative h-64 w-full sm:h-72">
          <UnheardShade gaps={gaps} count={points.length} />
          <Lines points={points} />
        </div>
      </Brush>
    </ChartFrame>
  );
}

function selectionWords(points: Point[], first: number, last: number): string {
  const chosen = points.slice(first, last + 1).filter(({ isAbsent }) => !isAbsent);
  const [from, to] = [chosen[0]?.label ?? text.notInRange, chosen.at(-1)?.label ?? text.notInRange];
  return from === to ? from : text.selection(from, to);
}
