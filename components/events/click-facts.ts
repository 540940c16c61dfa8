import { text } from "@/components/events/click-text";
import type { Fact } from "@/components/ui/facts";
import { hrefTo, type View } from "@/components/views/view";
import { date, moment, zoneLabel } from "@/lib/base/format";
import { CLICK_DIMENSIONS, type ClickDimensionKey } from "@/lib/click/dimensions";
import { SECTIONS, type SectionKey } from "@/lib/click/fields";
import type { ClickDetail } from "@/lib/question/answers";
import { withCity, withValue } from "@/lib/question/codec/write";
import { storedValue } from "@/lib/question/columns";
import { inShort, wordsOf } from "@/lib/question/words";

type Section = { key: SectionKey; facts: Fact[] };

const ADDRESSES: readonly ClickDimensionKey[] = ["url", "baseUrl", "refererUrl"];

/** All that is kept of a click, in words, each value with the way to the clicks that share it. */
export function clickFacts(view: View, click: ClickDetail): Section[] {
  const { zone } = view.filters;
  const words = wordsOf(click, zone);

  const dimensionFacts = (section: SectionKey): Fact[] =>
    CLICK_DIMENSIONS.filter((entry) => entry.section === section).map(({ key, label, none }) => {
      const value = storedValue(click, key);
      const params =
        key === "city" ? withCity(view.params, click) : withValue(view.params, key, value && inShort(value));
      const fact = { label, text: value === null ? null : words[key], none, filter: hrefTo(view.path, params) };
      if (key === "linkId") return { ...fact, copy: click.link?.shortLink ?? null };
      return ADDRESSES.includes(key) ? { ...fact, text: value, mono: true, copy: value, open: value } : fact;
    });

  const moments: Fact[] = [
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
  ];
  /** What no dimension says, below the dimensions of its section. */
  const others: Partial<Record<SectionKey, Fact[]>> = {
    link: linkFacts(click, zone),
    destination: asSent(text.facts.destinationAsSent, click.urlRaw, click.url),
    source: asSent(text.facts.refererAsSent, click.refererUrlRaw, click.refererUrl),
    device: [
      { label: text.facts.userAgent, text: click.ua, none: text.facts.notSent, mono: true, copy: click.ua },
      { label: text.facts.ipAddress, text: click.ip, none: text.facts.notKept, mono: true, copy: click.ip },
    ],
    ids: idFacts(click),
  };
  const keys = Object.keys(SECTIONS) as SectionKey[];
  return keys.map((key) => ({
    key,
    facts: [...(key === "click" ? moments : []), ...dimensionFacts(key), ...(others[key] ?? [])],
  }));
}

/** Text as it was sent, where that is not what is counted by. */
function asSent(label: string, raw: string | null, shown: string | null): Fact[] {
  return raw === null || raw === shown ? [] : [{ label, text: raw, mono: true, copy: raw, open: raw }];
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
