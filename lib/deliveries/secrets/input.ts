import { z } from "zod";
import { tidyText } from "@/lib/base/clean";
import { text as words } from "@/lib/base/problems";

/** A request about a secret has a name and a secret. */
export const MAX_SECRET_BYTES = 4_096;

const name = z
  .string(words.anyText)
  .transform(tidyText)
  .pipe(z.string().min(1, words.secrets.name).max(80, words.atMost(80)));

const value = z
  .string(words.anyText)
  .trim()
  .min(16, words.secrets.short)
  .max(200, words.atMost(200))
  .regex(/^[\x21-\x7e]+$/, words.secrets.characters);

const id = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);

/** A secret to add: pasted, or made here when `value` is null; in the place of `replaces`, or besides the others. */
export const NewSecret = z.object({ name, value: value.nullable(), replaces: id.nullable().default(null) });
export type NewSecret = z.output<typeof NewSecret>;

export const SecretChange = z.object({ name });
