import { Pause, Play } from "lucide-react";
import { inFull } from "@/components/ui/numbers";
import type { LiveRow } from "@/lib/live/row";
import { text } from "@/lib/text/live";
import { LiveRows } from "./live-rows";
import type { Live } from "./use-live";

const BUTTON =
  "flex h-8 items-center gap-1.5 rounded-lg border border-line bg-surface px-2.5 font-medium hover:bg-raised";

/** The delivery in the middle of those that are shown, by how late it came. */
function usual({ rows }: Live): LiveRow | undefined {
  const sorted = rows.toSorted((a, b) => a.delayMs - b.delayMs);
  return sorted[Math.floor(sorted.length / 2)];
}

function status(live: Live): string {
  if (live.connection === "connecting") return text.connecting;
  if (live.connection === "paused") return live.held > 0 ? text.waiting(live.held, inFull(live.held)) : text.paused;
  const middle = usual(live);
  if (!middle) return text.waitingForNext;
  const arrived = inFull(live.arrived);
  return middle.delayMs < 1_000
    ? text.atOnce(live.arrived, arrived)
    : text.delayed(live.arrived, arrived, middle.delay);
}

/** New clicks as they arrive, and how they do. */
export function LiveFeed({ live }: { live: Live }) {
  const isPaused = live.connection === "paused";
  return (
    <section aria-label={text.newClicks} className="rounded-2xl border border-line bg-surface shadow-card print:hidden">
      <div className="flex min-h-13 items-center justify-between gap-3 px-4 py-2">
        <p role="status" className="text-muted">
          {status(live)}
        </p>
        <button type="button" onClick={isPaused ? live.resume : live.pause} className={BUTTON}>
          {isPaused ? <Play aria-hidden className="size-4" /> : <Pause aria-hidden className="size-4" />}
          {isPaused ? text.goOn : text.pause}
        </button>
      </div>
      {live.rows.length > 0 && <LiveRows rows={live.rows} />}
    </section>
  );
}
