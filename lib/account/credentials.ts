import { z } from "zod";
import { text as words } from "@/lib/base/problems";
import { PASSWORD_LENGTH } from "./password-length";

/** What the owner signs in with. The e-mail address is compared in lower case. */
export const Credentials = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email(words.entry.email)),
  password: z
    .string()
    .min(PASSWORD_LENGTH.min, words.atLeast(PASSWORD_LENGTH.min))
    .max(PASSWORD_LENGTH.max, words.atMost(PASSWORD_LENGTH.max)),
});

export type Credentials = z.infer<typeof Credentials>;
