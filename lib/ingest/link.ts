import { z } from "zod";
import { tidyText } from "@/lib/clean";
import { spellDomain, spellKey, spellShortLink, spellTitle } from "@/lib/click/links";
import { id, label, looseInstant } from "@/lib/ingest/fields";

/** What one payload says of a link; it has to be cleaned, password included, before it is read. */
export type LinkState = {
  id: string;
  domain: string | null;
  key: string | null;
  shortLink: string | null;
  url: string | null;
  title: string | null;
  tags: { id: string; name: string; color: string | null }[];
  folderId: string | null;
  archived: boolean;
  /** The whole link object without its password. */
  payload: object;
  createdAt: Date | null;
  updatedAt: Date | null;
  /** When the message was made that says so. */
  saidAt: Date;
  deletedAt: Date | null;
};

/** Text, or a number where text should be. */
const text = z.union([z.string(), z.number().transform(String)]);

const Tag = z.object({
  id: text,
  name: text.transform(tidyText),
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
