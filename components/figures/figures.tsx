import dynamic from "next/dynamic";
import { Suspense } from "react";
import { Skeleton } from "@/components/ui/card";
import { PanelRoom } from "@/components/ui/panel-room";
import { hasPart, type View } from "@/components/views/view";
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
  return (
    <div
      className={`grid ${WITH_CLICKS} grid-cols-1 gap-4 empty:hidden lg:@min-[56rem]:grid-cols-2 min-[94rem]:@min-[80rem]:grid-cols-3`}
    >
      {ORDER.map((card) => (
        <BreakdownCard key={card} view={view} card={card} />
      ))}
    </div>
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

/** The panel with all rows of a card, if the address has one. */
async function AllRows({ view }: { view: View }) {
  if (!readList(view)) return null;
  const known = view.linkId ? { ...view, same: new Set((await readSame(view)).keys()) } : view;
  const list = readList(known);
  return list && <ShowAll view={known} list={list} />;
}

/** All figures of a view: over time, every dimension, map and hours of the week. */
export function Figures({ view }: { view: View }) {
  return (
    <PanelRoom
      panel={
        <Suspense>
          <AllRows view={view} />
        </Suspense>
      }
    >
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
        <div className={`grid ${WITH_CLICKS} grid-cols-1 gap-4 lg:@min-[60rem]:grid-cols-5`}>
          {hasPart(view, "map") && (
            <div className="grid min-w-0 lg:@min-[60rem]:col-span-3">
              <MapCard view={view} />
            </div>
          )}
          {hasPart(view, "week") && (
            <div className="grid min-w-0 lg:@min-[60rem]:col-span-2">
              <HeatMapCard view={view} />
            </div>
          )}
        </div>
      </div>
    </PanelRoom>
  );
}
