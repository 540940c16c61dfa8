import { z } from "zod";
import { visitorAddress } from "@/lib/base/addresses";
import { isNoValue, tidyText } from "@/lib/base/clean";
import { slotOf } from "@/lib/base/time";
import { parseUrl } from "@/lib/base/urls";
import type { SentKey } from "@/lib/click/fields";
import { spellDomain, spellKey, spellShortLink, spellTitle } from "@/lib/click/links";
import { SENT, type SentWord, spellClick } from "@/lib/click/spell";
import type { ReadClick } from "@/lib/senders/sender";

/** Times outside of this range are the sender's mistake. */
const FIRST = Date.UTC(2000, 0);
const END = Date.UTC(2100, 0);
const MAX_ID = 255;

const noneIfEmpty = (text: string): string | null => (text === "" ? null : text);

/** Text, or a number instead: Dub's queue turns the region `13` into a number. */
const loose = z.union([z.string(), z.number().transform(String)]);

/** Text as sent; null for other types and for "no value". */
export const raw = loose.transform((text) => (isNoValue(text) ? null : text)).catch(null);

/** Like `raw`, trimmed. */
export const word = raw.transform((text) => text?.trim() ?? null);

/** Text that somebody wrote, in which `Unknown` is an ordinary word. Null when empty or of another type. */
const label = loose.transform((text) => noneIfEmpty(text.trim())).catch(null);

/** True only for what clearly means true. */
const flag = z
  .unknown()
  .optional()
  .transform((value) => value === true || value === "true" || value === 1);

/** A required identifier. */
const id = z
  .string("is missing or not text")
  .trim()
  .min(1, "is empty")
  .max(MAX_ID, `has more than ${MAX_ID} characters`);

/** A required time. */
const instant = z
  .string("is missing or not text")
  .trim()
  .pipe(z.iso.datetime({ offset: true, error: "is not an ISO 8601 time with a zone" }))
  .transform((text) => new Date(text))
  .refine((date) => date.getTime() >= FIRST && date.getTime() < END, "is not between 2000 and 2100");

/** A time, or null when it is missing or invalid. */
export const looseInstant = instant.nullable().catch(null);

/** An identifier for the list of deliveries, which takes whatever there is. */
export const looseId = loose.transform((text) => noneIfEmpty(text.trim().slice(0, MAX_ID))).catch(null);

const Tag = z.object({ id: loose, name: loose.transform(tidyText), color: z.string().nullable().catch(null) });

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

/** `data` of a `link.clicked` delivery: ids and time are required, everything else is optional. */
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

/** The click in validated data. */
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
