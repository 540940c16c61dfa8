import dynamic from "next/dynamic";
import { Suspense } from "react";
import { Skeleton } from "@/components/ui/card";
import type { View } from "@/components/views/view";
import type { CardKey } from "@/lib/click/fields";
import { BreakdownCard } from "./breakdown-card";
import { ClicksCard } from "./clicks-card";
import { HeatMapCard } from "./heat-map-card";
import { readList } from "./list";
import { MapCard } from "./map-card";
import { NoClicks, WITH_CLICKS } from "./no-clicks";
import { readSame, SameForAll } from "./same-values";

const ShowAll = dynamic(() => import("./show-all").then((file) => file.ShowAll));

const ORDER: readonly CardKey[] = ["links", "sources", "places", "devices", "browsers", "campaigns"];

function Breakdowns({ view }: { view: View }) {
  const list = readList(view);
  return (
    <>
      <div className={`grid ${WITH_CLICKS} grid-cols-1 gap-4 empty:hidden lg:grid-cols-2 min-[94rem]:grid-cols-3`}>
        {ORDER.map((card) => (
          <BreakdownCard key={card} view={view} card={card} />
        ))}
      </div>
      {list && <ShowAll view={view} list={list} />}
    </>
  );
}

/** The same for one link, whose clicks have much in common. */
async function LinkBreakdowns({ view }: { view: View }) {
  const same = await readSame(view);
  return (
    <>
      <SameForAll view={view} same={same} />
      <Breakdowns view={{ ...view, same: new Set(same.keys()) }} />
    </>
  );
}

/** All figures of a view: over time, every dimension, map and hours of the week. */
export function Figures({ view }: { view: View }) {
  return (
    <div className="grid grid-cols-1 gap-4">
      <ClicksCard view={view} />
      <Suspense>
        <NoClicks view={view} />
      </Suspense>
      {view.linkId ? (
        <Suspense fallback={<Skeleton label="Loading the values" className="h-[48rem]" />}>
          <LinkBreakdowns view={view} />
        </Suspense>
      ) : (
        <Breakdowns view={view} />
      )}
      <div className={`grid ${WITH_CLICKS} grid-cols-1 gap-4 lg:grid-cols-5`}>
        <div className="grid min-w-0 lg:col-span-3">
          <MapCard view={view} />
        </div>
        <div className="grid min-w-0 lg:col-span-2">
          <HeatMapCard view={view} />
        </div>
      </div>
    </div>
  );
}
