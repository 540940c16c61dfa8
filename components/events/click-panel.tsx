import { ChevronRight } from "lucide-react";
import { Suspense } from "react";
import { clickFacts } from "@/components/events/click-facts";
import { VisitorRequestLink } from "@/components/events/visitor-request-link";
import { LinkBadges, Tag } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/card";
import { Facts } from "@/components/ui/facts";
import { Link, TextLink } from "@/components/ui/link";
import { LONGEST_SOURCE, Source } from "@/components/ui/source";
import { ask } from "@/components/views/ask";
import { BesidePanel } from "@/components/views/beside";
import { linkHref, type View } from "@/components/views/view";
import { count } from "@/lib/base/format";
import { SECTIONS } from "@/lib/click/fields";
import { linkName } from "@/lib/click/link-name";
import type { ClickDetail, VisitorClicks as Clicks, ListedClick } from "@/lib/question/answer-types";
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

const json = (value: unknown): string => JSON.stringify(value, null, 2).slice(0, LONGEST_SOURCE);

/** The click's row, and what the sender said of its link. */
async function StoredClick({ click: { link: _link, ...stored } }: { click: ClickDetail }) {
  const payload = (await ask({ kind: "linkPayloads", ids: [stored.linkId] })).get(stored.linkId) ?? null;
  return (
    <div className="grid gap-2 pt-2 pb-4">
      <Source title="Click as JSON" text={json(stored)} />
      {payload !== null && <Source title="Link as JSON" text={json(payload)} />}
    </div>
  );
}

/** Details of the click in the URL, beside the list. */
export async function ClickPanel({ view, seq }: { view: View; seq: string }) {
  const click = await ask({ kind: "click", seq });
  if (!click) {
    return (
      <BesidePanel noun="click" title="Click not found" of={seq}>
        <p className="p-5 text-muted">There is no click with this number. It may have been deleted.</p>
      </BesidePanel>
    );
  }
  const name = linkName(click.linkId, click.link);
  return (
    <BesidePanel noun="click" title={`Click on ${name}`} note={wordsOf(click, view.filters.zone).time} of={seq}>
      {clickFacts(view, click).map(({ key, facts }) => (
        <Facts key={key} title={SECTIONS[key]} facts={facts}>
          {key === "link" && <LinkState view={view} click={click} />}
        </Facts>
      ))}
      {click.visitor !== null && (
        <section className="border-line border-t px-5 py-4">
          <h3 className="font-semibold">Other clicks by this visitor</h3>
          <p className="text-muted">
            {click.visitorEstimated
              ? "At any time. The visitor is estimated, so these may be several people."
              : "At any time, regardless of the filters."}
          </p>
          <Suspense fallback={<Skeleton label="Loading other clicks" className="mt-2 h-10" />}>
            <VisitorClicks view={view} click={click} />
          </Suspense>
          <VisitorRequestLink visitor={click.visitor} />
        </section>
      )}
      <details className="group border-line border-t px-5 py-2">
        <summary className="flex min-h-11 items-center gap-1.5 rounded-md font-semibold">
          <ChevronRight aria-hidden className="size-4 text-muted group-open:rotate-90" />
          Stored as
        </summary>
        <Suspense fallback={<Skeleton label="Loading the stored click" className="h-10" />}>
          <StoredClick click={click} />
        </Suspense>
      </details>
    </BesidePanel>
  );
}
