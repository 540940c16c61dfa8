import Link from "next/link";
import { Suspense } from "react";
import { requireViewer } from "@/lib/access/session";
import { listViews } from "@/lib/views/store";
import { PLAIN_OVERVIEW, viewQuery } from "@/lib/views/view";
import { clearedHref, FilterChips } from "./filter-chips";
import { FilterHost } from "./filter-host";
import type { View } from "./view";
import { isShown } from "./view-change";
import { ViewsButton } from "./views-button";

/** What would be kept of this page. */
const pageOf = ({ path, params, filters }: View) => ({ path, query: viewQuery(params, filters.zone) });

/** The saved view that this page shows, if it is one; when it is the one the overview opens with, the way around it. */
async function CurrentView({ view }: { view: View }) {
  const current = pageOf(view);
  const shown = (await listViews(await requireViewer())).filter((saved) => isShown(saved, current));
  const pinned = shown.find((saved) => saved.pinned);
  return (
    <>
      <ViewsButton current={current} name={(pinned ?? shown[0])?.name ?? null} />
      {pinned && (
        <p className="text-muted print:hidden">
          Your default view.{" "}
          <Link href={PLAIN_OVERVIEW} prefetch={false} className="rounded font-medium text-accent hover:underline">
            Plain overview
          </Link>
        </p>
      )}
    </>
  );
}

/** Above the numbers: what they are restricted to, how to change that, and the views that are kept. */
export function FilterBar({ view }: { view: View }) {
  return (
    <search aria-label="Filters and views" className="flex min-h-9 flex-wrap items-center gap-2">
      <FilterHost clearedHref={clearedHref(view)} linkId={view.linkId}>
        <Suspense fallback={<ViewsButton current={pageOf(view)} name={null} />}>
          <CurrentView view={view} />
        </Suspense>
        <Suspense>
          <FilterChips view={view} />
        </Suspense>
      </FilterHost>
    </search>
  );
}
