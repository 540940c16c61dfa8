import { z } from "zod";
import { visitorAddress } from "@/lib/addresses";
import type { StoredClick } from "@/lib/click/fields";
import { spellClick } from "@/lib/click/spell";
import type { Classified } from "@/lib/ingest/classify";
import { flag, id, instant, raw, word } from "@/lib/ingest/fields";
import { LinkObject } from "@/lib/ingest/link";
import { parseUrl } from "@/lib/parse-url";
import { slotOf } from "@/lib/time";

/** A click as far as its payload tells; `lib/ingest/classify` adds what follows from it, `settle` what the delivery tells. */
export type Click = Omit<StoredClick, keyof Classified | "eventId" | "receivedAt" | "secretId"> & {
  /** What the payload says; today's has no such field, because Dub drops those it recognises. */
  saysBot: boolean;
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

const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text) && parseUrl(text) !== null;

/** The click in checked data. */
export function readClick({ click, link }: z.infer<typeof ClickData>): Click {
  const { timestamp, referer } = click;
  const refererUrlRaw = click.refererUrl ?? (referer !== null && isWebAddress(referer) ? referer : null);
  return {
    linkId: link.id,
    clickId: click.id,
    clickedAt: timestamp,
    slot: slotOf(timestamp),
    ...spellClick({ ...click, refererUrlRaw, urlRaw: click.url, isQr: click.qr, link }),
    refererUrlRaw,
    urlRaw: click.url,
    saysBot: click.bot,
    ip: click.ip && visitorAddress(click.ip),
    ua: click.ua,
  };
}
