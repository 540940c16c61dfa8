"use client";

import { ZoomOut } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, type TransitionStartFunction, useState, useTransition } from "react";
import { text } from "@/components/charts/text";
import { Pending } from "@/components/ui/pending";
import { Brush } from "./brush";
import { downtimeText, type Gap, PLOT, type Point, UnheardShade } from "./plot";

const nameOf = (start: string | null, end: string | null) => `${start} ${end}`;

/** Ways into a part of the chart and out again. Going out is going back, so that the browser's own button does the same. */
function useZoom(base: string, startTransition: TransitionStartFunction) {
  const router = useRouter();
  const params = useSearchParams();
  const [entered, setEntered] = useState<ReadonlySet<string>>(new Set());
  return {
    /** Whether the range was reached by zooming in. */
    isZoomed: entered.has(nameOf(params.get("start"), params.get("end"))),
    into(start: string, end: string) {
      setEntered((known) => new Set(known).add(nameOf(start, end)));
      startTransition(() => router.push(`${base}start=${start}&end=${end}`, { scroll: false }));
    },
    out: () => startTransition(() => router.back()),
  };
}

/** Back to the range from which a part was chosen. */
function ZoomOutButton({ onClick }: { onClick: () => void }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex items-center gap-1.5 rounded-md px-2 py-1.5 font-medium text-accent hover:bg-raised print:hidden"
    >
      <ZoomOut aria-hidden className="size-4" />
      {text.zoomOut}
    </button>
  );
}

type Row = {
  id: number;
  label: string;
  /** Null where there is nothing yet. */
  clicks: number | null;
  /** What is to be known of the number; instead of it when there are none. */
  note?: string | null;
  previous?: { label: string; clicks: number } | null;
};

function cellWords(clicks: number | null, note: string | null): string {
  const words = clicks === null ? text.notYet : String(clicks);
  if (note === null) return words;
  return !clicks ? note : text.withNote(words, note);
}

/** A chart, and its numbers as a table for screen readers. `head` is shown above it. */
function ChartFrame({
  label,
  rows,
  head,
  children,
}: {
  label: string;
  rows: Row[];
  head?: ReactNode;
  children: ReactNode;
}) {
  const compared = rows.some(({ previous }) => previous);
  return (
    <figure aria-label={label} className="m-0">
      {head}
      <div aria-hidden>{children}</div>
      {/* Wrapped, because a table ignores the size that hides it and would widen the page. */}
      <div className="sr-only">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <th scope="col">{text.time}</th>
              <th scope="col">{text.clicks}</th>
              {compared && (
                <>
                  <th scope="col">{text.comparedWith}</th>
                  <th scope="col">{text.clicksThen}</th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, label: words, clicks, note, previous }) => (
              <tr key={id}>
                <th scope="row">{words}</th>
                <td>{cellWords(clicks, note ?? null)}</td>
                {compared && (
                  <>
                    <td>{previous?.label ?? text.nothing}</td>
                    <td>{previous?.clicks ?? text.nothing}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

/** The drawing library is the heaviest thing on the page: everything else works before it has come. */
const Lines = dynamic(() => import("./lines").then((file) => file.Lines));

type Props = {
  label: string;
  /** Equally spaced, ascending, gaps filled. */
  points: Point[];
  /** When nothing could have been received. */
  gaps: Gap[];
  /** Shown above the chart: the range. */
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
      rows={points.map(({ start, label: words, clicks, isAbsent, part, downtime, previous }) => ({
        id: start,
        label: part ? text.partly[part](words) : words,
        clicks,
        note: isAbsent ? text.nothing : downtimeText(downtime, clicks),
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
