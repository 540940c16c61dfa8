import Link from "next/link";
import { Suspense } from "react";
import { text } from "@/components/events/click-text";
import { Badge, Tag } from "@/components/ui/badge";
import { type Fact, Facts } from "@/components/ui/facts";
import { RoutedPanel } from "@/components/ui/routed-panel";
import { hrefTo, type View } from "@/components/views/view";
import { requireViewer } from "@/lib/account/session";
import { zoneLabel } from "@/lib/base/format";
import { date, moment } from "@/lib/base/format-date";
import { type ClickDimensionKey, dimension } from "@/lib/click/dimensions";
import { linkName } from "@/lib/click/link-name";
import { answer } from "@/lib/question/answer";
import type { ClickDetail } from "@/lib/question/answers";
import { withCity, withParam, withValue } from "@/lib/question/codec/write";
import { storedValue } from "@/lib/question/columns";
import { question } from "@/lib/question/question";
import { inShort, wordsOf } from "@/lib/question/words";
import { VisitorClicks } from "./visitor-clicks";

type Section = { key: keyof typeof text.sections; facts: Fact[] };

/** Text as it was sent, where that is not what is counted by. */
function asSent(label: string, raw: string | null, shown: string | null): Fact[] {
  return raw === null || raw === shown ? [] : [{ label, text: raw, mono: true, copy: raw, open: raw }];
}

/** All that is kept of a click, in words, each value with the way to the clicks that share it. */
function clickFacts(view: View, click: ClickDetail): Section[] {
  const { zone } = view.filters;
  const words = wordsOf(click, zone);

  function fact(key: ClickDimensionKey): Fact {
    const value = storedValue(click, key);
    const params = key === "city" ? withCity(view.params, click) : withValue(view.params, key, value && inShort(value));
    const { label, none } = dimension(key);
    return { label, text: value === null ? null : words[key], none, filter: hrefTo(view.path, params) };
  }
  function address(key: "url" | "baseUrl" | "refererUrl"): Fact {
    const value = storedValue(click, key);
    return { ...fact(key), text: value, mono: true, copy: value, open: value };
  }

  return [
    {
      key: "click",
      facts: [
        {
          label: text.facts.time,
          text: words.time,
          notes: [zoneLabel(zone, click.clickedAt), click.clickedAt.toISOString()],
        },
        {
          label: text.facts.received,
          text: moment(click.receivedAt, zone),
          notes: [text.facts.afterClick(words.received), click.receivedAt.toISOString()],
        },
        fact("trigger"),
        fact("bot"),
      ],
    },
    { key: "link", facts: [{ ...fact("linkId"), copy: click.link?.shortLink ?? null }, ...linkFacts(click, zone)] },
    {
      key: "destination",
      facts: [address("url"), address("baseUrl"), ...asSent(text.facts.destinationAsSent, click.urlRaw, click.url)],
    },
    {
      key: "source",
      facts: [
        fact("referer"),
        address("refererUrl"),
        ...asSent(text.facts.refererAsSent, click.refererUrlRaw, click.refererUrl),
      ],
    },
    { key: "place", facts: [fact("country"), fact("region"), fact("city"), fact("continent")] },
    {
      key: "device",
      facts: [
        fact("device"),
        fact("browser"),
        fact("os"),
        { label: text.facts.userAgent, text: click.ua, none: text.facts.notSent, mono: true, copy: click.ua },
        { label: text.facts.ipAddress, text: click.ip, none: text.facts.notKept, mono: true, copy: click.ip },
      ],
    },
    {
      key: "campaign",
      facts: (["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"] as const).map(fact),
    },
    { key: "ids", facts: idFacts(click) },
  ];
}

function linkFacts({ link }: ClickDetail, zone: string): Fact[] {
  if (!link) return [];
  const facts: (Fact | null)[] = [
    { label: text.facts.title, text: link.title },
    { label: text.facts.leadsTo, text: link.url, mono: true, copy: link.url, open: link.url },
    link.folderId === null ? null : { label: text.facts.folder, text: link.folderId, mono: true },
    link.createdAt && { label: text.facts.created, text: date(link.createdAt, zone) },
    link.deletedAt && { label: text.facts.deleted, text: date(link.deletedAt, zone) },
  ];
  return facts.filter((fact) => fact !== null);
}

function idFacts({ clickId, eventId, linkId, visitor, visitorEstimated, seq }: ClickDetail): Fact[] {
  return [
    { label: text.facts.clickId, text: clickId, mono: true, copy: clickId },
    { label: text.facts.eventId, text: eventId, mono: true, copy: eventId },
    { label: text.facts.linkId, text: linkId, mono: true, copy: linkId },
    {
      label: text.facts.visitor,
      text: visitor,
      none: text.facts.visitorUnknown,
      mono: visitor !== null,
      copy: visitor,
      ...(visitorEstimated && {
        notes: [text.facts.visitorEstimated],
      }),
    },
    { label: text.facts.number, text: seq, notes: [text.facts.numberMeans], mono: true, copy: seq },
  ];
}

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
      {moment && <Facts title={text.sections[moment.key]} facts={moment.facts} />}
      {sections.map(({ key, facts }) => (
        <Facts key={key} title={text.sections[key]} facts={facts}>
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
