import Link from "next/link";
import { Suspense } from "react";
import { hrefTo, type View } from "@/components/dashboard/view";
import { Badge } from "@/components/ui/badge";
import { Tag } from "@/components/ui/tag";
import { requireViewer } from "@/lib/access/session";
import { withParam } from "@/lib/query/address";
import { answerClick } from "@/lib/query/answer/click";
import type { ClickDetail } from "@/lib/query/answers";
import { clickFacts } from "./click-facts";
import { Facts } from "./fact";
import { RoutedPanel } from "./routed-panel";
import { VisitorClicks } from "./visitor-clicks";

function LinkState({ view, click: { link } }: { view: View; click: ClickDetail }) {
  if (!link) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5 py-1">
      <Link
        href={hrefTo(`/links/${encodeURIComponent(link.id)}`, withParam(view.params, "linkId", null))}
        prefetch={false}
        className="mr-1 rounded-md font-medium text-accent hover:underline"
      >
        Open the link’s page
      </Link>
      {link.deletedAt && <Badge tone="danger">Deleted</Badge>}
      {link.archived && <Badge tone="warn">Archived</Badge>}
      {link.tags.map((tag) => (
        <Tag key={tag.id} {...tag} />
      ))}
    </div>
  );
}

/** Everything about the click that the address names, beside the list. */
export async function ClickPanel({ view, seq }: { view: View; seq: string }) {
  const click = await answerClick(await requireViewer(), seq);
  const closeHref = hrefTo(view.path, view.params);
  if (!click) {
    return (
      <RoutedPanel title="No such click" of={seq} closeHref={closeHref}>
        <p className="p-5 text-muted">There is no click of this number. It may have been deleted.</p>
      </RoutedPanel>
    );
  }
  const [moment, ...sections] = clickFacts(view, click);
  const name = click.link?.shortLink?.replace(/^https?:\/\//, "") ?? click.linkId;
  return (
    <RoutedPanel title={`Click on ${name}`} of={seq} closeHref={closeHref}>
      {moment && <Facts {...moment} />}
      {sections.map((section) => (
        <Facts key={section.title} {...section}>
          {section.title === "Link" && <LinkState view={view} click={click} />}
        </Facts>
      ))}
      {click.visitor !== null && (
        <section className="border-line border-t px-5 pt-4 pb-8">
          <h3 className="font-semibold">Other clicks of this visitor</h3>
          <p className="text-muted">
            {click.visitorEstimated
              ? "Whenever they were. The visitor is an estimate, so these may be several people."
              : "Whenever they were, whatever the list is restricted to."}
          </p>
          <Suspense
            fallback={
              <p role="status" className="py-2 text-muted">
                Looking for them…
              </p>
            }
          >
            <VisitorClicks view={view} click={click} />
          </Suspense>
        </section>
      )}
    </RoutedPanel>
  );
}
