import { Suspense } from "react";
import { clickFacts } from "@/components/events/click-facts";
import { LinkBadges, Tag } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/card";
import { Facts } from "@/components/ui/facts";
import { Link, TextLink } from "@/components/ui/link";
import { RoutedPanel } from "@/components/ui/routed-panel";
import { ask } from "@/components/views/ask";
import { linkHref, type View } from "@/components/views/view";
import { count } from "@/lib/base/format";
import { SECTIONS } from "@/lib/click/fields";
import { linkName } from "@/lib/click/link-name";
import type { ClickDetail, VisitorClicks as Clicks, ListedClick } from "@/lib/question/answer-types";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withoutParam } from "@/lib/question/codec/write";
import { wordsOf } from "@/lib/question/words";
import { clickHref } from "./event-page";

function Item({ view, row, isElsewhere }: { view: View; row: ListedClick; isElsewhere: boolean }) {
  const words = wordsOf(row, view.filters.zone);
  return (
    <li>
      <Link
        href={clickHref(view.params, row)}
        scroll={false}
        className="flex min-h-10 items-center gap-3 rounded-md px-2 hover:bg-raised"
      >
        <span className="shrink-0 tabular-nums" title={words.exactTime}>
          {words.time}
        </span>
        <span className="min-w-0 flex-1 truncate text-right text-muted">
          {isElsewhere ? words.linkId : words.referer}
        </span>
      </Link>
    </li>
  );
}

function Group({ view, isElsewhere, clicks }: { view: View; isElsewhere: boolean; clicks: Clicks }) {
  const { rows } = clicks;
  return (
    <div className="mt-2">
      <h4 className="flex justify-between gap-3 text-muted">
        {isElsewhere ? "On other links" : "On this link"} <span className="tabular-nums">{count(clicks.total)}</span>
      </h4>
      {rows.length > 0 && (
        <ul className="-mx-2 mt-1">
          {rows.map((row) => (
            <Item key={row.seq} view={view} row={row} isElsewhere={isElsewhere} />
          ))}
        </ul>
      )}
      {clicks.total > rows.length && <p className="text-muted">{`Showing the newest ${rows.length}.`}</p>}
    </div>
  );
}

/** Other clicks of the visitor, whatever the list's filters are. */
async function VisitorClicks({ view, click }: { view: View; click: ClickDetail }) {
  const { onLink, elsewhere } = await ask({ kind: "visitorClicks", click });
  if (onLink.total + elsewhere.total === 0) return <p className="text-muted">No other clicks.</p>;
  return (
    <>
      <Group view={view} isElsewhere={false} clicks={onLink} />
      <Group view={view} isElsewhere clicks={elsewhere} />
    </>
  );
}

function LinkState({ view, click: { link } }: { view: View; click: ClickDetail }) {
  if (!link) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5 py-1">
      <TextLink href={linkHref(link.id, withoutParam(view.params, "linkId"))}>Open link page</TextLink>
      <LinkBadges link={link} />
      {link.tags.map((tag) => (
        <Tag key={tag.id} {...tag} />
      ))}
    </div>
  );
}

/** Details of the click in the URL, beside the list. */
export async function ClickPanel({ view, seq }: { view: View; seq: string }) {
  const click = await ask({ kind: "click", seq });
  const closeHref = hrefTo(view.path, view.params);
  if (!click) {
    return (
      <RoutedPanel title="Click not found" of={seq} closeHref={closeHref}>
        <p className="p-5 text-muted">There is no click with this number. It may have been deleted.</p>
      </RoutedPanel>
    );
  }
  const [moment, ...sections] = clickFacts(view, click);
  const name = linkName(click.linkId, click.link);
  return (
    <RoutedPanel title={`Click on ${name}`} of={seq} closeHref={closeHref}>
      {moment && <Facts title={SECTIONS[moment.key]} facts={moment.facts} />}
      {sections.map(({ key, facts }) => (
        <Facts key={key} title={SECTIONS[key]} facts={facts}>
          {key === "link" && <LinkState view={view} click={click} />}
        </Facts>
      ))}
      {click.visitor !== null && (
        <section className="border-line border-t px-5 pt-4 pb-8">
          <h3 className="font-semibold">Other clicks by this visitor</h3>
          <p className="text-muted">
            {click.visitorEstimated
              ? "At any time. The visitor is estimated, so these may be several people."
              : "At any time, regardless of the filters."}
          </p>
          <Suspense fallback={<Skeleton label="Loading other clicks" className="mt-2 h-10" />}>
            <VisitorClicks view={view} click={click} />
          </Suspense>
        </section>
      )}
    </RoutedPanel>
  );
}
