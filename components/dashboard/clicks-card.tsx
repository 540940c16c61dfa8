import { setTimeout as delay } from "node:timers/promises";
import { headers } from "next/headers";
import { Suspense } from "react";
import { text } from "@/lib/text/tiles";
import { CHART_HEIGHT, ClicksOverTime } from "./clicks-over-time";
import { Tiles } from "./tiles";
import type { View } from "./view";

/** How long a page that is opened is held back for its totals: too short to be noticed. */
const PATIENCE_MS = 100;

/**
 * The totals. In a page that is opened they are part of the first paint when they are known soon, and follow when they
 * are not. In one that only changes the old ones stay until they are there: a boundary that is new would replace them.
 */
async function PromptTiles({ view }: { view: View }) {
  const isOpened = (await headers()).get("accept")?.includes("text/html");
  const tiles = Tiles({ view });
  if (!isOpened || (await Promise.race([tiles, delay(PATIENCE_MS, null)]))) return tiles;
  const height = view.filters.comparison ? "h-47 sm:h-21.5" : "h-35 sm:h-15.5";
  return (
    <Suspense
      fallback={
        <div role="status" className={`${height} motion-safe:animate-pulse`}>
          <span className="sr-only">{text.loadingTotals}</span>
          <div className="h-4 w-16 rounded bg-raised" />
          <div className="mt-2 h-9 w-40 rounded-lg bg-raised" />
        </div>
      }
    >
      {tiles}
    </Suspense>
  );
}

/** The numbers everybody came for, and how they came about. */
export function ClicksCard({ view }: { view: View }) {
  return (
    <section aria-label={text.clicks} className="rounded-2xl border border-line bg-surface shadow-card">
      <div className="px-4 pt-4 pb-3 sm:px-5 sm:pt-5">
        <PromptTiles view={view} />
      </div>
      <Suspense
        fallback={
          <div role="status" className={`${CHART_HEIGHT} p-5`}>
            <span className="sr-only">{text.loadingChart}</span>
          </div>
        }
      >
        <ClicksOverTime view={view} />
      </Suspense>
    </section>
  );
}
