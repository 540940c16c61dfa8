import { z } from "zod";
import { safeNext } from "@/lib/access/next-path";
import { canonicalQuery } from "@/lib/query/address";
import { NAME_LENGTH, tidyName } from "./view";

/** Bytes of a body: more than a name and the longest address. */
export const MAX_VIEW_BYTES = 32_768;

/** Servers refuse longer addresses. */
const MAX_QUERY = 8_000;
const MAX_PATH = 500;

const name = z
  .string("Use text.")
  .transform(tidyName)
  .refine((text) => text !== "", "Give the view a name.")
  .refine((text) => text.length <= NAME_LENGTH, `Use at most ${NAME_LENGTH} characters.`);

/** A page of ours: an address that would lead elsewhere becomes another. */
const path = z
  .string("Use text.")
  .max(MAX_PATH, `Use at most ${MAX_PATH} characters.`)
  .refine((text) => !/[?#]/.test(text) && safeNext(text) === text, "Use the path of a page, such as /links.");

const query = z
  .string("Use text.")
  .transform((text) => canonicalQuery(new URLSearchParams(text)))
  .refine((text) => text.length <= MAX_QUERY, `Use at most ${MAX_QUERY} characters.`);

const flag = z.boolean("Use true or false.");

/** A view to be kept. */
export const NewView = z.strictObject({ name, path, query, shared: flag.default(false) });
export type NewView = z.output<typeof NewView>;

/** What may be changed of a view; `pinned` is the caller's own, whoever owns the view. */
export const ViewChange = z.strictObject({
  name: name.optional(),
  path: path.optional(),
  query: query.optional(),
  shared: flag.optional(),
  pinned: flag.optional(),
});
export type ViewChange = z.output<typeof ViewChange>;
