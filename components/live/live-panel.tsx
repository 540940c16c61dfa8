"use client";

import { Pause, Play } from "lucide-react";
import { useLiveContext } from "./live-provider";
import { LiveRows } from "./live-rows";
import type { Live } from "./use-live";

const BUTTON =
  "flex h-8 items-center gap-1.5 rounded-lg border border-line bg-surface px-2.5 font-medium hover:bg-raised";

const NUMBER = new Intl.NumberFormat("en-US");
const clicks = (n: number) => `${NUMBER.format(n)} ${n === 1 ? "click" : "clicks"}`;

/** How late deliveries come, in the middle of those that are shown. */
function usualDelay({ rows }: Live): string | null {
  const sorted = rows.toSorted((a, b) => a.delayMs - b.delayMs);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) return null;
  return middle.delayMs < 1_000 ? "usually at once" : `usually ${middle.delay} after they happened`;
}

function status(live: Live): string {
  if (live.connection === "connecting") return "Connecting…";
  if (live.connection === "paused") return live.held > 0 ? `Paused, ${clicks(live.held)} waiting` : "Paused";
  const delay = usualDelay(live);
  return delay === null ? "Waiting for the next click" : `${clicks(live.arrived)} so far, ${delay}`;
}

/** New clicks as they arrive, while it is switched on. */
export function LivePanel() {
  const live = useLiveContext();
  if (live.connection === "off") return null;
  const isPaused = live.connection === "paused";
  return (
    <section aria-label="New clicks" className="rounded-2xl border border-line bg-surface shadow-card print:hidden">
      <div className="flex min-h-13 items-center justify-between gap-3 px-4 py-2">
        <p role="status" className="text-muted">
          {status(live)}
        </p>
        <button type="button" onClick={isPaused ? live.resume : live.pause} className={BUTTON}>
          {isPaused ? <Play aria-hidden className="size-4" /> : <Pause aria-hidden className="size-4" />}
          {isPaused ? "Go on" : "Pause"}
        </button>
      </div>
      {live.rows.length > 0 && <LiveRows rows={live.rows} />}
    </section>
  );
}
