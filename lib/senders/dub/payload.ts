import { z } from "zod";
import { visitorAddress } from "@/lib/base/addresses";
import { isNoValue, tidyText } from "@/lib/base/clean";
import { slotOf } from "@/lib/base/time";
import { parseUrl } from "@/lib/base/urls";
import type { SentKey } from "@/lib/click/fields";
import { spellDomain, spellKey, spellShortLink, spellTitle } from "@/lib/click/links";
import { SENT, type SentWord, spellClick } from "@/lib/click/spell";
import type { ReadClick } from "@/lib/senders/sender";

/** What lies outside is a mistake of the sender. */
const FIRST = Date.UTC(2000, 0);
const END = Date.UTC(2100, 0);
const MAX_ID = 255;

const noneIfEmpty = (text: string): string | null => (text === "" ? null : text);

/** Text, or a number where text should be: Dub's queue turns a region `13` into one. */
const loose = z.union([z.string(), z.number().transform(String)]);

/** Text as sent, or null when it is of another type or says nothing. */
const raw = loose.transform((text) => (isNoValue(text) ? null : text)).catch(null);

/** Like `raw`, without the space around it. */
const word = raw.transform((text) => text?.trim() ?? null);

/** Text that somebody wrote, in which `Unknown` is a word like any other. Null when empty or of another type. */
const label = loose.transform((text) => noneIfEmpty(text.trim())).catch(null);

/** True only for what clearly says so. */
const flag = z
  .unknown()
  .optional()
  .transform((value) => value === true || value === "true" || value === 1);

/** An identifier, without which a delivery is not read. */
const id = z
  .string("is missing or not text")
  .trim()
  .min(1, "is empty")
  .max(MAX_ID, `has more than ${MAX_ID} characters`);

/** An instant, without which a click is not read. */
const instant = z
  .string("is missing or not text")
  .trim()
  .pipe(z.iso.datetime({ offset: true, error: "is not an ISO 8601 time with a zone" }))
  .transform((text) => new Date(text))
  .refine((date) => date.getTime() >= FIRST && date.getTime() < END, "is not between 2000 and 2100");

/** An instant, or null when there is none that could be right. */
export const looseInstant = instant.nullable().catch(null);

/** An identifier for the ledger, which takes whatever there is of it. */
export const looseId = loose.transform((text) => noneIfEmpty(text.trim().slice(0, MAX_ID))).catch(null);

const Tag = z.object({
  id: loose,
  name: loose.transform(tidyText),
  color: z.string().nullable().catch(null),
});

const Tags = z
  .array(Tag.nullable().catch(null))
  .catch([])
  .transform((tags) => tags.filter((tag) => tag !== null));

/** Dub's link object: `data.link` of a click, `data` of a `link.*` event. Only its id is required. */
export const LinkObject = z.preprocess(
  (value) => (typeof value === "object" && value !== null ? { ...value, payload: value } : value),
  z.object(
    {
      id,
      domain: label.transform(spellDomain),
      key: label.transform(spellKey),
      shortLink: label.transform(spellShortLink),
      url: label,
      title: label.transform(spellTitle),
      tags: Tags,
      folderId: label,
      archived: z.boolean().catch(false),
      createdAt: looseInstant,
      updatedAt: looseInstant,
      payload: z.custom<object>(),
    },
    "is missing or not an object",
  ),
);

/** `data` of a `link.clicked` delivery: ids and time are required, everything else is taken as it comes. */
export const ClickData = z.object(
  {
    click: z.object(
      {
        id,
        timestamp: instant,
        ...(Object.fromEntries(SENT.map(({ sent }) => [sent, word])) as Record<SentWord, typeof word>),
        url: raw,
        ua: raw,
        ip: word,
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
export function readClick({ click, link }: z.infer<typeof ClickData>): ReadClick {
  const { timestamp, referer } = click;
  const words = {} as Record<SentKey, string | null>;
  for (const { key, sent } of SENT) words[key] = click[sent];
  const refererUrlRaw = click.refererUrl ?? (referer !== null && isWebAddress(referer) ? referer : null);
  return {
    linkId: link.id,
    clickId: click.id,
    clickedAt: timestamp,
    slot: slotOf(timestamp),
    ...spellClick({ ...words, refererUrlRaw, urlRaw: click.url, isQr: click.qr, link }),
    refererUrlRaw,
    urlRaw: click.url,
    saysBot: click.bot,
    ip: click.ip && visitorAddress(click.ip),
    ua: click.ua,
  };
}
