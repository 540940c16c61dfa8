import Link from "next/link";
import { Suspense } from "react";
import { clickFacts } from "@/components/events/click-facts";
import { text } from "@/components/events/click-text";
import { Badge, Tag } from "@/components/ui/badge";
import { Facts } from "@/components/ui/facts";
import { RoutedPanel } from "@/components/ui/routed-panel";
import { hrefTo, type View } from "@/components/views/view";
import { requireViewer } from "@/lib/account/session";
import { SECTIONS } from "@/lib/click/fields";
import { linkName } from "@/lib/click/link-name";
import { answer } from "@/lib/question/answer";
import type { ClickDetail } from "@/lib/question/answers";
import { withParam } from "@/lib/question/codec/write";
import { question } from "@/lib/question/question";
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
        {text.openLink}
      </Link>
      {link.deletedAt && <Badge tone="danger">{text.deleted}</Badge>}
      {link.archived && <Badge tone="warn">{text.archived}</Badge>}
      {link.tags.map((tag) => (
        <Tag key={tag.id} {...tag} />
      ))}
    </div>
  );
}

/** Everything about the click that the address names, beside the list. */
export async function ClickPanel({ view, seq }: { view: View; seq: string }) {
  const click = await answer(question(await requireViewer(), { kind: "click", seq }));
  const closeHref = hrefTo(view.path, view.params);
  if (!click) {
    return (
      <RoutedPanel title={text.unknown} of={seq} closeHref={closeHref}>
        <p className="p-5 text-muted">{text.unknownWhy}</p>
      </RoutedPanel>
    );
  }
  const [moment, ...sections] = clickFacts(view, click);
  const name = linkName(click.linkId, click.link);
  return (
    <RoutedPanel title={text.title(name)} of={seq} closeHref={closeHref}>
      {moment && <Facts title={SECTIONS[moment.key]} facts={moment.facts} />}
      {sections.map(({ key, facts }) => (
        <Facts key={key} title={SECTIONS[key]} facts={facts}>
          {key === "link" && <LinkState view={view} click={click} />}
        </Facts>
      ))}
      {click.visitor !== null && (
        <section className="border-line border-t px-5 pt-4 pb-8">
          <h3 className="font-semibold">{text.visitor.title}</h3>
          <p className="text-muted">{click.visitorEstimated ? text.visitor.estimated : text.visitor.known}</p>
          <Suspense
            fallback={
              <p role="status" className="py-2 text-muted">
                {text.visitor.looking}
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
