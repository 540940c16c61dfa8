import type { Metadata } from "next";
import { cookies } from "next/headers";
import { Suspense } from "react";
import { ClickPanel } from "@/components/events/click-panel";
import { CLICK_PARAM, COLUMNS_COOKIE, EVENTS_PATH, PAGE_SIZE } from "@/components/events/event-page";
import { EventsList } from "@/components/events/events-list";
import { QuestionBar } from "@/components/ranges/question-bar";
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
import { withWords } from "@/lib/question/words";

export const metadata: Metadata = { title: "Events" };

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
    <div className="flex flex-col gap-4">
      <EventsList
        first={{ rows, older }}
        query={query}
        chosen={chosenColumns((await cookies()).get(COLUMNS_COOKIE)?.value)}
        empty={emptyWords(filters)}
        title={
          <div className="flex flex-wrap items-baseline gap-x-3">
            <h1 className="font-semibold text-2xl tracking-tight">Events</h1>
            <p className="text-muted">{`Times in ${zoneLabel(filters.zone, filters.now)}`}</p>
          </div>
        }
        bar={<QuestionBar view={view} withExport={false} withComparison={false} />}
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
