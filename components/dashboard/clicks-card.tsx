import { Suspense } from "react";
import { text } from "@/lib/text/tiles";
import { CHART_HEIGHT, ClicksOverTime } from "./clicks-over-time";
import { Tiles } from "./tiles";
import type { View } from "./view";

/** The numbers everybody came for, and how they came about. */
export function ClicksCard({ view }: { view: View }) {
  return (
    <section aria-label={text.clicks} className="rounded-2xl border border-line bg-surface shadow-card">
      <div className="px-4 pt-4 pb-3 sm:px-5 sm:pt-5">
        {/* What people look at first is in the first paint: it takes no longer than the rest of the page. */}
        <Tiles view={view} />
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
