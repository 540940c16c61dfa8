import { Bookmark } from "lucide-react";
import { Suspense } from "react";
import { TextLink } from "@/components/ui/link";
import { requireViewer } from "@/lib/account/session";
import { listViews } from "@/lib/account/views/store";
import { isShown, PLAIN_OVERVIEW, type SavedView, viewQuery } from "@/lib/account/views/view";
import type { View } from "./view";
import { ViewsButton } from "./views-button";

const pageOf = ({ path, params, filters }: View) => ({ path, query: viewQuery(params, filters.zone) });

/** The saved view that this page shows, or null; of several, the default. */
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

/** Says that the overview opened with the default view, with a link to the plain one. */
async function DefaultNote({ shown }: { shown: Promise<SavedView | null> }) {
  if (!(await shown)?.pinned) return null;
  return (
    <p className="text-muted print:hidden">
      Your default view. <TextLink href={PLAIN_OVERVIEW}>Plain overview</TextLink>
    </p>
  );
}

/** The saved views; says which one is shown. */
export function SavedViews({ view }: { view: View }) {
  const shown = shownView(view);
  return (
    <>
      <Suspense>
        <DefaultNote shown={shown} />
      </Suspense>
      <ViewsButton current={pageOf(view)}>
        <Suspense fallback={<ViewName name={null} />}>
          <ShownName shown={shown} />
        </Suspense>
      </ViewsButton>
    </>
  );
}
