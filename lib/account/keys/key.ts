import { z } from "zod";
import { tidyText } from "@/lib/base/clean";
import { text as words } from "@/lib/base/problems";
import { spellDomain } from "@/lib/click/links";
import type { Scope } from "@/lib/question/question";

/** What a key may open, with the words for it. `import` opens nothing yet. */
export const SCOPES = {
  read: "Read figures and clicks",
  export: "Download exports",
  import: "Import clicks",
} as const;
export type KeyScope = keyof typeof SCOPES;
export const SCOPE_KEYS = Object.keys(SCOPES) as KeyScope[];

/** Limit of a body: some lists of ids. */
export const MAX_KEY_BYTES = 65_536;

const MOST_NAMED = 200;
const MAX_ID = 200;
const MAX_PER_MINUTE = 100_000;
/** A page of a script asks a few times a second at most. */
export const USUAL_PER_MINUTE = 600;

const name = z
  .string(words.anyText)
  .transform(tidyText)
  .pipe(z.string().min(1, words.keys.name).max(80, words.atMost(80)));

const id = z.string(words.anyText).trim().min(1, words.keys.id).max(MAX_ID, words.atMost(MAX_ID));
const ids = z.array(id).max(MOST_NAMED, words.keys.tooMany(MOST_NAMED)).default([]);
const domain = id.transform((text) => spellDomain(text) ?? text);

/** The links that a key sees: those for which all lists that aren't empty name something. */
export const KeyLinks = z.strictObject({ linkId: ids, domain: ids.pipe(z.array(domain)), tagId: ids, folderId: ids });
export type KeyLinks = z.output<typeof KeyLinks>;

const isLimited = (links: KeyLinks) => Object.values(links).some((list) => list.length > 0);

/** A key to make. `links` null: it sees all links. `expiresAt` null: never. */
export const NewKey = z.strictObject({
  name,
  scopes: z
    .array(z.enum(SCOPE_KEYS, words.oneOfMany(SCOPE_KEYS)))
    .min(1, words.keys.scopes)
    .transform((list) => SCOPE_KEYS.filter((scope) => list.includes(scope)))
    .default(["read", "export"]),
  links: KeyLinks.refine(isLimited, words.keys.links).nullable().default(null),
  expiresAt: z.iso
    .datetime({ offset: true, error: words.keys.time })
    .transform((text) => new Date(text))
    .refine((time) => time.getTime() > Date.now(), words.keys.past)
    .nullable()
    .default(null),
  perMinute: z
    .int(words.fromTo("1", String(MAX_PER_MINUTE)))
    .min(1, words.fromTo("1", String(MAX_PER_MINUTE)))
    .max(MAX_PER_MINUTE, words.fromTo("1", String(MAX_PER_MINUTE)))
    .default(USUAL_PER_MINUTE),
});
export type NewKey = z.output<typeof NewKey>;

/** What a key with these links sees. */
export const keyScope = (links: KeyLinks | null): Scope => ({
  links:
    links &&
    (["linkId", "domain", "tagId", "folderId"] as const).flatMap((field) =>
      links[field].length > 0 ? [{ field, op: "is" as const, values: [...links[field]] }] : [],
    ),
  hidden: [],
});
