import { Bookmark } from "lucide-react";
import { Suspense } from "react";
import { Link } from "@/components/ui/link";
import type { View } from "@/components/views/view";
import { ViewsButton } from "@/components/views/views-button";
import { requireViewer } from "@/lib/account/session";
import { listViews } from "@/lib/account/views/store";
import { isShown, PLAIN_OVERVIEW, type SavedView, viewQuery } from "@/lib/account/views/view";
import { text as filters } from "@/lib/question/filters-text";
import { clearedHref, FilterChips } from "./filter-chips";
import { FilterHost } from "./filter-host";

/** What would be kept of this page. */
const pageOf = ({ path, params, filters }: View) => ({ path, query: viewQuery(params, filters.zone) });

/** The saved view that this page shows, or null; of several, the one with which the overview opens. */
async function shownView(view: View): Promise<SavedView | null> {
  const current = pageOf(view);
  const shown = (await listViews(await requireViewer())).filter((saved) => isShown(saved, current));
  return shown.find(({ pinned }) => pinned) ?? shown[0] ?? null;
}

function ViewName({ name }: { name: string | null }) {
  return (
    <>
      <Bookmark aria-hidden className={`size-4 shrink-0 ${name ? "fill-accent text-accent" : "text-muted"}`} />
      <span className="sr-only">{name === null ? "Views" : `Views: ${name}`}</span>
      <span aria-hidden className="truncate">
        {name ?? "Views"}
      </span>
    </>
  );
}

async function ShownName({ shown }: { shown: Promise<SavedView | null> }) {
  return <ViewName name={(await shown)?.name ?? null} />;
}

/** Says that the overview opened with the reader's default view, with the way around it. */
async function DefaultNote({ shown }: { shown: Promise<SavedView | null> }) {
  if (!(await shown)?.pinned) return null;
  return (
    <p className="text-muted print:hidden">
      Your default view.{" "}
      <Link href={PLAIN_OVERVIEW} className="rounded font-medium text-accent hover:underline">
        Plain overview
      </Link>
    </p>
  );
}

/** Above the numbers: what they are restricted to, how to change that, and the views that are kept. */
export function FilterBar({ view }: { view: View }) {
  const shown = shownView(view);
  return (
    <search aria-label={filters.bar} className="flex min-h-9 flex-wrap items-center gap-2">
      <FilterHost clearedHref={clearedHref(view)} linkId={view.linkId}>
        <ViewsButton current={pageOf(view)}>
          <Suspense fallback={<ViewName name={null} />}>
            <ShownName shown={shown} />
          </Suspense>
        </ViewsButton>
        <Suspense>
          <DefaultNote shown={shown} />
        </Suspense>
        <Suspense>
          <FilterChips view={view} />
        </Suspense>
      </FilterHost>
    </search>
  );
}
