import { Bot, Pause, Play } from "lucide-react";
import { QuietButton } from "@/components/ui/button";
import { RowLink } from "@/components/ui/link";
import { inFull } from "@/components/ui/numbers";
import { RowIcon } from "@/components/ui/row-icon";
import type { LiveRow } from "@/lib/api/live/row";
import type { Live } from "./live";

/** Clicks, newest first, each with the duration of its delivery. */
function LiveRows({ rows }: { rows: readonly LiveRow[] }) {
  return (
    <ol
      aria-label="Newest clicks"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      className="max-h-72 divide-y divide-line overflow-y-auto border-line border-t"
    >
      {rows.map((row) => (
        <li
          key={row.seq}
          className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-0.5 px-4 py-2 sm:grid-cols-[auto_minmax(0,1.3fr)_minmax(0,1.3fr)_minmax(0,1fr)_minmax(0,1fr)_auto]"
        >
          <time className="text-muted tabular-nums">{row.time}</time>
          <RowLink href={`/links/${encodeURIComponent(row.linkId)}`}>{row.link}</RowLink>
          <span className="order-last col-span-3 flex min-w-0 items-center gap-2 sm:order-none sm:col-span-1">
            <RowIcon dimension="country" value={row.country} country={row.country} text="" />
            <span className="truncate">{row.place}</span>
            <span className="truncate text-muted sm:hidden">{row.referer}</span>
          </span>
          <span className="truncate text-muted max-sm:hidden">{row.referer}</span>
          <span className="flex min-w-0 items-center gap-1.5 text-muted max-sm:hidden">
            {row.bot && <Bot aria-label="Bot" className="size-4 shrink-0" />}
            <span className="truncate">{row.device}</span>
          </span>
          <span title="Delay" className="text-right text-muted tabular-nums">
            +{row.delay}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Median duration of the shown deliveries. */
function usual({ rows }: Live): LiveRow | undefined {
  const sorted = rows.toSorted((a, b) => a.delayMs - b.delayMs);
  return sorted[Math.floor(sorted.length / 2)];
}

const clicks = (n: number) => `${inFull(n)} ${n === 1 ? "click" : "clicks"}`;

function status(live: Live): string {
  if (live.connection === "connecting") return "Connecting…";
  if (live.connection === "paused") return live.held > 0 ? `Paused, ${clicks(live.held)} waiting` : "Paused";
  const middle = usual(live);
  if (!middle) return "Waiting for the next click";
  const late = middle.delayMs < 1_000 ? "instant" : `${middle.delay} late`;
  return `${clicks(live.arrived)} so far, usually ${late}`;
}

/** New clicks as they arrive, with their durations. */
export function LiveFeed({ live }: { live: Live }) {
  const isPaused = live.connection === "paused";
  return (
    <section aria-label="New clicks" className="card print:hidden">
      <div className="flex min-h-13 items-center justify-between gap-3 px-4 py-2">
        <p role="status" className="text-muted">
          {status(live)}
        </p>
        <QuietButton onClick={isPaused ? live.resume : live.pause}>
          {isPaused ? <Play aria-hidden className="size-4" /> : <Pause aria-hidden className="size-4" />}
          {isPaused ? "Resume" : "Pause"}
        </QuietButton>
      </div>
      {live.rows.length > 0 && <LiveRows rows={live.rows} />}
    </section>
  );
}
