import { hrefTo, type View } from "@/components/dashboard/view";
import { type ClickDimensionKey, dimension } from "@/lib/dimensions";
import { zoneLabel } from "@/lib/format";
import { date, moment } from "@/lib/format-date";
import { withCity, withValue } from "@/lib/query/address";
import type { ClickDetail } from "@/lib/query/answers";
import { wordsOf } from "@/lib/query/click-words";
import { storedValue } from "@/lib/query/columns";
import type { Fact } from "./fact";

type Section = { title: string; facts: Fact[] };

/** Text as it was sent, where that is not what is counted by. */
function asSent(label: string, raw: string | null, shown: string | null): Fact[] {
  return raw === null || raw === shown ? [] : [{ label, text: raw, mono: true, copy: raw, open: raw }];
}

/** All that is kept of a click, in words, each value with the way to the clicks that share it. */
export function clickFacts(view: View, click: ClickDetail): Section[] {
  const { zone } = view.filters;
  const words = wordsOf(click, zone);

  function fact(key: ClickDimensionKey): Fact {
    const value = storedValue(click, key);
    const params = key === "city" ? withCity(view.params, click) : withValue(view.params, key, value);
    const { label, none } = dimension(key);
    return { label, text: value === null ? null : words[key], none, filter: hrefTo(view.path, params) };
  }
  function address(key: "url" | "baseUrl" | "refererUrl"): Fact {
    const value = storedValue(click, key);
    return { ...fact(key), text: value, mono: true, copy: value, open: value };
  }

  return [
    {
      title: "Click",
      facts: [
        {
          label: "Time",
          text: words.time,
          notes: [zoneLabel(zone, click.clickedAt), click.clickedAt.toISOString()],
        },
        {
          label: "Received",
          text: moment(click.receivedAt, zone),
          notes: [`${words.received} after the click`, click.receivedAt.toISOString()],
        },
        fact("trigger"),
        fact("bot"),
      ],
    },
    { title: "Link", facts: [{ ...fact("linkId"), copy: click.link?.shortLink ?? null }, ...linkFacts(click, zone)] },
    {
      title: "Destination",
      facts: [address("url"), address("baseUrl"), ...asSent("Destination as sent", click.urlRaw, click.url)],
    },
    {
      title: "Source",
      facts: [
        fact("referer"),
        address("refererUrl"),
        ...asSent("Referer URL as sent", click.refererUrlRaw, click.refererUrl),
      ],
    },
    { title: "Place", facts: [fact("country"), fact("region"), fact("city"), fact("continent")] },
    {
      title: "Device",
      facts: [
        fact("device"),
        fact("browser"),
        fact("os"),
        { label: "User agent", text: click.ua, none: "Not sent", mono: true, copy: click.ua },
        { label: "IP address", text: click.ip, none: "Not kept", mono: true, copy: click.ip },
      ],
    },
    {
      title: "Campaign",
      facts: (["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"] as const).map(fact),
    },
    { title: "Ids", facts: idFacts(click) },
  ];
}

function linkFacts({ link }: ClickDetail, zone: string): Fact[] {
  if (!link) return [];
  const facts: (Fact | null)[] = [
    { label: "Title", text: link.title },
    { label: "Leads to", text: link.url, mono: true, copy: link.url, open: link.url },
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
      none: "Not known: the click has neither IP address nor user agent",
      mono: visitor !== null,
      copy: visitor,
      ...(visitorEstimated && {
        notes: ["An estimate: the IP address was withheld, so place and user agent have to do."],
      }),
    },
    { label: "Number", text: seq, notes: ["In the order in which clicks were stored"], mono: true, copy: seq },
  ];
}
