import { Suspense } from "react";
import { CHART_HEIGHT, ClicksOverTime } from "./clicks-over-time";
import { Tiles } from "./tiles";
import type { View } from "./view";

/** The numbers everybody came for, and how they came about. */
export function ClicksCard({ view }: { view: View }) {
  return (
    <section aria-label="Clicks" className="rounded-2xl border border-line bg-surface shadow-card">
      <div className="px-4 pt-4 pb-3 sm:px-5 sm:pt-5">
        <Suspense
          fallback={
            <div role="status" className="h-[8.75rem] motion-safe:animate-pulse sm:h-[3.875rem]">
              <span className="sr-only">Loading the totals</span>
              <div className="h-4 w-16 rounded bg-raised" />
              <div className="mt-2 h-9 w-40 rounded-lg bg-raised" />
            </div>
          }
        >
          <Tiles view={view} />
        </Suspense>
      </div>
      <Suspense
        fallback={
          <div role="status" className={`${CHART_HEIGHT} p-5`}>
            <span className="sr-only">Loading clicks over time</span>
          </div>
        }
      >
        <ClicksOverTime view={view} />
      </Suspense>
    </section>
  );
}
