import type { Fact } from "@/components/ui/facts";
import type { View } from "@/components/views/view";
import { date, moment, zoneLabel } from "@/lib/base/format";
import { partsOf } from "@/lib/click/address";
import { CLICK_DIMENSIONS, type ClickDimensionKey } from "@/lib/click/dimensions";
import { SECTIONS, type SectionKey } from "@/lib/click/fields";
import type { ClickDetail } from "@/lib/question/answer-types";
import { hrefTo } from "@/lib/question/codec/query-string";
import { withCity, withValue } from "@/lib/question/codec/write";
import { storedValue } from "@/lib/question/columns";
import { inShort, wordsOf } from "@/lib/question/words";

type Section = { key: SectionKey; facts: Fact[] };

const ADDRESSES: readonly ClickDimensionKey[] = ["url", "refererUrl"];

/** Everything about a click in words, each value with a link to the clicks that share it. */
export function clickFacts(view: View, click: ClickDetail): Section[] {
  const { zone } = view.filters;
  const words = wordsOf(click, zone);
  // Nothing is said twice: without a query string the page is the destination, and a direct visit has no referer at all.
  const isOwn = (key: ClickDimensionKey) =>
    !(key === "baseUrl" && click.baseUrl === click.url) && !(key === "refererUrl" && click.referer === null);

  const dimensionFacts = (section: SectionKey): Fact[] =>
    CLICK_DIMENSIONS.filter((entry) => entry.section === section && isOwn(entry.key)).map(({ key, label, none }) => {
      const value = storedValue(click, key);
      const params =
        key === "city" ? withCity(view.params, click) : withValue(view.params, key, value && inShort(value));
      const fact = { label, text: value === null ? null : words[key], none, filter: hrefTo(view.path, params) };
      if (key === "linkId") return { ...fact, copy: click.link?.shortLink ?? null };
      if (key === "baseUrl") return { ...fact, text: value === null ? null : "Same page, any query" };
      return ADDRESSES.includes(key) ? { ...fact, text: value, mono: true, copy: value, open: value } : fact;
    });

  const moments: Fact[] = [
    { label: "Time", text: words.time, notes: [zoneLabel(zone, click.clickedAt), click.clickedAt.toISOString()] },
    {
      label: "Received",
      text: moment(click.receivedAt, zone),
      notes: [`${words.received} after the click`, click.receivedAt.toISOString()],
    },
  ];
  /** Facts that aren't dimensions, below those of their section. */
  const others: Partial<Record<SectionKey, Fact[]>> = {
    link: linkFacts(click, zone),
    destination: asSent(click.urlRaw, click.url),
    source: asSent(click.refererUrlRaw, click.refererUrl),
    device: [
      { label: "User agent", text: click.ua, none: "Not sent", mono: true, copy: click.ua },
      { label: "IP address", text: click.ip, none: "Not stored", mono: true, copy: click.ip },
    ],
    ids: idFacts(click),
  };
  const keys = Object.keys(SECTIONS) as SectionKey[];
  return keys.map((key) => ({
    key,
    facts: [...(key === "click" ? moments : []), ...dimensionFacts(key), ...(others[key] ?? [])],
  }));
}

/** What was sent, if it differs from the normalised address: of the same page only what follows it. */
function asSent(raw: string | null, shown: string | null): Fact[] {
  if (raw === null || raw === shown) return [];
  const page = partsOf(shown ?? "").page;
  const isSamePage = page !== "" && raw.startsWith(page);
  const words = isSamePage
    ? { label: "Query as sent", text: raw.slice(page.length) || "None" }
    : { label: "As sent", text: raw };
  return [{ ...words, mono: true, copy: raw, open: raw }];
}

function linkFacts({ link, url, urlRaw }: ClickDetail, zone: string): Fact[] {
  if (!link) return [];
  const isElsewhere = link.url !== url && link.url !== urlRaw;
  const facts: (Fact | null)[] = [
    { label: "Title", text: link.title },
    isElsewhere ? { label: "Leads to", text: link.url, mono: true, copy: link.url, open: link.url } : null,
    link.folderId === null ? null : { label: "Folder", text: link.folderId, mono: true },
    link.createdAt && { label: "Created", text: date(link.createdAt, zone) },
    link.deletedAt && { label: "Deleted", text: date(link.deletedAt, zone) },
  ];
  return facts.filter((fact) => fact !== null);
}

function idFacts({ clickId, eventId, linkId, visitor, visitorEstimated, seq }: ClickDetail): Fact[] {
  return [
    { label: "Click id", text: clickId, mono: true, copy: clickId },
    { label: "Event id", text: eventId, mono: true, copy: eventId },
    { label: "Link id", text: linkId, mono: true, copy: linkId },
    {
      label: "Visitor",
      text: visitor,
      none: "Unknown: this click has no IP address and no user agent",
      mono: visitor !== null,
      copy: visitor,
      ...(visitorEstimated && {
        notes: ["Estimated from location and user agent, because the IP address was withheld."],
      }),
    },
    { label: "Number", text: seq, notes: ["Order in which clicks were stored"], mono: true, copy: seq },
  ];
}
