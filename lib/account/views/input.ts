import { z } from "zod";
import { safeNext } from "@/lib/account/next-path";
import { text as words } from "@/lib/base/problems";
import { canonicalQuery } from "@/lib/question/codec/write";
import { NAME_LENGTH, tidyName } from "./view";

/** Limit of a body: more than a name and the longest URL. */
export const MAX_VIEW_BYTES = 32_768;

/** Servers reject longer URLs. */
const MAX_QUERY = 8_000;
const MAX_PATH = 500;

const name = z
  .string(words.anyText)
  .transform(tidyName)
  .refine((text) => text !== "", words.views.name)
  .refine((text) => text.length <= NAME_LENGTH, words.atMost(NAME_LENGTH));

/** A page of ours. URLs that would lead elsewhere are rejected. */
const path = z
  .string(words.anyText)
  .max(MAX_PATH, words.atMost(MAX_PATH))
  .refine((text) => !/[?#]/.test(text) && safeNext(text) === text, words.views.path);

const query = z
  .string(words.anyText)
  .transform((text) => canonicalQuery(new URLSearchParams(text)))
  .refine((text) => text.length <= MAX_QUERY, words.atMost(MAX_QUERY));

const flag = z.boolean(words.flag);

/** A view to save. */
export const NewView = z.strictObject({ name, path, query, shared: flag.default(false) });
export type NewView = z.output<typeof NewView>;

/** Changes to a view; `pinned` applies to the caller only. */
export const ViewChange = z.strictObject({ name, path, query, shared: flag, pinned: flag }).partial();
export type ViewChange = z.output<typeof ViewChange>;
