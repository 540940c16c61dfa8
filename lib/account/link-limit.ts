import { z } from "zod";
import { text as words } from "@/lib/base/problems";
import { spellDomain } from "@/lib/click/links";
import type { Scope } from "@/lib/question/question";

const MOST_NAMED = 200;
const MAX_ID = 200;

const id = z.string(words.anyText).trim().min(1, words.limit.id).max(MAX_ID, words.atMost(MAX_ID));
const ids = z.array(id).max(MOST_NAMED, words.limit.tooMany(MOST_NAMED)).default([]);
const domain = id.transform((text) => spellDomain(text) ?? text);

const Lists = z.strictObject({ linkId: ids, domain: ids.pipe(z.array(domain)), tagId: ids, folderId: ids });

/** The links that a key or a person sees: those for which all lists that aren't empty name something. */
export const LinkLimit = Lists.refine(
  (links) => Object.values(links).some((list) => list.length > 0),
  words.limit.empty,
);
export type LinkLimit = z.output<typeof LinkLimit>;

/** What is seen with a limit; null: everything. */
export const limitedScope = (links: LinkLimit | null): Scope => ({
  links:
    links &&
    (["linkId", "domain", "tagId", "folderId"] as const).flatMap((field) =>
      links[field].length > 0 ? [{ field, op: "is" as const, values: [...links[field]] }] : [],
    ),
  hidden: [],
});

/** A limit as it is stored. What can't be read must not open anything. @throws ZodError */
export const storedLimit = (links: unknown): LinkLimit | null => (links === null ? null : LinkLimit.parse(links));
