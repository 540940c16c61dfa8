import { z } from "zod";
import { LinkLimit } from "@/lib/account/link-limit";
import { tidyText } from "@/lib/base/clean";
import { text as words } from "@/lib/base/problems";

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

const MAX_PER_MINUTE = 100_000;
/** A page of a script asks a few times a second at most. */
export const USUAL_PER_MINUTE = 600;

const name = z
  .string(words.anyText)
  .transform(tidyText)
  .pipe(z.string().min(1, words.keys.name).max(80, words.atMost(80)));

/** A key to make. `links` null: it sees all links. `expiresAt` null: never. */
export const NewKey = z.strictObject({
  name,
  scopes: z
    .array(z.enum(SCOPE_KEYS, words.oneOfMany(SCOPE_KEYS)))
    .min(1, words.keys.scopes)
    .transform((list) => SCOPE_KEYS.filter((scope) => list.includes(scope)))
    .default(["read", "export"]),
  links: LinkLimit.nullable().default(null),
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
