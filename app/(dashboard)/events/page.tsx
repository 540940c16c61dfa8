import type { Metadata } from "next";
import { cookies } from "next/headers";
import { Suspense } from "react";
import { ClickPanel } from "@/components/events/click-panel";
import { CLICK_PARAM, COLUMNS_COOKIE, EVENTS_PATH, PAGE_SIZE } from "@/components/events/event-page";
import { EventsList } from "@/components/events/events-list";
import { FilterBar } from "@/components/filters/filter-bar";
import { Toolbar } from "@/components/ranges/toolbar";
import { counted } from "@/components/ui/counted";
import { ask } from "@/components/views/ask";
import { PanelSkeleton } from "@/components/views/beside";
import { type PageProps, pageParams } from "@/components/views/page-params";
import type { View } from "@/components/views/view";
import { requireViewer } from "@/lib/account/session";
import { zoneLabel } from "@/lib/base/format";
import { queryString } from "@/lib/question/codec/query-string";
import { filtersFromParams } from "@/lib/question/codec/read";
import { withoutParam } from "@/lib/question/codec/write";
import { chosenColumns } from "@/lib/question/columns";
import type { Filters } from "@/lib/question/question";
import { rangeWords, withWords } from "@/lib/question/words";

export const metadata: Metadata = { title: "Events" };

async function Total({ filters }: { filters: Filters }) {
  const { clicks } = await ask({ kind: "totals" }, filters);
  return counted(clicks, "click");
}

function emptyWords({ problems, conditions, anyOf, bots }: Filters): string {
  if (problems.length > 0) return "Nothing matches because part of the URL is invalid. Remove it above.";
  if (conditions.length + anyOf.length > 0 || bots !== "include")
    return "No clicks match. Change the range or a filter.";
  return "No clicks in this range.";
}

export default async function Events({ searchParams }: PageProps) {
  await requireViewer();
  const given = await pageParams(searchParams);
  const seq = given.get(CLICK_PARAM);
  const params = withoutParam(given, CLICK_PARAM);
  const filters = filtersFromParams(params, new Date(), "events");
  const view: View = { path: EVENTS_PATH, params, filters, linkId: null, comparison: null, firstClick: null };
  const newest = { limit: PAGE_SIZE, before: null, after: null };
  const { rows, older } = withWords(await ask({ kind: "clicks", ...newest }, filters), filters.zone);
  const query = queryString(params);
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h1 className="font-semibold text-2xl tracking-tight">Events</h1>
          <p className="mt-0.5 text-muted">{`${rangeWords(filters)} · ${zoneLabel(filters.zone, filters.now)}`}</p>
        </div>
        <Toolbar view={view} withExport={false} withComparison={false} />
      </div>
      <EventsList
        key={query}
        first={{ rows, older }}
        query={query}
        chosen={chosenColumns((await cookies()).get(COLUMNS_COOKIE)?.value)}
        empty={emptyWords(filters)}
        total={
          <Suspense fallback="Counting">
            <Total filters={filters} />
          </Suspense>
        }
        chips={<FilterBar view={view} />}
        current={seq}
        panel={
          seq !== null && (
            <Suspense fallback={<PanelSkeleton />}>
              <ClickPanel view={view} seq={seq} />
            </Suspense>
          )
        }
      />
    </div>
  );
}
