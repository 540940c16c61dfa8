import type { Metadata } from "next";
import { Suspense } from "react";
import { DeliveriesChart } from "@/components/deliveries/deliveries-chart";
import { DeliveriesFoot, DeliveriesTable } from "@/components/deliveries/deliveries-table";
import { DeliveryChips, OutcomeNav, SpanNav } from "@/components/deliveries/delivery-filters";
import { DeliveryPanel } from "@/components/deliveries/delivery-panel";
import { Quarantine } from "@/components/deliveries/quarantine";
import { Nothing, Skeleton } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { ask } from "@/components/views/ask";
import { Beside, PanelSkeleton } from "@/components/views/beside";
import { type PageProps, pageParams } from "@/components/views/page-params";
import { requireViewer } from "@/lib/account/session";
import { linkName } from "@/lib/click/link-name";
import { isIdSearchCut, isRestricted, type ListFilters, readListFilters } from "@/lib/deliveries/list/filters";
import { answerHistory } from "@/lib/deliveries/list/history";
import { answerDeliveries, parseDeliveryCursor } from "@/lib/deliveries/list/rows";
import { secretNames } from "@/lib/deliveries/secrets/manage";
import { queryString } from "@/lib/question/codec/query-string";
import { filtersFromParams } from "@/lib/question/codec/read";
import { withParam } from "@/lib/question/codec/write";

type Part = { filters: ListFilters; params: URLSearchParams; zone: string; now: Date };

export const metadata: Metadata = { title: "Deliveries" };

const PAGE_SIZE = 100;

async function Overview({ filters, params, zone, now }: Part) {
  const history = await answerHistory(filters.span, now);
  return (
    <>
      <DeliveriesChart history={history} zone={zone} />
      <OutcomeNav history={history} chosen={filters.outcome} params={params} />
      {isRestricted(filters) && (
        <p className="text-muted">
          The chart shows all deliveries in this range. Filters apply only to the list below.
        </p>
      )}
    </>
  );
}

async function namesOfLinks(ids: (string | null)[]): Promise<(id: string) => string> {
  const named = [...new Set(ids.filter((id) => id !== null))];
  const links = await ask({ kind: "labels", ids: named });
  return (id) => linkName(id, links.get(id));
}

function emptyWords(filters: ListFilters): string {
  const { problems, span } = filters;
  if (problems.length > 0) return "Nothing matches because part of the URL is invalid. Remove the parts marked above.";
  if (filters.outcome === null && !isRestricted(filters))
    return span ? "Nothing was received in this range." : "Nothing received yet.";
  return span
    ? "No matching deliveries in this range. Choose All above, or remove a filter."
    : "No matching deliveries yet.";
}

async function List({ filters, params, zone, now, name }: Part & { name: string | null }) {
  const before = parseDeliveryCursor(params.get("before") ?? "");
  const here = { limit: PAGE_SIZE, now, ...(before && { before }) };
  const [{ rows, older }, secretName] = await Promise.all([answerDeliveries(filters, here), secretNames()]);
  const context = { params, zone, linkName: await namesOfLinks(rows.map(({ linkId }) => linkId)), secretName };
  return (
    <>
      <DeliveryChips filters={filters} params={params} secretName={secretName} />
      {isIdSearchCut(filters) && (
        <p className="text-muted">
          For counted clicks, the id search covers the last 90 days. To search further back, filter by a link.
        </p>
      )}
      <Beside
        path="/deliveries"
        query={queryString(params)}
        param="delivery"
        current={name}
        ids={rows.map(({ id }) => id)}
        panel={
          name !== null && (
            <Suspense fallback={<PanelSkeleton />}>
              <DeliveryPanel name={name} {...context} />
            </Suspense>
          )
        }
      >
        {rows.length > 0 ? (
          <>
            <DeliveriesTable rows={rows} {...context} />
            <DeliveriesFoot shown={rows.length} older={older} params={params} isFirst={before === null} />
          </>
        ) : (
          <Nothing>{emptyWords(filters)}</Nothing>
        )}
      </Beside>
    </>
  );
}

export default async function Deliveries({ searchParams }: PageProps) {
  await requireViewer("operate");
  const given = await pageParams(searchParams);
  const name = given.get("delivery");
  const params = new URLSearchParams(given);
  params.delete("delivery");
  const now = new Date();
  const { zone } = filtersFromParams(params, now, "deliveries");
  const part: Part = { filters: readListFilters(params), params, zone, now };
  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h1 className="font-semibold text-2xl tracking-tight">Deliveries</h1>
          <p className="mt-1 max-w-2xl text-muted">
            {`Every delivery from Dub is counted as a click, or listed here with the reason why not. Times are in ${zone.replaceAll("_", " ")}.`}{" "}
            <Link href="/health" className="whitespace-nowrap rounded text-accent underline">
              Server health
            </Link>
          </p>
        </div>
        <SpanNav span={part.filters.span} params={params} />
      </div>
      <section aria-label="Overview" className="grid grid-cols-1 gap-3 card p-4">
        <Suspense
          key={part.filters.span}
          fallback={<Skeleton label="Loading deliveries" className="h-[21.875rem] sm:h-[12.875rem]" />}
        >
          <Overview {...part} />
        </Suspense>
      </section>
      {part.filters.outcome === "quarantined" && (
        <Suspense>
          <Quarantine params={withParam(params, "reason", null)} zone={zone} />
        </Suspense>
      )}
      <List {...part} name={name} />
    </div>
  );
}
