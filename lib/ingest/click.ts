import { z } from "zod";
import { type Destination, readDestination, withoutQuery } from "@/lib/destination";
import { flag, id, instant, raw, word } from "@/lib/ingest/fields";
import { LinkObject } from "@/lib/ingest/link";
import { slotOf } from "@/lib/time";

/** A click as far as its payload tells; `lib/ingest/classify` adds what follows from it. */
export type Click = Destination & {
  linkId: string;
  clickId: string;
  clickedAt: Date;
  slot: number;
  continent: string | null;
  country: string | null;
  region: string | null;
  city: string | null;
  device: string | null;
  browser: string | null;
  os: string | null;
  trigger: string;
  referer: string | null;
  refererUrl: string | null;
  refererUrlRaw: string | null;
  urlRaw: string | null;
  /** What the payload says; today's has no such field, because Dub drops those it recognises. */
  saysBot: boolean;
  ip: string | null;
  ua: string | null;
};

/** `data` of a `link.clicked` delivery: ids and time are required, everything else is taken as it comes. */
export const ClickData = z.object(
  {
    click: z.object(
      {
        id,
        timestamp: instant,
        url: raw,
        continent: word,
        country: word,
        region: word,
        city: word,
        device: word,
        browser: word,
        os: word,
        ua: raw,
        ip: word,
        trigger: word,
        referer: word,
        refererUrl: raw,
        qr: flag,
        bot: flag,
      },
      "is missing or not an object",
    ),
    link: LinkObject,
  },
  "is missing or not an object",
);

/** The country-qualified code, such as `US-CA`: Dub's webhook sends the part after the hyphen alone. */
function regionOf(region: string | null, country: string | null): string | null {
  if (region === null || country === null || /^[A-Z]{2}-/i.test(region)) return region;
  return `${country}-${region}`;
}

const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);

/** Dub sends a host; its older documentation promises an address. */
function refererOf(text: string | null): string | null {
  if (text === null) return null;
  const host = isWebAddress(text) ? new URL(text).hostname : text;
  return host.replace(/^www\./i, "") || null;
}

/** The click in checked data. */
export function readClick({ click, link }: z.infer<typeof ClickData>): Click {
  const { timestamp, referer } = click;
  const country = click.country?.toUpperCase() ?? null;
  const refererUrlRaw = click.refererUrl ?? (referer !== null && isWebAddress(referer) ? referer : null);
  return {
    linkId: link.id,
    clickId: click.id,
    clickedAt: timestamp,
    slot: slotOf(timestamp),
    continent: click.continent?.toUpperCase() ?? null,
    country,
    region: regionOf(click.region, country),
    city: click.city,
    device: click.device,
    browser: click.browser,
    os: click.os,
    trigger: click.trigger ?? (click.qr ? "qr" : "link"),
    referer: refererOf(referer),
    refererUrl: refererUrlRaw && withoutQuery(refererUrlRaw),
    refererUrlRaw,
    ...readDestination(click.url),
    urlRaw: click.url,
    saysBot: click.bot,
    ip: click.ip,
    ua: click.ua,
  };
}
